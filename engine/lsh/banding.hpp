// Banding: selects pairs of MinHash signatures as candidates.
//
// A signature is divided into `bands` of `rows` coordinates each; two articles are candidates if all rows of at least
// one band agree. If coordinates agree with probability s, this happens with probability 1-(1-s^r)^b, an S-curve over s
// (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4). More bands find more pairs, more rows find fewer.
//
//   const Banding banding = choose_banding(0.5, 0.95);      // 47 bands of 4 rows
//   const MinHasher hasher(permutations(banding), seed);
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy {

struct Banding {
  unsigned bands = 0;
  unsigned rows = 0;
  friend bool operator==(const Banding&, const Banding&) = default;
};

/// The number of coordinates that a signature must have.
[[nodiscard]] constexpr unsigned permutations(Banding banding) { return banding.bands * banding.rows; }

/// P(candidate | similarity) = 1-(1-s^r)^b, for a similarity in [0, 1].
[[nodiscard]] double candidate_probability(Banding banding, double similarity);

/// The banding with the most rows, and so the fewest useless candidates, that finds a pair of `similarity` with
/// probability `recall` or more using at most `max_permutations` coordinates; with that number of rows, the minimum
/// number of bands. `similarity` in (0, 1], `recall` in (0, 1), `max_permutations` 1 to 1024, otherwise Error(usage).
/// If no banding reaches the recall, Error(usage) with the maximum recall.
[[nodiscard]] Banding choose_banding(double similarity, double recall, unsigned max_permutations = 256);

/// One row of the printed S-curve.
struct CurvePoint {
  double similarity;
  double probability;
};
/// The S-curve at 0, 1/steps, 2/steps, ... 1. `steps` >= 1.
[[nodiscard]] std::vector<CurvePoint> s_curve(Banding banding, unsigned steps = 20);

/// A 64-bit hash of the rows of one band and the band's number: equal for two signatures that agree in the whole band,
/// otherwise with probability 2^-64. `signature` must have at least permutations(banding) coordinates; `band` <
/// banding.bands. The caller must exclude articles without shingles, since all their bands are equal.
[[nodiscard]] std::uint64_t band_key(std::span<const std::uint32_t> signature, Banding banding, unsigned band);

}  // namespace wirecopy
