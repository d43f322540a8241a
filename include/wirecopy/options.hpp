/// @file
/// The parameters of a run: Options affect results, Resources affect only speed and memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/export.hpp>
#include <wirecopy/match.hpp>

namespace wirecopy {

/// How candidate pairs are found. With every method, only exactly verified pairs link articles.
enum class Method {
  sample,   ///< pairs that share sampled shingles (scaled MinHash): finds copies and excerpts of any length
  minhash,  ///< pairs of similar shingle sets: MinHash bands (Broder 1997; Indyk and Motwani 1998)
  simhash,  ///< pairs whose 64-bit SimHashes differ in few bits (Charikar 2002; Manku, Jain and Das Sarma 2007)
  exact,    ///< equal normalised title and text only
};

/// Which member of a cluster is its canonical. Ties are broken as in `fullest`.
enum class Keep {
  fullest,       ///< the most text, then the earliest published, then the smallest id: a flash never replaces the story
  first,         ///< the first in the feed
  earliest,      ///< the earliest published; members without date come last
  credited,      ///< a member that credits an agency (dateline, byline, credit line)
  source_order,  ///< the member whose source comes first in `preferred_sources`
};

/// Parameters that affect results. Equal options on equal articles give equal results on any machine.
struct Options {
  /// How candidate pairs are found.
  Method method = Method::sample;
  /// Minimum agreement of the shorter text's editorial part with the other text for the two to match, in (0, 1] (see
  /// Similarity::agreement).
  double threshold = 0.5;
  /// Target probability that a pair at exactly `threshold` becomes a candidate, in (0, 1). With Method::sample it holds
  /// for texts of 50 words and sets the sampling rate; with Method::minhash it holds for equally long texts and sets
  /// the number of bands and rows. Pairs with a higher score and longer texts are found with higher probability. The
  /// other methods ignore it.
  double recall = 0.99;
  /// Maximum Hamming distance of two candidate SimHashes, 0 to 16; less for many articles. Method::simhash only.
  unsigned distance = 6;
  /// Length of a shingle in words, 1 to 32. In scripts without spaces, two ideographs or four syllables count as a
  /// word.
  unsigned shingle = 3;
  /// Seed of every hash. Another seed changes which candidates near the threshold are found, and all cluster ids.
  std::uint64_t seed = 1;
  /// Whether the title is compared as the first words of the text.
  bool title = false;
  /// Seconds between the dates of two articles up to which they may be copies, at most 100 years; 0: no limit. Articles
  /// without a date are not limited.
  std::int64_t within = 0;
  /// Whether text that a source repeats in unrelated articles is learned and ignored.
  bool boilerplate = true;
  /// Which member of a cluster is its canonical. The canonical is always kept.
  Keep keep = Keep::fullest;
  /// Relations for which a member of a cluster is removed. Members with another relation are kept in their cluster.
  RelationSet drop = RelationSet{Relation::exact, Relation::near, Relation::excerpt};
  /// For Keep::source_order: sources, the most preferred first. Sources not listed come last.
  std::vector<std::string> preferred_sources;
};

/// Parameters that affect speed and memory, never results.
struct Resources {
  /// Number of worker threads, up to 1024; 0: as many as the process may use.
  unsigned threads = 0;
  /// Bytes read at a time, 4 KiB to 64 MiB.
  std::size_t block_size = std::size_t{1} << 20;
  /// SIMD level by name ("scalar", "avx2", "avx512", "avx512vbmi"); empty: the best that the processor supports.
  std::string kernel;
};

/// The Jaccard similarity of two equally long texts that share the fraction `threshold` of each. MinHash bands are
/// configured for it.
[[nodiscard]] constexpr double jaccard_at(double threshold) { return threshold / (2 - threshold); }

/// Stable name, as used by the command's options and by summaries: "sample", "minhash", "simhash", "exact".
[[nodiscard]] WIRECOPY_API std::string_view name(Method method);
/// Stable name, as used by the command's options and by summaries: "fullest", "first", "earliest", "credited",
/// "source-order".
[[nodiscard]] WIRECOPY_API std::string_view name(Keep keep);

/// Throws Error(usage) if an option is out of range; the message names the option and its range.
WIRECOPY_API void validate(const Options& options);

/// 32 hexadecimal digits that change with any option and with the version of the algorithms.
[[nodiscard]] WIRECOPY_API std::string fingerprint(const Options& options);

}  // namespace wirecopy
