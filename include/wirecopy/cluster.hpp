/// @file
/// A cluster: all copies of one story, and what became of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <wirecopy/match.hpp>

namespace wirecopy {

/// Two articles, by the caller's ordinals, that were compared and found to match.
struct Match {
  std::uint64_t first = 0;             ///< ordinal of one, the smaller
  std::uint64_t second = 0;            ///< ordinal of the other
  Relation relation = Relation::near;  ///< what the first is to the second
  Similarity similarity;               ///< their scores
};

/// One member of a cluster.
struct Member {
  std::uint64_t ordinal = 0;  ///< the caller's number for the article
  /// Whether the article is kept: the canonical, and every member that no kept article was verified to match.
  bool kept = true;
  /// The kept article that this one was compared with: the one it was removed for, or the canonical where the two
  /// match.
  std::optional<std::uint64_t> match;
  Relation relation = Relation::near;  ///< what this article is to `match`; meaningless without one
  Similarity similarity;               ///< of this article (first) and `match` (second)
};

/// All copies of one story.
struct Cluster {
  /// "w" and 16 hexadecimal digits; depends on the content and ids of the members only.
  std::string id;
  std::uint64_t canonical = 0;  ///< ordinal of the member kept before all others
  std::vector<Member> members;  ///< two or more; the canonical first, the others by preference
};

/// What became of the articles. `read` = `kept` + `duplicates` + `rejected`.
struct Result {
  std::uint64_t read = 0;         ///< articles added, and lines of feeds
  std::uint64_t kept = 0;         ///< articles that are the only one of their story, or kept in their cluster
  std::uint64_t duplicates = 0;   ///< articles removed: members with `kept` false
  std::uint64_t rejected = 0;     ///< lines of feeds that are no articles
  std::vector<Cluster> clusters;  ///< by the ordinal of the canonical, rising
  std::vector<Match> matches;     ///< by ordinals, rising; every verified pair that links
};

}  // namespace wirecopy
