#include "report/outlet_table.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace wirecopy {
namespace {

std::int64_t median(std::vector<std::int32_t>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::int32_t bounded(std::int64_t lag) {
  return static_cast<std::int32_t>(std::min<std::int64_t>(lag, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

std::uint32_t OutletTable::number_of(std::string_view name) {
  const auto [found, is_new] = numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(outlets_.size()));
  if (is_new) {
    outlets_.emplace_back().name = std::string(name);
    credits_.emplace_back();
  }
  return found->second;
}

void OutletTable::add(const ListedCluster& cluster) {
  for (const ListedMember& member : cluster.members) {
    const std::uint32_t outlet = number_of(member.source);
    OutletFigures& figures = outlets_[outlet];
    ++figures.copies;
    figures.removed += member.kept ? 0 : 1;
    if (member.own) figures.own += *member.own, ++figures.measured;
    if (!member.agency.empty()) ++credits_[outlet][member.agency];
  }
  if (!cluster.agency.empty()) {
    AgencySeen& seen = agencies_[cluster.agency];
    ++seen.stories;
    seen.copies += cluster.members.size();
    for (const ListedOutlet& outlet : cluster.outlets) ++seen.outlets[number_of(outlet.source)];
  }
  if (cluster.outlets.size() < 2) return;
  const ListedOutlet& first = cluster.outlets.front();
  const std::uint32_t from = number_of(first.source);
  for (const ListedOutlet& outlet : cluster.outlets) ++outlets_[number_of(outlet.source)].stories;
  if (!first.published) return;
  ++outlets_[from].first;
  for (std::size_t i = 1; i < cluster.outlets.size(); ++i) {
    if (!cluster.outlets[i].lag_seconds) continue;
    const std::uint32_t to = number_of(cluster.outlets[i].source);
    lags_[std::uint64_t{from} << 32 | to].push_back(bounded(*cluster.outlets[i].lag_seconds));
  }
}

void OutletTable::add_article(std::string_view source, std::string_view agency) {
  if (!knows_feed_) {
    for (auto& credits : credits_) credits.clear();
    knows_feed_ = true;
  }
  const std::uint32_t outlet = number_of(source);
  ++outlets_[outlet].articles;
  if (!agency.empty()) ++credits_[outlet][std::string(agency)];
}

void OutletTable::finish() {
  std::vector<std::vector<std::int32_t>> lags_of(outlets_.size());
  for (auto& [key, lags] : lags_) {
    const auto from = static_cast<std::uint32_t>(key >> 32), to = static_cast<std::uint32_t>(key);
    lags_of[to].insert(lags_of[to].end(), lags.begin(), lags.end());
    flows_.push_back({from, to, lags.size(), median(lags)});
  }
  lags_.clear();
  std::sort(flows_.begin(), flows_.end(), [&](const Flow& a, const Flow& b) {
    return std::tuple(b.stories, std::string_view(outlets_[a.from].name), std::string_view(outlets_[a.to].name)) <
           std::tuple(a.stories, std::string_view(outlets_[b.from].name), std::string_view(outlets_[b.to].name));
  });
  for (std::uint32_t i = 0; i < outlets_.size(); ++i) {
    OutletFigures& outlet = outlets_[i];
    outlet.median_lag = median(lags_of[i]);
    if (!knows_feed_) outlet.articles = outlet.copies;
    std::uint64_t max = 0;
    for (const auto& [agency, count] : credits_[i]) {
      outlet.credited += count;
      if (count > max) max = count, outlet.agency = agency;
    }
  }
  for (const auto& [name, seen] : agencies_) {
    agency_figures_.push_back({name, seen.stories, seen.copies, seen.outlets.size()});
  }
  std::stable_sort(agency_figures_.begin(), agency_figures_.end(),
                   [](const AgencyFigures& a, const AgencyFigures& b) { return a.copies > b.copies; });
}

std::vector<std::uint32_t> OutletTable::busiest(std::size_t limit) const {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < outlets_.size(); ++i) {
    if (outlets_[i].copies > 0) numbers.push_back(i);
  }
  std::sort(numbers.begin(), numbers.end(), [&](std::uint32_t a, std::uint32_t b) {
    const OutletFigures &x = outlets_[a], &y = outlets_[b];
    return std::tuple(y.copies, std::string_view(x.name)) < std::tuple(x.copies, std::string_view(y.name));
  });
  if (numbers.size() > limit) numbers.resize(limit);
  return numbers;
}

}  // namespace wirecopy
