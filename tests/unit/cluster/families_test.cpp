#include "cluster/families.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reference/made_corpus.hpp"

namespace wirecopy {
namespace {

using test::made_tokens;

TitleWords title(const std::string& numbers) { return TitleWords(made_tokens(numbers)); }

Families families(const std::vector<std::pair<std::uint32_t, std::string>>& nodes,
                  const std::vector<NodePair>& matches = {}) {
  std::vector<FamilyMember> members;
  for (const auto& [source, words] : nodes) members.push_back({source, title(words)});
  return Families(members, matches);
}

TEST(TitleWords, CompareDistinctWords) {
  EXPECT_EQ(title("1 2 3 3").overlap(title("3 4")), 0.5);
  EXPECT_EQ(title("1 2 3 3").similarity(title("3 4")), 1.0 / 3);
  EXPECT_EQ(title("1 2").overlap(title("")), 0);
  EXPECT_EQ(title("").similarity(title("")), 1);
  EXPECT_TRUE(title("").empty());
  EXPECT_EQ(TitleWords::of(title("5 6 7").words()), title("7 6 5"));
}

TEST(TitleWords, EstimateTheOverlapOfLongTitles) {
  std::string first, second;
  for (int i = 0; i < 60; ++i) first += std::to_string(i) + " ", second += std::to_string(i + 30) + " ";
  EXPECT_NEAR(title(first).overlap(title(second)), 0.5, 0.25);
  EXPECT_EQ(title(first).overlap(title(first)), 1);
  EXPECT_EQ(title(first).words().size(), TitleWords::kMaxWords);
}

TEST(Families, ThreeUnlikeTitlesOfOneSourceAreAFamily) {
  const Families found = families({{1, "1 2 3"}, {1, "4 5 6"}, {1, "7 8 9"}, {2, "1 2 3"}, {2, "4 5 6"}});
  EXPECT_TRUE(found.are_apart(0, 1));
  EXPECT_TRUE(found.are_apart(2, 1));
  EXPECT_FALSE(found.are_apart(0, 3));  // of another source
  EXPECT_FALSE(found.are_apart(3, 4));  // there are only two of them
}

TEST(Families, TwoStoriesOrAlikeTitlesAreNone) {
  EXPECT_TRUE(families({{1, "1 2 3"}, {1, "4 5 6"}}).empty());
  EXPECT_TRUE(families({{1, "1 2 3"}, {1, "1 2 6"}, {1, "7 8 9"}, {1, "7 1 9"}}).empty());
  EXPECT_TRUE(families({{1, "1 2 3"}, {1, "3 2 4"}, {1, "4 3 5"}}).empty());
}

TEST(Families, AWordInAllTitlesMakesThemOneStory) {
  EXPECT_TRUE(families({{1, "9 1 2 3"}, {1, "9 4 5 6"}, {1, "9 7 8 10"}}).empty());
  EXPECT_FALSE(families({{1, "9 1 2 3"}, {1, "9 4 5 6"}, {1, "7 8 10"}}).empty());
}

TEST(Families, EqualTitlesAreOneStoryAndATemplatesTitlesAreNot) {
  const Families found = families({{1, "1 2 3 4"}, {1, "5 6 7"}, {1, "8 9 10"}, {1, "1 2 3 4"}, {1, "1 2 3 11"}});
  EXPECT_FALSE(found.are_apart(0, 3));
  EXPECT_TRUE(found.are_apart(0, 4));
}

TEST(Families, ArticlesWithoutTitlesAreInNone) {
  EXPECT_TRUE(families({{1, ""}, {1, ""}, {1, ""}}).empty());
  const Families found = families({{1, "1 2"}, {1, "3 4"}, {1, ""}, {1, "5 6"}});
  EXPECT_TRUE(found.are_apart(0, 3));
  EXPECT_FALSE(found.are_apart(0, 2));
}

TEST(Families, WhatAnotherOutletPublishesIsNews) {
  const std::vector<std::pair<std::uint32_t, std::string>> nodes{
      {1, "1 2"}, {1, "3 4"}, {1, "5 6"}, {2, "7 8"}, {3, "9"}};
  EXPECT_TRUE(families(nodes, {{0, 1}, {0, 3}, {1, 4}}).are_apart(0, 1));   // each matches one of them
  EXPECT_FALSE(families(nodes, {{0, 1}, {0, 3}, {3, 2}}).are_apart(0, 1));  // one matches two of them
}

// Beyond the sample, titles are compared with those of the sample only.
TEST(Families, AFloodIsLinear) {
  std::vector<std::pair<std::uint32_t, std::string>> nodes;
  for (int i = 0; i < 5000; ++i) nodes.emplace_back(1, std::to_string(3 * i) + " " + std::to_string(3 * i + 1));
  nodes.emplace_back(1, "0 1");
  const Families found = families(nodes);
  EXPECT_TRUE(found.are_apart(0, 4999));
  EXPECT_TRUE(found.are_apart(4998, 4999));
  EXPECT_FALSE(found.are_apart(0, 5000));
}

}  // namespace
}  // namespace wirecopy
