#include "feed/raw_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <wirecopy/error.hpp>

namespace wirecopy {

namespace {

constexpr int kPollMilliseconds = 100;

[[noreturn]] void fail(const std::string& name, std::string_view what, int error) {
  throw Error(ErrorKind::io, fmt::format("{}: {}: {}", name, what, std::generic_category().message(error)));
}

class FileSource : public RawSource {
  static constexpr std::uint64_t kUnknown = UINT64_MAX;

 public:
  FileSource(const Input& input, const std::atomic<bool>* cancelled, std::uint64_t limit)
      : name_(input.is_stdin() ? "stdin" : input.name), cancelled_(cancelled) {
    // O_NONBLOCK because opening a fifo would wait for its writer, which could not be cancelled.
    descriptor_ = input.is_stdin() ? STDIN_FILENO : ::open(input.name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor_ < 0) {
      const int error = errno;
      if (error == ENOENT) throw Error(ErrorKind::io, name_ + ": no such file");
      fail(name_, "cannot open", error);
    }
    owned_ = !input.is_stdin();
    try {
      inspect_file(limit);
    } catch (...) {
      close();
      throw;
    }
  }
  ~FileSource() override { close(); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* to, std::size_t capacity) override {
    for (;;) {
      if (!is_regular_) wait();
      const ssize_t got = ::read(descriptor_, to, std::min<std::uint64_t>(capacity, end_ - position_));
      if (got == 0) check_end();
      if (got >= 0) {
        position_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR && errno != EAGAIN) fail(name_, "cannot read", errno);
      check_cancelled();
    }
  }

  // A redirected stdin cannot be opened again by name, so it counts as a stream.
  FileIdentity identity() const override {
    return is_regular_ && owned_ ? identity_of(descriptor_, size_, name_) : FileIdentity{};
  }
  bool has_grown() const override { return is_regular_ && owned_ && size_now() > size_; }

 private:
  void inspect_file(std::uint64_t limit) {
    const struct stat status = this->status();
    if (S_ISDIR(status.st_mode)) fail(name_, "cannot read", EISDIR);
    is_regular_ = S_ISREG(status.st_mode);
    if (!is_regular_) return;
    size_ = std::min(static_cast<std::uint64_t>(status.st_size), limit);
    if (size_ != 0 && owned_) end_ = size_;
  }

  struct stat status() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail(name_, "cannot read", errno);
    return status;
  }
  std::uint64_t size_now() const { return static_cast<std::uint64_t>(status().st_size); }

  // Called when the system reports the end of the file.
  void check_end() const {
    if (end_ == kUnknown || position_ == end_) return;
    throw Error(ErrorKind::io,
                fmt::format("{}: was truncated while it was being read: it had {} bytes and now ends at {}", name_,
                            end_, position_));
  }

  void close() const {
    if (owned_) ::close(descriptor_);
  }

  void check_cancelled() const {
    if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
      throw Error(ErrorKind::cancelled, name_ + ": cancelled while reading");
    }
  }

  void wait() const {
    pollfd waiting{descriptor_, POLLIN, 0};
    for (;;) {
      check_cancelled();
      const int ready = ::poll(&waiting, 1, kPollMilliseconds);
      if (ready > 0 || (ready < 0 && errno != EINTR)) return;  // read() will report errors
    }
  }

  std::string name_;
  const std::atomic<bool>* cancelled_;
  int descriptor_ = -1;
  bool owned_ = false;
  bool is_regular_ = false;       // pipes and terminals are polled
  std::uint64_t size_ = 0;        // of a regular file at the time it was opened
  std::uint64_t end_ = kUnknown;  // where reading ends
  std::uint64_t position_ = 0;
};

}  // namespace

std::unique_ptr<RawSource> open_raw(const Input& input, const std::atomic<bool>* cancelled, std::uint64_t limit) {
  return std::make_unique<FileSource>(input, cancelled, limit);
}

}  // namespace wirecopy
