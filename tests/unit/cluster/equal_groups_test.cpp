#include "cluster/equal_groups.hpp"

#include <gtest/gtest.h>

#include "reference/made_corpus.hpp"

namespace wirecopy {
namespace {

using test::count_up;
using test::made_corpus;

struct Groups {
  explicit Groups(const std::vector<test::MadeArticle>& articles, std::int64_t within = 0)
      : options(options_within(within)),
        corpus(made_corpus(articles)),
        preference(corpus, options),
        groups(corpus, options, preference) {}

  std::vector<std::string> members(std::uint32_t article) const {
    std::vector<std::string> ids;
    for (const ArticleId each : groups.members(ArticleId{article})) ids.emplace_back(corpus.id(each));
    return ids;
  }

  static Options options_within(std::int64_t within) {
    Options options;
    options.within = within;
    return options;
  }

  Options options;
  Corpus corpus;
  Preference preference;
  EqualGroups groups;
};

using Ids = std::vector<std::string>;

TEST(EqualGroups, GathersEqualArticlesByPreference) {
  const Groups made({{"c", "1", count_up(0, 9), 30},
                     {"x", "1", count_up(1, 9)},
                     {"a", "1", count_up(0, 9), 20},
                     {"b", "1", count_up(0, 9), 30}});
  EXPECT_EQ(made.groups.size(), 1U);
  EXPECT_EQ(made.members(2), (Ids{"a", "b", "c"}));
  for (const std::uint32_t article : {0U, 2U, 3U}) {
    EXPECT_EQ(made.groups.representative(ArticleId{article}), ArticleId{2});
  }
  EXPECT_TRUE(made.groups.is_representative(ArticleId{2}));
  EXPECT_FALSE(made.groups.is_representative(ArticleId{0}));
}

TEST(EqualGroups, AnArticleAloneRepresentsItself) {
  const Groups made({{"a", "", count_up(0, 9)}, {"b", "", count_up(1, 9)}});
  EXPECT_EQ(made.groups.size(), 0U);
  EXPECT_TRUE(made.groups.is_representative(ArticleId{0}));
  EXPECT_EQ(made.members(1), Ids{"b"});
}

TEST(EqualGroups, TheSameTextUnderAnotherTitleIsAnotherArticle) {
  EXPECT_EQ(Groups({{"a", "1", count_up(0, 9)}, {"b", "2", count_up(0, 9)}}).groups.size(), 0U);
}

TEST(EqualGroups, TooLittleTextStaysAlone) {
  const Groups made({{"a", "1 2 3", ""}, {"b", "1 2 3", ""}, {"c", "", "1"}, {"d", "", "1"}});
  EXPECT_EQ(made.groups.size(), 0U);
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_TRUE(made.groups.is_representative(ArticleId{i}));
}

TEST(EqualGroups, EachGroupIsSeenOnce) {
  std::vector<test::MadeArticle> articles;
  for (int i = 0; i < 30; ++i) articles.push_back({std::to_string(i), "", count_up(i % 7, 50)});
  const Groups made(articles);
  std::size_t groups = 0, members = 0;
  made.groups.for_each_group([&](std::span<const ArticleId> group) {
    ++groups;
    members += group.size();
    EXPECT_TRUE(made.groups.is_representative(group.front()));
  });
  EXPECT_EQ(groups, 7U);
  EXPECT_EQ(members, 30U);
}

TEST(EqualGroups, AreDividedByTime) {
  const Groups made({{"a", "", count_up(0, 9), 0},
                     {"b", "", count_up(0, 9), 100},
                     {"c", "", count_up(0, 9), 101},
                     {"d", "", count_up(0, 9), 200},
                     {"e", "", count_up(0, 9), 900},
                     {"undated", "", count_up(0, 9), kNoDate}},
                    100);
  EXPECT_EQ(made.groups.size(), 2U);
  EXPECT_EQ(made.members(0), (Ids{"a", "b", "undated"}));
  EXPECT_EQ(made.members(2), (Ids{"c", "d"}));
  EXPECT_EQ(made.members(4), (Ids{"e"}));
}

}  // namespace
}  // namespace wirecopy
