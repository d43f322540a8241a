#include "report/cluster_choice.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace wirecopy {
namespace {

using testing::Contains;

ListedCluster made(int number, std::size_t size, double cohesion) {
  ListedCluster cluster;
  cluster.id = fmt::format("w{}", number);
  cluster.cohesion = cohesion;
  for (std::size_t i = 0; i < size; ++i) {
    ListedMember member;
    member.id = fmt::format("{}/{}", cluster.id, i);
    if (i > 0) member.kept = false, member.match = cluster.id + "/0", member.relation = Relation::near;
    cluster.members.push_back(member);
  }
  return cluster;
}

std::vector<std::string> ids(ClusterChoice& choice) {
  std::vector<std::string> all;
  for (const ListedCluster& cluster : choice.take()) all.push_back(cluster.id);
  return all;
}

TEST(ClusterChoice, FewClustersAreAllChosenTheLargestFirst) {
  ClusterChoice choice;
  for (int i = 0; i < 20; ++i) choice.add(made(i, 2 + static_cast<std::size_t>(i % 5), 1));
  const std::vector<std::string> chosen = ids(choice);
  EXPECT_EQ(chosen.size(), 20U);
  EXPECT_EQ(std::set<std::string>(chosen.begin(), chosen.end()).size(), 20U);
  EXPECT_EQ(chosen.front(), "w14");  // of the clusters with six members, the first by id
}

TEST(ClusterChoice, OfManyClustersTheLargestTheLoosestAndASampleAreChosen) {
  const ChoiceLimits limits{50, 10, 10};
  ClusterChoice choice(limits);
  for (int i = 0; i < 5000; ++i) choice.add(made(i, i < 60 ? 9 : 3, i == 4000 ? 0.4 : 1));
  const std::vector<std::string> chosen = ids(choice);
  EXPECT_LE(chosen.size(), 70U);
  EXPECT_GE(chosen.size(), 60U);
  EXPECT_THAT(chosen, Contains("w4000"));
  EXPECT_GE(std::count_if(chosen.begin(), chosen.end(), [](const std::string& id) { return id.size() > 3; }), 5);
}

TEST(ClusterChoice, TheOrderOfTheFileDoesNotMatter) {
  const ChoiceLimits limits{30, 5, 5};
  ClusterChoice forth(limits), back(limits);
  for (int i = 0; i < 3000; ++i) forth.add(made(i, 2 + static_cast<std::size_t>(i % 7), 1 - 0.0001 * (i % 50)));
  for (int i = 2999; i >= 0; --i) back.add(made(i, 2 + static_cast<std::size_t>(i % 7), 1 - 0.0001 * (i % 50)));
  EXPECT_EQ(forth.removed_sample().front().removed, back.removed_sample().front().removed);
  EXPECT_EQ(ids(forth), ids(back));
}

TEST(ClusterChoice, RemovedArticlesAreDrawnFromAllClusters) {
  ClusterChoice choice;
  for (int i = 0; i < 3000; ++i) choice.add(made(i, 3, 1));
  const std::vector<RemovedPair> sample = choice.removed_sample();
  EXPECT_EQ(sample.size(), ClusterChoice::kRemovedPairs);
  std::set<std::string> clusters;
  for (const RemovedPair& pair : sample) {
    EXPECT_EQ(pair.match, pair.cluster + "/0");
    clusters.insert(pair.cluster);
  }
  EXPECT_GT(clusters.size(), 20U);
}

}  // namespace
}  // namespace wirecopy
