// clusters.jsonl, read cluster by cluster.
//
//   ClusterFile file("result");
//   for (ListedCluster cluster; file.next(cluster);) show(cluster);
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>
#include <wirecopy/match.hpp>

#include "base/line_file.hpp"
#include "feed/json_object.hpp"

namespace wirecopy {

struct ListedMember {
  std::string id;
  std::string source;
  std::string title;
  std::optional<std::int64_t> published;
  bool kept = true;
  std::optional<std::string> match;  ///< the kept article it was removed for
  std::optional<Relation> relation;  ///< what it is to that one or, of a kept member, to the canonical
  double containment = 0, contained = 0, jaccard = 0;  ///< against the same; 0 without a relation
  std::optional<double> own;                           ///< share of its text that does not stand in that one
  std::string agency;                                  ///< credited; empty for none
  std::string version;                                 ///< "UPDATE 2"; empty for none
};

struct ListedOutlet {
  std::string source;
  std::optional<std::int64_t> published;    ///< its earliest member
  std::optional<std::int64_t> lag_seconds;  ///< behind the first seen
};

struct ListedHeadline {
  std::string title;
  std::uint64_t count = 0;
};

struct ListedCluster {
  std::string id;
  double cohesion = 1;
  std::string agency;                 ///< empty for none
  std::vector<ListedOutlet> outlets;  ///< the first seen first, undated ones last
  std::vector<ListedHeadline> headlines;
  std::vector<ListedMember> members;  ///< the canonical first

  /// Of the canonical or, where it has none, the most frequent headline; may be empty.
  [[nodiscard]] const std::string& title() const;
  [[nodiscard]] std::optional<std::int64_t> first_published() const;
  [[nodiscard]] std::optional<std::int64_t> last_published() const;
  [[nodiscard]] std::uint64_t kept() const;
};

/// What a cluster is, at a glance. Each is a bit.
enum class Badge : unsigned {
  exact = 1,        ///< every copy is equal to the one kept
  syndicated = 2,   ///< run by three outlets or more
  excerpt = 4,      ///< holds an excerpt
  updates = 8,      ///< an outlet ran several versions that differ
  one_outlet = 16,  ///< all members are of one outlet
  loose = 32,       ///< three members or more, and fewer than two in three tested pairs match
};

[[nodiscard]] constexpr bool has(unsigned badges, Badge badge) { return (badges & static_cast<unsigned>(badge)) != 0; }
/// "exact", "syndicated", "excerpt", "update chain", "one outlet", "loose".
[[nodiscard]] const char* name(Badge badge);
inline constexpr Badge kAllBadges[] = {Badge::exact,   Badge::syndicated, Badge::excerpt,
                                       Badge::updates, Badge::one_outlet, Badge::loose};
/// O(members log members).
[[nodiscard]] unsigned badges_of(const ListedCluster& cluster);

/// For one thread at a time.
class ClusterFile {
 public:
  /// Throws Error(usage) where `result` is no result directory, Error(io) where its clusters cannot be read.
  explicit ClusterFile(const std::filesystem::path& result);

  /// Reads the next cluster; false at the end. Throws Error(state), with the line, for what cannot be understood.
  bool next(ListedCluster& cluster);

 private:
  [[noreturn]] void fail() const;
  void read_members(ListedCluster& cluster);
  void read_outlets(ListedCluster& cluster);
  std::string text(const char* pointer) const;
  std::optional<std::int64_t> date(const char* pointer) const;

  std::string name_;
  LineFile file_;
  std::string line_;
  std::uint64_t number_ = 0;
  JsonObject json_;
};

}  // namespace wirecopy
