#include "postings/posting_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace wirecopy {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAreArray;

std::vector<ArticleKey> found(const PostingTable& table, std::uint64_t hash) {
  std::vector<ArticleKey> articles;
  table.find(std::span(&hash, 1), [&](std::size_t, ArticleKey key) { articles.push_back(key); });
  return articles;
}

TEST(PostingTable, FindsWhatWasAddedWhateverItsSize) {
  const ArticleKey first(make_key(3, 70));
  PostingTable table(first);
  std::map<std::uint64_t, std::vector<ArticleKey>> expected;
  RandomStream random(1);
  for (std::uint64_t number = 0; number < 3000; ++number) {
    const ArticleKey article = first + number;
    for (int i = 0; i < 10; ++i) {
      const std::uint64_t hash = posting_hash(PostingKind::shingle, random.below(9000));
      auto& articles = expected[hash];
      if (articles.empty() || articles.back() != article) articles.push_back(article);
      table.add(hash, article);
    }
  }
  for (const auto& [hash, articles] : expected) EXPECT_THAT(found(table, hash), UnorderedElementsAreArray(articles));
  EXPECT_TRUE(found(table, posting_hash(PostingKind::shingle, 9001)).empty());
  EXPECT_TRUE(found(table, posting_hash(PostingKind::id, 1)).empty());
  const LargeArray<Posting> sorted = table.sorted();
  EXPECT_EQ(sorted.size(), table.size());
  EXPECT_TRUE(std::is_sorted(sorted.begin(), sorted.end()));
}

TEST(PostingTable, KeepsTheLastOfAFlood) {
  PostingTable table{ArticleKey()};
  for (std::uint64_t number = 0; number < 5000; ++number) table.add(42, ArticleKey(number));
  const std::vector<ArticleKey> articles = found(table, 42);
  EXPECT_EQ(articles.size(), kMaxOfOneHash);
  EXPECT_EQ(*std::min_element(articles.begin(), articles.end()), ArticleKey(5000 - kMaxOfOneHash));
}

TEST(PostingTable, CountsSamplesOfEachArticle) {
  PostingTable table(ArticleKey(10));
  table.set_samples(ArticleKey(10), 3);
  table.set_samples(ArticleKey(14), 1 << 20);
  EXPECT_EQ(table.samples(ArticleKey(10)), 3U);
  EXPECT_EQ(table.samples(ArticleKey(12)), 0U);
  EXPECT_EQ(table.samples(ArticleKey(14)), UINT16_MAX);
}

TEST(PostingTable, TakesArticlesNearItsFirst) {
  const PostingTable table(ArticleKey(100));
  EXPECT_FALSE(table.takes(ArticleKey(99)));
  EXPECT_TRUE(table.takes(ArticleKey(100)));
  EXPECT_FALSE(table.takes(ArticleKey(100 + PostingTable::kMaxArticles)));
}

}  // namespace
}  // namespace wirecopy
