#include "evaluate/truth_scores.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluate/report.hpp"

namespace wirecopy::evaluate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

/// One letter per article: '.' without a group, '?' not in the file.
Grouping grouping(const std::string& letters) {
  Grouping made;
  for (const char letter : letters) {
    made.group_of.push_back(letter == '.'   ? kAlone
                            : letter == '?' ? kUnnamed
                                            : made.groups.intern(std::string(1, letter)));
    made.named += letter != '?';
  }
  return made;
}

Truth truth(const std::string& stories, const std::string& edits) {
  Truth made;
  made.stories = grouping(stories);
  for (const char letter : edits) {
    made.edit_of.push_back(letter == '.' ? kAlone : made.edits.intern(std::string(1, letter)));
  }
  return made;
}

TEST(TruthScores, CountPairsArticlesAndEdits) {
  //                                                       0123456
  const TruthEvaluation found = evaluate_truth(grouping("xxxyy.."), truth("aaabbb.", "ococco."), 5);
  EXPECT_EQ(found.articles, 7U);
  EXPECT_EQ(found.stories, 2U);
  EXPECT_EQ(found.pairs.found, 4U);
  EXPECT_EQ(found.pairs.expected, 6U);
  EXPECT_EQ(found.pairs.right, 4U);
  EXPECT_EQ(found.bcubed.precision, 1);
  EXPECT_DOUBLE_EQ(found.bcubed.recall, (3 + 2 * 2.0 / 3 + 1.0 / 3 + 1) / 7);
  ASSERT_EQ(found.edits.size(), 3U);
  EXPECT_EQ(found.edits[0].edit, "");
  EXPECT_EQ(found.edits[0].copies, 0U);
  EXPECT_EQ(found.edits[1].edit, "c");
  EXPECT_EQ(found.edits[1].articles, 3U);
  EXPECT_EQ(found.edits[1].expected, 6U);
  EXPECT_EQ(found.edits[1].found, 4U);
  EXPECT_EQ(found.edits[1].lost, 0U);
  EXPECT_EQ(found.edits[2].edit, "o");
  EXPECT_EQ(found.edits[2].lost, 1U);
  EXPECT_TRUE(found.mixed_clusters.empty());
  ASSERT_EQ(found.split_stories.size(), 1U);
  EXPECT_EQ(found.split_stories[0].name, "b");
  EXPECT_EQ(found.split_stories[0].parts, 2U);
  EXPECT_EQ(found.split_stories[0].pairs, 2U);
  EXPECT_THAT(found.split_stories[0].largest, ElementsAre(Pair("y", 2)));
}

TEST(TruthScores, ListTheMostMixedClusters) {
  const TruthEvaluation found = evaluate_truth(grouping("xxxxxyyzz"), truth("aab.caabb", ""), 2);
  ASSERT_EQ(found.mixed_clusters.size(), 1U);
  EXPECT_EQ(found.mixed_clusters[0].name, "x");
  EXPECT_EQ(found.mixed_clusters[0].size, 5U);
  EXPECT_EQ(found.mixed_clusters[0].parts, 4U);
  EXPECT_EQ(found.mixed_clusters[0].pairs, 9U);
  EXPECT_THAT(found.mixed_clusters[0].largest, ElementsAre(Pair("a", 2), Pair("b", 1), Pair("c", 1)));
  EXPECT_EQ(found.split_stories.size(), 2U);
  EXPECT_TRUE(evaluate_truth(grouping("xx"), truth("ab", ""), 0).mixed_clusters.empty());
}

TEST(TruthScores, GroupsAreSortedByErrorsThenName) {
  const TruthEvaluation found = evaluate_truth(grouping("zzxxyyy"), truth("abcdefg", ""), 9);
  ASSERT_EQ(found.mixed_clusters.size(), 3U);
  EXPECT_EQ(found.mixed_clusters[0].name, "y");
  EXPECT_EQ(found.mixed_clusters[1].name, "x");
  EXPECT_EQ(found.mixed_clusters[2].name, "z");
}

TEST(TruthScores, ArticlesInOnlyOneFileAreCounted) {
  const TruthEvaluation found = evaluate_truth(grouping("xx?zz"), truth("aaa?", ""), 5);
  EXPECT_EQ(found.articles, 3U);
  EXPECT_EQ(found.not_in_result, 1U);
  EXPECT_EQ(found.not_in_truth, 2U);
  EXPECT_EQ(found.pairs.found, 1U);
  EXPECT_EQ(found.pairs.expected, 3U);
}

/// Articles without a group must not get the names of clusters whose members are unknown to the truth.
TEST(TruthScores, ArticlesWithoutAGroupHaveNoName) {
  const TruthEvaluation found = evaluate_truth(grouping("xx.zz"), truth("aaa??", ""), 5);
  ASSERT_EQ(found.split_stories.size(), 1U);
  EXPECT_EQ(found.split_stories[0].parts, 2U);
  EXPECT_THAT(found.split_stories[0].largest, ElementsAre(Pair("x", 2)));
}

TEST(TruthScores, AreWrittenAsOneJsonObject) {
  const std::string json = format_json(evaluate_truth(grouping("xx.."), truth("abcc", "ooee"), 5));
  EXPECT_THAT(json, HasSubstr(R"({"articles":4,"stories":1,"pairs":{"precision":0,"recall":0,"f1":0})"));
  EXPECT_THAT(json, HasSubstr(R"({"edit":"e","articles":2,"copies":2,"recall":0,"lost":2,"false_pairs":0})"));
  EXPECT_THAT(json, HasSubstr(R"("mixed_clusters":[{"cluster":"x","size":2,"stories":2,"false_pairs":1,"largest":[)"));
  EXPECT_THAT(json, HasSubstr(R"("torn_stories":[{"story":"c","size":2,"pieces":2,"missed_pairs":1,"largest":[]}])"));
}

}  // namespace
}  // namespace wirecopy::evaluate
