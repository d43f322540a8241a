/// @file
/// A cluster: all copies of one story, and the decision about each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <wirecopy/match.hpp>

namespace wirecopy {

/// A verified pair: two articles, given by the caller's ordinals, that were compared and match.
struct Match {
  std::uint64_t first = 0;             ///< the smaller ordinal
  std::uint64_t second = 0;            ///< the larger ordinal
  Relation relation = Relation::near;  ///< relation of the first article to the second
  Similarity similarity;               ///< scores of the pair
};

/// One member of a cluster.
struct Member {
  std::uint64_t ordinal = 0;  ///< the caller's number for the article
  /// Whether the article is kept. The canonical is kept, and so is every member without a verified match to a kept
  /// article.
  bool kept = true;
  /// The kept article that this one was compared with: for a removed member, the article it duplicates; for a kept
  /// member, the canonical if the two match.
  std::optional<std::uint64_t> match;
  Relation relation = Relation::near;  ///< relation of this article to `match`; meaningless if `match` is empty
  Similarity similarity;               ///< scores of this article (first) and `match` (second)
};

/// All copies of one story.
struct Cluster {
  /// "w" and 16 hexadecimal digits; depends only on the content and ids of the members.
  std::string id;
  std::uint64_t canonical = 0;  ///< ordinal of the member that Options::keep prefers
  std::vector<Member> members;  ///< at least two; the canonical first, the others in order of preference
};

/// The result of deduplication. `read` = `kept` + `duplicates` + `rejected`.
struct Result {
  std::uint64_t read = 0;         ///< articles added plus lines of feeds
  std::uint64_t kept = 0;         ///< articles outside any cluster plus members that are kept
  std::uint64_t duplicates = 0;   ///< articles removed: members with `kept` false
  std::uint64_t rejected = 0;     ///< lines of feeds that are not articles
  std::vector<Cluster> clusters;  ///< in ascending order of the canonical's ordinal
  std::vector<Match> matches;     ///< every verified pair that links, in ascending order of the ordinals
};

}  // namespace wirecopy
