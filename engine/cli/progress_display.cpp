#include "cli/progress_display.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "base/memory_size.hpp"
#include "base/threads.hpp"

namespace wirecopy {

ProgressDisplay::ProgressDisplay(ProgressMode mode, const Progress& progress, std::uint64_t total_raw_bytes)
    : progress_(progress), total_raw_bytes_(total_raw_bytes), start_(std::chrono::steady_clock::now()) {
  is_bar_ = mode == ProgressMode::automatic && isatty(STDERR_FILENO) == 1;
  if (!is_bar_ && mode != ProgressMode::log) return;
  try {
    thread_ = start_thread<std::jthread>([this](const std::stop_token& stop) { draw(stop); });
  } catch (const Error&) {
    is_bar_ = false;  // a run works without a progress display
  }
}

ProgressDisplay::~ProgressDisplay() {
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  clear();
}

void ProgressDisplay::clear() {
  if (is_bar_) std::fputs("\r\033[K", stderr);
}

void ProgressDisplay::draw(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  const auto pause = is_bar_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000);
  std::unique_lock lock(mutex);
  while (!wake.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
    const std::string text = line();
    std::fputs(is_bar_ ? ("\r\033[K" + text).c_str() : (text + "\n").c_str(), stderr);
    std::fflush(stderr);
  }
}

std::string ProgressDisplay::line() const {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const char* stage = progress_.stage;
  if (std::strcmp(stage, "sketch") != 0) {
    const std::uint64_t total = progress_.total;
    const auto percent = total == 0 ? 0 : 100 * progress_.done / total;
    return fmt::format("{}: {} articles, {} %", stage, progress_.articles.load(), percent);
  }
  const auto bytes = static_cast<double>(progress_.bytes.load());
  return fmt::format("reading: {}, {} articles, {:.0f} MB/s, {:.0f} articles/s{}", format_byte_size(progress_.bytes),
                     progress_.articles.load(), bytes / 1e6 / seconds,
                     static_cast<double>(progress_.articles) / seconds, time_left(seconds));
}

std::string ProgressDisplay::time_left(double seconds) const {
  const auto read = static_cast<double>(progress_.raw_bytes.load());
  const auto total = static_cast<double>(total_raw_bytes_);
  if (read <= 0 || total <= read) return "";
  return fmt::format(", {:.0f} %, about {:.0f} s left", 100 * read / total, seconds * (total - read) / read);
}

}  // namespace wirecopy
