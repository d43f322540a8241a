#include "report/cluster_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <wirecopy/error.hpp>

#include "base/names.hpp"
#include "feed/date.hpp"

namespace wirecopy {
namespace {

constexpr double kLoose = 0.66;

bool is_update_chain(const ListedCluster& cluster) {
  std::map<std::string_view, int> versions;
  for (const ListedMember& member : cluster.members) {
    if (member.relation != Relation::exact && ++versions[member.source] > 1) return true;
  }
  return false;
}

LineFile clusters_of(const std::filesystem::path& result) {
  if (std::filesystem::exists(result / "summary.json")) return LineFile(result / "clusters.jsonl");
  throw Error(ErrorKind::usage, fmt::format("{} is not a result: it has no summary.json", result.native()));
}

}  // namespace

const std::string& ListedCluster::title() const {
  const bool has_title = headlines.empty() || !members.front().title.empty();
  return has_title ? members.front().title : headlines.front().title;
}

std::optional<std::int64_t> ListedCluster::first_published() const {
  std::optional<std::int64_t> first;
  for (const ListedMember& member : members) {
    if (member.published && (!first || *member.published < *first)) first = member.published;
  }
  return first;
}

std::optional<std::int64_t> ListedCluster::last_published() const {
  std::optional<std::int64_t> last;
  for (const ListedMember& member : members) last = std::max(last, member.published);
  return last;
}

std::uint64_t ListedCluster::kept() const {
  return static_cast<std::uint64_t>(
      std::count_if(members.begin(), members.end(), [](const ListedMember& member) { return member.kept; }));
}

const char* name(Badge badge) {
  switch (badge) {
    case Badge::exact:
      return "exact";
    case Badge::syndicated:
      return "syndicated";
    case Badge::excerpt:
      return "excerpt";
    case Badge::updates:
      return "update chain";
    case Badge::one_outlet:
      return "one outlet";
    default:
      return "loose";
  }
}

unsigned badges_of(const ListedCluster& cluster) {
  unsigned badges = 0;
  const auto set = [&](Badge badge, bool is_set) { badges |= is_set ? static_cast<unsigned>(badge) : 0; };
  const auto copies_are = [&](Relation relation) {
    return [relation](const ListedMember& member) { return member.relation == relation; };
  };
  const auto& members = cluster.members;
  set(Badge::exact, std::all_of(members.begin() + 1, members.end(), copies_are(Relation::exact)));
  set(Badge::excerpt, std::any_of(members.begin() + 1, members.end(), copies_are(Relation::excerpt)));
  set(Badge::syndicated, cluster.outlets.size() >= 3);
  set(Badge::one_outlet, cluster.outlets.size() == 1);
  set(Badge::updates, is_update_chain(cluster));
  set(Badge::loose, members.size() > 2 && cluster.cohesion < kLoose);
  return badges;
}

ClusterFile::ClusterFile(const std::filesystem::path& result)
    : name_((result / "clusters.jsonl").native()), file_(clusters_of(result)) {}

bool ClusterFile::next(ListedCluster& cluster) {
  if (!file_.next(line_)) return false;
  ++number_;
  if (!json_.read(line_)) fail();
  cluster = {};
  cluster.id = text("/cluster");
  cluster.cohesion = json_.number("/cohesion").value_or(1);
  cluster.agency = text("/agency");
  read_outlets(cluster);
  json_.for_each("/headlines", [&] {
    cluster.headlines.push_back({text("/title"), json_.natural("/count").value_or(1)});
  });
  read_members(cluster);
  if (cluster.id.empty() || cluster.members.empty()) fail();
  return true;
}

void ClusterFile::read_outlets(ListedCluster& cluster) {
  json_.for_each("/outlets", [&] {
    ListedOutlet outlet{text("/source"), date("/published"), std::nullopt};
    if (const auto lag = json_.natural("/lag_seconds")) outlet.lag_seconds = static_cast<std::int64_t>(*lag);
    cluster.outlets.push_back(std::move(outlet));
  });
}

void ClusterFile::read_members(ListedCluster& cluster) {
  json_.for_each("/members", [&] {
    ListedMember member;
    member.id = text("/id");
    member.source = text("/source");
    member.title = text("/title");
    member.published = date("/published");
    member.kept = json_.truth("/kept").value_or(true);
    if (const auto match = json_.text("/match")) member.match = std::string(*match);
    member.relation = relation_named(text("/relation"));
    member.jaccard = json_.number("/jaccard").value_or(0);
    member.containment = json_.number("/containment").value_or(0);
    member.contained = json_.number("/contained").value_or(0);
    member.own = json_.number("/own");
    member.agency = text("/agency");
    member.version = text("/version");
    cluster.members.push_back(std::move(member));
  });
}

std::string ClusterFile::text(const char* pointer) const { return std::string(json_.text(pointer).value_or("")); }

std::optional<std::int64_t> ClusterFile::date(const char* pointer) const {
  const auto written = json_.text(pointer);
  return written ? parse_date(*written) : std::nullopt;
}

void ClusterFile::fail() const { throw Error(ErrorKind::state, fmt::format("{}:{}: not a cluster", name_, number_)); }

}  // namespace wirecopy
