#include "sketch/excerpt_sample.hpp"

#include <algorithm>
#include <cmath>

namespace wirecopy {
namespace {

constexpr double kHashCount = 18446744073709551616.0;  // 2^64
constexpr double kMaxRate = 16;

}  // namespace

ExcerptSample::ExcerptSample(double rate)
    : limit_(rate <= 1 ? UINT64_MAX : static_cast<std::uint64_t>(kHashCount / rate)) {}

double choose_sample_rate(double shared, double recall) {
  const double missed_by_one = std::pow(1 - recall, 1 / shared);  // 1 - 1/rate
  return std::clamp(1 / (1 - missed_by_one), 1.0, kMaxRate);
}

}  // namespace wirecopy
