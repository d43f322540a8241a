// Reads clusters.jsonl cluster by cluster.
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
  std::optional<std::string> match;                    ///< the kept article that it duplicates
  std::optional<Relation> relation;                    ///< relation to `match` or, for a kept member, to the canonical
  double containment = 0, contained = 0, jaccard = 0;  ///< scores against the same article; 0 without a relation
  std::optional<double> own;                           ///< share of its text that is not in that article
  std::string agency;                                  ///< credited agency; empty for none
  std::string version;                                 ///< such as "UPDATE 2"; empty for none
};

struct ListedOutlet {
  std::string source;
  std::optional<std::int64_t> published;    ///< date of its earliest member
  std::optional<std::int64_t> lag_seconds;  ///< time after the first outlet
};

struct ListedHeadline {
  std::string title;
  std::uint64_t count = 0;
};

struct ListedCluster {
  std::string id;
  double cohesion = 1;
  std::string agency;                 ///< empty for none
  std::vector<ListedOutlet> outlets;  ///< in order of publication; undated ones last
  std::vector<ListedHeadline> headlines;
  std::vector<ListedMember> members;  ///< the canonical first

  /// The title of the canonical or, if it has none, the most frequent headline; may be empty.
  [[nodiscard]] const std::string& title() const;
  [[nodiscard]] std::optional<std::int64_t> first_published() const;
  [[nodiscard]] std::optional<std::int64_t> last_published() const;
  [[nodiscard]] std::uint64_t kept() const;
};

/// Characteristics of a cluster, as bits.
enum class Badge : unsigned {
  exact = 1,        ///< every copy equals the canonical
  syndicated = 2,   ///< published by three or more outlets
  excerpt = 4,      ///< contains an excerpt
  updates = 8,      ///< an outlet published several different versions
  one_outlet = 16,  ///< all members are from one outlet
  loose = 32,       ///< three or more members, and less than two thirds of the tested pairs match
};

[[nodiscard]] constexpr bool has(unsigned badges, Badge badge) { return (badges & static_cast<unsigned>(badge)) != 0; }
/// "exact", "syndicated", "excerpt", "update chain", "one outlet", "loose".
[[nodiscard]] const char* name(Badge badge);
inline constexpr Badge kAllBadges[] = {Badge::exact,   Badge::syndicated, Badge::excerpt,
                                       Badge::updates, Badge::one_outlet, Badge::loose};
/// O(members log members).
[[nodiscard]] unsigned badges_of(const ListedCluster& cluster);

/// Not thread-safe.
class ClusterFile {
 public:
  /// Throws Error(usage) if `result` is not a result directory, and Error(io) if its clusters cannot be read.
  explicit ClusterFile(const std::filesystem::path& result);

  /// Reads the next cluster; false at the end. Throws Error(state) that names the line if it cannot be parsed.
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
