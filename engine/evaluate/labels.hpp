// What is compared: which cluster a result put each article into, and what people or a generator say about it.
//
// Articles are numbered by a table of ids that all files share.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "evaluate/name_table.hpp"

namespace wirecopy::evaluate {

/// In place of the number of a cluster or a story.
inline constexpr std::uint32_t kAlone = UINT32_MAX;        ///< named, without a cluster
inline constexpr std::uint32_t kUnnamed = UINT32_MAX - 1;  ///< not in the file; counts as alone

/// Groups of articles: the clusters of a result, or the stories of a truth.
struct Grouping {
  NameTable groups;
  std::vector<std::uint32_t> group_of;  ///< by article; articles beyond its end are unnamed
  std::uint64_t named = 0;              ///< articles with a line
  std::uint64_t repeated_ids = 0;       ///< lines whose id has an earlier line

  [[nodiscard]] std::uint32_t of(std::uint32_t article) const {
    return article < group_of.size() ? group_of[article] : kUnnamed;
  }
  [[nodiscard]] bool names(std::uint32_t article) const { return of(article) != kUnnamed; }
};

/// Reads a result: a directory with articles.jsonl, or a file of JSON lines with "id" and "cluster" (missing, null or
/// "": alone), or of "id<TAB>cluster". Where an id stands several times, the last cluster that is named counts. Throws
/// Error(io), with file and line, for what cannot be read or understood. O(bytes).
[[nodiscard]] Grouping read_clusters(const std::filesystem::path& result, NameTable& ids);

/// A grouping that is known to be right, and how each article came about.
struct Truth {
  Grouping stories;
  NameTable edits;
  std::vector<std::uint32_t> edit_of;  ///< by article; kAlone where nothing is said
};

/// Reads JSON lines with "id", "story" (null: alone) and, where known, "edit". Errors as in read_clusters; a line
/// without "story" is one.
[[nodiscard]] Truth read_truth(const std::filesystem::path& path, NameTable& ids);

enum class PairLabel {
  copy,       ///< belong into one cluster
  partial,    ///< share passages, less than half of the text: half an error to link
  different,  ///< must not be linked
};

[[nodiscard]] std::string_view name(PairLabel label);

struct LabelledPair {
  std::uint32_t a = 0, b = 0;  ///< articles
  PairLabel label = PairLabel::different;
  double weight = 1;    ///< pairs of the feed that it stands for
  std::string stratum;  ///< what it was drawn from
};

/// Reads JSON lines with "a", "b", "label" and, where known, "weight" (0 or more) and "stratum". Errors as above.
[[nodiscard]] std::vector<LabelledPair> read_pairs(const std::filesystem::path& path, NameTable& ids);

}  // namespace wirecopy::evaluate
