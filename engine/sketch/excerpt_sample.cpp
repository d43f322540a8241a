#include "sketch/excerpt_sample.hpp"

#include <algorithm>
#include <cmath>

namespace wirecopy {
namespace {

constexpr double kMostHashes = 18446744073709551616.0;  // 2^64
constexpr double kLargestRate = 16;

}  // namespace

ExcerptSample::ExcerptSample(double rate)
    : limit_(rate <= 1 ? UINT64_MAX : static_cast<std::uint64_t>(kMostHashes / rate)) {}

void ExcerptSample::take(std::span<const std::uint64_t> shingles, std::vector<std::uint64_t>& sample) const {
  const std::size_t before = sample.size();
  sample.resize(before + shingles.size());
  std::uint64_t* end = sample.data() + before;
  for (const std::uint64_t shingle : shingles) {  // without a branch, which would be mispredicted at every fourth
    *end = shingle;
    end += takes(shingle);
  }
  sample.resize(static_cast<std::size_t>(end - sample.data()));
}

double choose_sample_rate(double shared, double recall) {
  const double missed_by_one = std::pow(1 - recall, 1 / shared);  // 1 - 1/rate
  return std::clamp(1 / (1 - missed_by_one), 1.0, kLargestRate);
}

}  // namespace wirecopy
