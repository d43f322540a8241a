// A consumer of an index's events: the clusters as events tell them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <wirecopy/index.hpp>

namespace wirecopy::test {

class EventLedger {
 public:
  void apply(const Index::Event& event) {
    last = event.number;
    switch (event.change) {
      case Index::Change::created:
      case Index::Change::joined:
        for (const std::string& id : event.articles) move(id, event.cluster);
        break;
      case Index::Change::left:
        for (const std::string& id : event.articles) move(id, {});
        break;
      case Index::Change::split:
        for (const std::string& id : event.articles) move(id, event.other);
        break;
      case Index::Change::merged:
        for (auto& [id, cluster] : cluster_of) {
          if (cluster == event.other) cluster = event.cluster;
        }
        break;
    }
  }

  void apply(const Index& index) {
    for (const Index::Event& event : index.events(last)) apply(event);
  }

  /// The members of all clusters, as sets.
  [[nodiscard]] std::set<std::set<std::string>> clusters() const {
    std::map<std::string, std::set<std::string>> members;
    for (const auto& [id, cluster] : cluster_of) members[cluster].insert(id);
    std::set<std::set<std::string>> sets;
    for (const auto& [cluster, ids] : members) sets.insert(ids);
    return sets;
  }

  std::map<std::string, std::string> cluster_of;  ///< by id of the article; those that stand alone are left out
  std::uint64_t last = 0;

 private:
  void move(const std::string& id, const std::string& to) {
    if (to.empty()) {
      cluster_of.erase(id);
    } else {
      cluster_of[id] = to;
    }
  }
};

}  // namespace wirecopy::test
