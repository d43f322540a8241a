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
  const ArticleKey first = make_key(3, 70);
  PostingTable table(first);
  std::map<std::uint64_t, std::vector<ArticleKey>> expected;
  RandomStream random(1);
  for (ArticleKey article = first; article < first + 3000; ++article) {
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
  PostingTable table(0);
  for (ArticleKey article = 0; article < 5000; ++article) table.add(42, article);
  const std::vector<ArticleKey> articles = found(table, 42);
  EXPECT_EQ(articles.size(), kMostOfOneHash);
  EXPECT_EQ(*std::min_element(articles.begin(), articles.end()), 5000 - kMostOfOneHash);
}

TEST(PostingTable, CountsSamplesOfEachArticle) {
  PostingTable table(10);
  table.set_samples(10, 3);
  table.set_samples(14, 1 << 20);
  EXPECT_EQ(table.samples(10), 3U);
  EXPECT_EQ(table.samples(12), 0U);
  EXPECT_EQ(table.samples(14), UINT16_MAX);
}

TEST(PostingTable, TakesArticlesNearItsFirst) {
  const PostingTable table(100);
  EXPECT_FALSE(table.takes(99));
  EXPECT_TRUE(table.takes(100));
  EXPECT_FALSE(table.takes(100 + PostingTable::kMostArticles));
}

}  // namespace
}  // namespace wirecopy
