// The parameters of a run: what changes its results (Options) apart from what only changes its speed (Resources).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

/// How candidate pairs are found. Whatever the method, only exactly verified pairs link articles.
enum class Method {
  minhash,  ///< pairs of similar shingle sets: MinHash bands (Broder 1997; Indyk and Motwani 1998)
  simhash,  ///< pairs whose 64-bit SimHashes differ in few bits (Charikar 2002; Manku, Jain and Das Sarma 2007)
  exact,    ///< equal normalised title and text only
};

/// Which member of a cluster is kept before all others.
enum class Keep {
  fullest,       ///< most text, then earliest published, then smallest id: a flash never replaces the full story
  first,         ///< first in the feed
  earliest,      ///< earliest published (unknown dates last), then as `fullest`
  source_order,  ///< the source named first in `preferred_sources`, then as `fullest`
};

/// What changes results. Equal options on equal articles give equal results, on any machine.
struct Options {
  Method method = Method::minhash;
  /// Least similarity of a match, in (0, 1]: the exact Jaccard similarity of the two shingle sets.
  double threshold = 0.5;
  /// Wanted probability, in (0, 1), that a pair at exactly `threshold` becomes a candidate (MinHash); pairs above it
  /// are found with higher probability. Bands and rows follow from both.
  double recall = 0.95;
  /// Greatest Hamming distance of two SimHashes, 0 to 16, for them to become a candidate (SimHash).
  unsigned distance = 6;
  /// Length of a shingle in words, 1 to 32. Scripts without spaces count two ideographs or four syllables a word.
  unsigned shingle = 3;
  /// Seed of every hash. Another seed gives other candidates near the threshold, and other cluster ids.
  std::uint64_t seed = 1;
  /// Whether the title counts as the first words of the text.
  bool title = false;
  Keep keep = Keep::fullest;
  /// For Keep::source_order, most preferred first; sources that are not named come last.
  std::vector<std::string> preferred_sources;
};

/// What changes speed and memory, never results.
struct Resources {
  /// Worker threads; 0: as many as the process may use.
  unsigned threads = 0;
  /// Bytes read at a time, 4 KiB to 64 MiB.
  std::size_t block_size = std::size_t{1} << 20;
  /// SIMD level by name ("scalar", "avx2", "avx512"); empty: the best that the processor has.
  std::string kernel;
};

[[nodiscard]] std::string_view name(Method method);
[[nodiscard]] std::string_view name(Keep keep);

/// Throws Error(usage), naming the option and its range, when one is out of range.
void validate(const Options& options);

/// 32 hexadecimal digits that differ when any option differs, or the version of the algorithms.
[[nodiscard]] std::string fingerprint(const Options& options);

}  // namespace wirecopy
