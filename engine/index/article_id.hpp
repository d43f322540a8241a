// The id by which an index knows an article.
//
// A feed may give no ids. Its articles cannot be named by their place in the input, as a batch names them: the next
// input has the same places, and its articles would replace those of the last one. So an article is named by its own
// id, or else by its url, or else by what it says: 128 bits of its source, title and text as they were given.
#pragma once

#include <string>
#include <string_view>
#include <wirecopy/article.hpp>

#include "base/hash.hpp"

namespace wirecopy {

struct IndexedId {
  std::string id;
  bool is_digest = false;  ///< of the content: an article with the same one is a repeat
};

/// Immutable, so any number of threads may share one.
class IdRule {
 public:
  explicit IdRule(std::uint64_t seed) : hasher_(seed) {}

  /// The article's id, else its url, else "digest:" and 32 hexadecimal digits. An id or url of the form of a digest
  /// counts as missing: an index takes no such name from a feed, so nobody can claim the name of another article.
  [[nodiscard]] IndexedId id_of(const Article& article) const;

 private:
  Hasher hasher_;
};

/// Under which an article's id is posted.
[[nodiscard]] std::uint64_t posting_hash_of_id(std::string_view id);

}  // namespace wirecopy
