// Banding: which pairs of MinHash signatures become candidates.
//
// A signature is cut into `bands` of `rows` coordinates; two articles are candidates if all rows of at least one band
// agree. With coordinates that agree with probability s, that happens with probability 1-(1-s^r)^b, an S-curve over s
// (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4). More bands find more, more rows find less.
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

/// Coordinates that a signature must have.
[[nodiscard]] constexpr unsigned permutations(Banding banding) { return banding.bands * banding.rows; }

/// P(candidate | similarity) = 1-(1-s^r)^b, for a similarity in [0, 1].
[[nodiscard]] double candidate_probability(Banding banding, double similarity);

/// The banding with the most rows, so the fewest useless candidates, that finds a pair of `similarity` with a
/// probability of at least `recall` using at most `max_permutations` coordinates; with these rows, the fewest bands
/// that do. `similarity` in (0, 1], `recall` in (0, 1), `max_permutations` 1 to 1024, else Error(usage); Error(usage)
/// too if no banding reaches that recall, with the recall that one would reach.
[[nodiscard]] Banding choose_banding(double similarity, double recall, unsigned max_permutations = 256);

/// One row of the printed S-curve.
struct CurvePoint {
  double similarity;
  double probability;
};
/// The S-curve at 0, 1/steps, 2/steps, ... 1. `steps` >= 1.
[[nodiscard]] std::vector<CurvePoint> s_curve(Banding banding, unsigned steps = 20);

/// A 64-bit hash of the rows of one band and the band's number: equal for two signatures if they agree in the whole
/// band, otherwise with probability 2^-64. `signature` has at least permutations(banding) coordinates, `band` is below
/// banding.bands. The caller leaves out articles without shingles: all their bands are equal.
[[nodiscard]] std::uint64_t band_key(std::span<const std::uint32_t> signature, Banding banding, unsigned band);

}  // namespace wirecopy
