// An article on its way into an index, or past it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "index/texts.hpp"

namespace wirecopy {

/// A text that shares sampled shingles with an article.
struct Candidate {
  ArticleKey key;
  std::uint32_t hits = 0;
};

struct Incoming {
  ArticleKey key = kNoKey;  ///< of a query, none; in a batch, of what represents it once it is settled
  std::string_view source_name;
  std::int64_t now = 0;  ///< its arrival
  bool has_clock_started = true;
  bool is_too_old = false;
  bool is_comparable = false;
  bool is_named_by_content = false;  ///< its id is a digest
  bool is_remembered = false;
  MarkedText text;
  std::vector<std::uint64_t> hashes;  ///< of what is posted: shingles, then content, then id
  std::size_t samples = 0;            ///< of them, shingles
  std::optional<ArticleKey> known;    ///< remembered with this id
  std::vector<Candidate> candidates;
  std::vector<ComparedArticle> compared;  ///< matches, and the best of the others
};

using Batch = std::vector<Incoming>;

}  // namespace wirecopy
