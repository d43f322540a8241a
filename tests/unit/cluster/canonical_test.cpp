#include "cluster/canonical.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "reference/made_corpus.hpp"

namespace wirecopy {
namespace {

using test::count_up;

std::vector<std::string> by_preference(const std::vector<test::MadeArticle>& articles, const Options& options) {
  const Corpus corpus = test::made_corpus(articles);
  const Preference preference(corpus, options);
  std::vector<ArticleId> order;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) order.push_back(ArticleId{i});
  std::sort(order.begin(), order.end(), preference);
  std::vector<std::string> ids;
  for (const ArticleId article : order) ids.emplace_back(corpus.id(article));
  return ids;
}

using Ids = std::vector<std::string>;

const std::vector<test::MadeArticle> kArticles{{"undated", "", count_up(0, 30), kNoDate, "x"},
                                               {"full", "", count_up(0, 40), 500, "y"},
                                               {"b", "", count_up(1, 31), 100, "z"},
                                               {"a", "", count_up(2, 32), 100, "x"}};

TEST(Preference, FullestIsByTextThenDateThenId) {
  EXPECT_EQ(by_preference(kArticles, {}), (Ids{"full", "a", "b", "undated"}));
}

TEST(Preference, EarliestPutsUnknownDatesLast) {
  Options options;
  options.keep = Keep::earliest;
  EXPECT_EQ(by_preference(kArticles, options), (Ids{"a", "b", "full", "undated"}));
}

TEST(Preference, FirstIsTheOrderOfTheFeed) {
  Options options;
  options.keep = Keep::first;
  EXPECT_EQ(by_preference(kArticles, options), (Ids{"undated", "full", "b", "a"}));
}

TEST(Preference, SourceOrderPutsUnnamedSourcesLast) {
  Options options;
  options.keep = Keep::source_order;
  options.preferred_sources = {"z", "x"};
  EXPECT_EQ(by_preference(kArticles, options), (Ids{"b", "a", "undated", "full"}));
}

TEST(Preference, ArticlesThatAgreeInAllAreTakenByPlace) {
  const std::vector<test::MadeArticle> twins{{"a", "", count_up(0, 9)}, {"a", "", count_up(0, 9)}};
  const Corpus corpus = test::made_corpus(twins);
  const Preference preference(corpus, {});
  EXPECT_TRUE(preference(ArticleId{0}, ArticleId{1}));
  EXPECT_FALSE(preference(ArticleId{1}, ArticleId{0}));
  EXPECT_FALSE(preference(ArticleId{0}, ArticleId{0}));
}

}  // namespace
}  // namespace wirecopy
