// Measures CPU time, for tests of the form "no input costs more than so much per byte".
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <functional>
#include <limits>
#include <string>
#include <string_view>

namespace wirecopy::reference {

#ifdef NDEBUG
inline constexpr std::size_t kMaxCostBytes = std::size_t{1} << 20;
inline constexpr double kCostSlack = 1;
#else
inline constexpr std::size_t kMaxCostBytes = std::size_t{128} << 10;  // with sanitizers and without inlining
inline constexpr double kCostSlack = 10;
#endif

/// The CPU time of the calling thread in seconds; other processes do not count.
inline double thread_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Nanoseconds per byte of `work` for an input of `bytes`: the minimum of up to five runs, because caches and
/// interrupts only add to it; fewer runs if the first one is far below `limit`.
inline double cost_a_byte(std::size_t bytes, double limit, const std::function<void()>& work) {
  double best = std::numeric_limits<double>::max();
  for (int run = 0; run < 5 && best > limit / 2; ++run) {
    const double start = thread_seconds();
    work();
    best = std::min(best, 1e9 * (thread_seconds() - start) / static_cast<double>(bytes));
  }
  return best;
}

/// The maximum cost per byte over inputs that double in size, from 32 KiB to kMaxCostBytes. If the cost grows faster
/// than the input, the large ones reveal it. `make` returns an input of about that many bytes.
inline double worst_cost(double limit, const std::function<std::string(std::size_t)>& make,
                         const std::function<void(std::string_view)>& work) {
  double worst = 0;
  for (std::size_t size = std::size_t{32} << 10; size <= kMaxCostBytes && worst <= limit; size *= 2) {
    const std::string input = make(size);
    worst = std::max(worst, cost_a_byte(input.size(), limit, [&] { work(input); }));
  }
  return worst;
}

/// Repeats `piece` to `size` bytes or a little more.
inline std::string repeated(std::string_view piece, std::size_t size) {
  std::string text;
  text.reserve(size + piece.size());
  while (text.size() < size) text += piece;
  return text;
}

}  // namespace wirecopy::reference
