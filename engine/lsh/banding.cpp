#include "lsh/banding.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "base/hash.hpp"
#include "wirecopy/error.hpp"

namespace wirecopy {
namespace {

constexpr unsigned kMaxPermutations = 1024;

void check(double similarity, double recall, unsigned max_permutations) {
  if (!(similarity > 0 && similarity <= 1)) {
    throw Error(ErrorKind::usage, fmt::format("a similarity must be above 0 and at most 1, not {}", similarity));
  }
  if (!(recall > 0 && recall < 1)) {
    throw Error(ErrorKind::usage, fmt::format("a recall must be above 0 and below 1, not {}", recall));
  }
  if (max_permutations == 0 || max_permutations > kMaxPermutations) {
    throw Error(ErrorKind::usage,
                fmt::format("a signature must have 1 to {} permutations, not {}", kMaxPermutations, max_permutations));
  }
}

// The minimum number of bands of `rows` rows that reaches the recall; `max_bands` + 1 if `max_bands` do not reach it.
unsigned bands_needed(unsigned rows, double similarity, double recall, unsigned max_bands) {
  unsigned low = 1;
  unsigned high = max_bands + 1;
  while (low < high) {
    const unsigned middle = low + (high - low) / 2;
    if (candidate_probability({middle, rows}, similarity) >= recall) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

double candidate_probability(Banding banding, double similarity) {
  // 1-(1-x)^b by log1p and expm1, which is accurate even for tiny x.
  return -std::expm1(banding.bands * std::log1p(-std::pow(similarity, banding.rows)));
}

Banding choose_banding(double similarity, double recall, unsigned max_permutations) {
  check(similarity, recall, max_permutations);
  for (unsigned rows = max_permutations; rows >= 1; --rows) {
    const unsigned max_bands = max_permutations / rows;
    const unsigned bands = bands_needed(rows, similarity, recall, max_bands);
    if (bands <= max_bands) return {bands, rows};
  }
  throw Error(
      ErrorKind::usage,
      fmt::format("no banding of {} permutations finds pairs of similarity {} with recall {}: the maximum is {:.4g}",
                  max_permutations, similarity, recall, candidate_probability({max_permutations, 1}, similarity)));
}

std::vector<CurvePoint> s_curve(Banding banding, unsigned steps) {
  std::vector<CurvePoint> curve;
  for (unsigned step = 0; step <= steps; ++step) {
    const double similarity = static_cast<double>(step) / steps;
    curve.push_back({similarity, candidate_probability(banding, similarity)});
  }
  return curve;
}

std::uint64_t band_key(std::span<const std::uint32_t> signature, Banding banding, unsigned band) {
  assert(band < banding.bands && permutations(banding) <= signature.size());
  const std::uint32_t* row = signature.data() + std::size_t{band} * banding.rows;
  const std::uint32_t* const end = row + banding.rows;
  std::uint64_t key = mix64(band + 0x9e3779b97f4a7c15ULL);
  for (; end - row >= 2; row += 2) key = mix64(key ^ (std::uint64_t{row[0]} << 32 | row[1]));
  return row == end ? key : mix64(key ^ std::uint64_t{*row} << 32);
}

}  // namespace wirecopy
