#include "cluster/resolution.hpp"

#include <gtest/gtest.h>

namespace wirecopy {
namespace {

Decision decision(std::uint32_t article, bool kept) {
  Decision made;
  made.article = ArticleId{article};
  made.kept = kept;
  return made;
}

TEST(DecisionTable, FindsWhatBecameOfEachArticle) {
  Resolution resolution;
  const std::vector<Decision> first{decision(3, true), decision(1, false)},
      second{decision(4, true), decision(0, true)};
  resolution.clusters.append({1, first, 1});
  resolution.clusters.append({2, second, 0.5});
  const DecisionTable table(resolution, 6);
  EXPECT_EQ(table.cluster(ArticleId{1}), &resolution.clusters[0]);
  EXPECT_EQ(table.decision(ArticleId{0}), &resolution.clusters[1].members[1]);
  EXPECT_EQ(table.cluster(ArticleId{2}), nullptr);
  EXPECT_EQ(table.decision(ArticleId{5}), nullptr);
  const std::vector<bool> kept{true, false, true, true, true, true};
  for (std::uint32_t i = 0; i < 6; ++i) EXPECT_EQ(table.is_kept(ArticleId{i}), kept[i]) << i;
}

}  // namespace
}  // namespace wirecopy
