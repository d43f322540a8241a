/// @file
/// The parameters of a run: what changes its results (Options) apart from what only changes its speed (Resources).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/export.hpp>
#include <wirecopy/match.hpp>

namespace wirecopy {

/// How candidate pairs are found. Whatever the method, only exactly verified pairs link articles.
enum class Method {
  sample,   ///< pairs that share sampled shingles (scaled MinHash): finds excerpts of any length as well as copies
  minhash,  ///< pairs of similar shingle sets: MinHash bands (Broder 1997; Indyk and Motwani 1998)
  simhash,  ///< pairs whose 64-bit SimHashes differ in few bits (Charikar 2002; Manku, Jain and Das Sarma 2007)
  exact,    ///< equal normalised title and text only
};

/// Which member of a cluster is kept before all others.
enum class Keep {
  fullest,       ///< most text, then earliest published, then smallest id: a flash never replaces the full story
  first,         ///< first in the feed
  earliest,      ///< earliest published (unknown dates last), then as `fullest`
  credited,      ///< one that credits an agency (dateline, byline, credit line), then as `fullest`
  source_order,  ///< the source named first in `preferred_sources`, then as `fullest`
};

/// What changes results. Equal options on equal articles give equal results, on any machine.
struct Options {
  /// How candidate pairs are found.
  Method method = Method::sample;
  /// Least share, in (0, 1], of the shorter text's editorial part that stands in the other, for two texts to match.
  double threshold = 0.5;
  /// Wanted probability, in (0, 1), that a pair at exactly `threshold` becomes a candidate: of 50-word texts for
  /// Method::sample (the sampling rate follows), of equally long texts for Method::minhash (bands and rows follow).
  /// Pairs above it, and longer ones, are found with higher probability.
  double recall = 0.99;
  /// Greatest Hamming distance of two SimHashes, 0 to 16, for them to become a candidate (SimHash).
  unsigned distance = 6;
  /// Length of a shingle in words, 1 to 32. Scripts without spaces count two ideographs or four syllables a word.
  unsigned shingle = 3;
  /// Seed of every hash. Another seed gives other candidates near the threshold, and other cluster ids.
  std::uint64_t seed = 1;
  /// Whether the title counts as the first words of the text.
  bool title = false;
  /// Whether text that a source repeats in unrelated articles is learnt and ignored.
  bool boilerplate = true;
  /// Which member of a cluster is its canonical, which is always kept.
  Keep keep = Keep::fullest;
  /// Relations for which a member of a cluster is removed; others stay in their cluster and are kept.
  RelationSet drop = RelationSet{Relation::exact, Relation::near, Relation::excerpt};
  /// For Keep::source_order, most preferred first; sources that are not named come last.
  std::vector<std::string> preferred_sources;
};

/// What changes speed and memory, never results.
struct Resources {
  /// Worker threads; 0: as many as the process may use.
  unsigned threads = 0;
  /// Bytes read at a time, 4 KiB to 64 MiB.
  std::size_t block_size = std::size_t{1} << 20;
  /// SIMD level by name ("scalar", "avx2", "avx512", "avx512vbmi"); empty: the best that the processor has.
  std::string kernel;
};

/// The Jaccard similarity of equally long texts that share `threshold` of each: what MinHash bands are laid out for.
[[nodiscard]] constexpr double jaccard_at(double threshold) { return threshold / (2 - threshold); }

/// Stable name, as options of the command and summaries have it: "sample", "minhash"...
[[nodiscard]] WIRECOPY_API std::string_view name(Method method);
/// Stable name, as options of the command and summaries have it: "fullest", "source-order"...
[[nodiscard]] WIRECOPY_API std::string_view name(Keep keep);

/// Throws Error(usage), naming the option and its range, when one is out of range.
WIRECOPY_API void validate(const Options& options);

/// 32 hexadecimal digits that differ when any option differs, or the version of the algorithms.
[[nodiscard]] WIRECOPY_API std::string fingerprint(const Options& options);

}  // namespace wirecopy
