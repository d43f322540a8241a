// The inputs of an evaluation: the clusters of a result, and labels from people or a generator.
//
// A table of ids shared by all files numbers the articles.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "evaluate/name_table.hpp"

namespace wirecopy::evaluate {

// Used instead of the number of a cluster or story.
inline constexpr std::uint32_t kAlone = UINT32_MAX;        ///< in the file, without a group
inline constexpr std::uint32_t kUnnamed = UINT32_MAX - 1;  ///< not in the file; counts as an article without a group

/// Groups of articles: the clusters of a result, or the stories of a truth.
struct Grouping {
  NameTable groups;
  std::vector<std::uint32_t> group_of;  ///< by article; articles beyond its end are kUnnamed
  std::uint64_t named = 0;              ///< articles in the file
  std::uint64_t repeated_ids = 0;       ///< lines with the id of an earlier line

  [[nodiscard]] std::uint32_t of(std::uint32_t article) const {
    return article < group_of.size() ? group_of[article] : kUnnamed;
  }
  [[nodiscard]] bool names(std::uint32_t article) const { return of(article) != kUnnamed; }
};

/// Reads a result: a directory with articles.jsonl, or a file of JSON lines with "id" and "cluster" (missing, null or
/// "": no cluster), or of lines "id<TAB>cluster". If an id occurs more than once, its last cluster counts. Throws
/// Error(io) that names the file and line if it cannot be read or parsed. Linear in the size of the file.
[[nodiscard]] Grouping read_clusters(const std::filesystem::path& result, NameTable& ids);

/// The true grouping, and the edit from which each article was derived.
struct Truth {
  Grouping stories;
  NameTable edits;
  std::vector<std::uint32_t> edit_of;  ///< by article; kAlone if not given
};

/// Reads JSON lines with "id", "story" (null: no story) and optionally "edit". Throws like read_clusters(), also for a
/// line without "story".
[[nodiscard]] Truth read_truth(const std::filesystem::path& path, NameTable& ids);

enum class PairLabel {
  copy,       ///< belongs in one cluster
  partial,    ///< shares passages, but less than half of the text; linking it counts as half an error
  different,  ///< must not be linked
};

[[nodiscard]] std::string_view name(PairLabel label);

struct LabelledPair {
  std::uint32_t a = 0, b = 0;  ///< articles
  PairLabel label = PairLabel::different;
  double weight = 1;    ///< number of pairs of the feed that it represents
  std::string stratum;  ///< stratum of the sample that it was drawn from
};

/// Reads JSON lines with "a", "b", "label" and optionally "weight" (0 or more) and "stratum". Throws like
/// read_clusters().
[[nodiscard]] std::vector<LabelledPair> read_pairs(const std::filesystem::path& path, NameTable& ids);

}  // namespace wirecopy::evaluate
