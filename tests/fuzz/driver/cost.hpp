// Bounds the cost: time and memory of any input stay below a bound that is linear in its size.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fuzz/driver/laws.hpp"

namespace wirecopy::fuzz {

/// The resources that the process has used since the meter was constructed.
class CostMeter {
 public:
  CostMeter();
  [[nodiscard]] double seconds() const;             ///< CPU time of all threads
  [[nodiscard]] std::uint64_t peak_bytes() const;   ///< of the heap, above what was in use before
  [[nodiscard]] std::uint64_t allocations() const;  ///< of this thread

 private:
  double seconds_before_;
  std::uint64_t bytes_before_;
  std::uint64_t allocations_before_;
};

#if defined(NDEBUG) && !defined(WIRECOPY_LIBFUZZER)
inline constexpr double kSlack = 1;
#else
inline constexpr double kSlack = 15;  // with sanitizers and assertions, without much inlining
#endif

/// Ten times the usual cost, because machines are busy. With 256 KB (see expanded()), quadratic cost still exceeds it.
struct CostBound {
  double seconds = 0.01;
  double microseconds_a_byte = 0.1;
  double bytes = 4 << 20;
  double bytes_a_byte = 200;
};

/// Does `work` on an input of `size` bytes. Time is noisy, so it counts as too slow only if it is so three times.
template <typename Work>
void require_cost(const CostBound& bound, std::size_t size, Work&& work) {
  const double bytes = static_cast<double>(size);
  for (int attempt = 1;; ++attempt) {
    const CostMeter meter;
    work();
    require(static_cast<double>(meter.peak_bytes()) <= bound.bytes + bound.bytes_a_byte * bytes,
            "memory is linear in the input");
    if (meter.seconds() <= kSlack * (bound.seconds + bound.microseconds_a_byte * 1e-6 * bytes)) return;
    require(attempt < 3, "time is linear in the input");
  }
}

}  // namespace wirecopy::fuzz
