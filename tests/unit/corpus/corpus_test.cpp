#include "corpus/corpus.hpp"

#include <gtest/gtest.h>

#include "reference/made_corpus.hpp"

namespace wirecopy {
namespace {

using test::made_corpus;
using test::made_tokens;

TEST(Corpus, ReturnsTheContentOfABlock) {
  const Corpus corpus = made_corpus({{"a", "1 2", "3 4 5"}, {"b", "", "6"}});
  ASSERT_EQ(corpus.size(), 2U);
  EXPECT_EQ(corpus.id(ArticleId{0}), "a");
  EXPECT_EQ(corpus.id(ArticleId{1}), "b");
  const auto tokens = corpus.tokens(ArticleId{0});
  EXPECT_EQ(std::vector<Token>(tokens.begin(), tokens.end()), made_tokens("1 2 3 4 5"));
  const auto text = corpus.text_tokens(ArticleId{0});
  EXPECT_EQ(std::vector<Token>(text.begin(), text.end()), made_tokens("3 4 5"));
}

SketchBlock block_of(std::string source, std::uint64_t ordinal, std::uint32_t signature) {
  SketchBlock block;
  block.sources = {std::move(source)};
  ArticleRecord record;
  record.ordinal = ordinal;
  block.records = {record};
  block.signatures = {signature, signature + 1};
  return block;
}

// Positions in a block are 32 bits wide.
TEST(Corpus, ABlockIsFullLongBeforePositionsOverflow) {
  SketchBlock tokens, strings;
  EXPECT_FALSE(tokens.is_full());
  tokens.tokens.resize(SketchBlock::kFullTokens - 1);
  EXPECT_FALSE(tokens.is_full());
  tokens.tokens.resize(SketchBlock::kFullTokens);
  EXPECT_TRUE(tokens.is_full());
  strings.strings.resize(SketchBlock::kFullBytes);  // ids and titles of articles without a text
  EXPECT_TRUE(strings.is_full());
  strings.clear();
  EXPECT_FALSE(strings.is_full());
}

TEST(Corpus, NumbersSourcesAcrossBlocks) {
  Corpus corpus;
  for (const char* source : {"x", "y", "x"}) corpus.append(block_of(source, corpus.size(), 0));
  EXPECT_EQ(corpus.record(ArticleId{0}).source, corpus.record(ArticleId{2}).source);
  EXPECT_EQ(corpus.source(ArticleId{1}), "y");
  EXPECT_EQ(corpus.sources().size(), 2U);
}

TEST(Corpus, KeepsSignaturesWithTheirArticlesWhenSorted) {
  Corpus corpus;
  corpus.append(block_of("x", 7, 70));
  corpus.append(block_of("y", 3, 30));
  corpus.sort_by_ordinal();
  EXPECT_EQ(corpus.record(ArticleId{0}).ordinal, 3U);
  EXPECT_EQ(corpus.signature(ArticleId{0})[0], 30U);
  EXPECT_EQ(corpus.signature(ArticleId{1})[1], 71U);
  EXPECT_EQ(corpus.source(ArticleId{0}), "y");
}

TEST(Corpus, KeepsSamplesWithTheirArticles) {
  Corpus corpus;
  for (const std::uint64_t ordinal : {9U, 4U}) {
    SketchBlock block = block_of("x", ordinal, 0);
    block.samples = {1, ordinal, ordinal};
    block.records[0].first_sample = 1;
    block.records[0].samples = 2;
    corpus.append(std::move(block));
  }
  corpus.sort_by_ordinal();
  EXPECT_EQ(corpus.sample(ArticleId{0}).size(), 2U);
  EXPECT_EQ(corpus.sample(ArticleId{0})[0], 4U);
  EXPECT_EQ(corpus.sample(ArticleId{1})[1], 9U);
}

TEST(Corpus, AnArticleWithoutAnythingIsEmpty) {
  const Corpus corpus = made_corpus({{"", "", ""}, {"b", "", "1"}});
  EXPECT_TRUE(corpus.id(ArticleId{0}).empty());
  EXPECT_TRUE(corpus.tokens(ArticleId{0}).empty());
  EXPECT_TRUE(corpus.sample(ArticleId{0}).empty());
  EXPECT_EQ(corpus.text_tokens(ArticleId{1}).size(), 1U);
}

TEST(Corpus, ReportsItsMemory) {
  const Corpus none;
  EXPECT_EQ(none.memory_bytes(), 0U);
  const Corpus corpus = made_corpus({{"a", "", test::count_up(0, 1000)}});
  EXPECT_GE(corpus.memory_bytes(), 1000 * (sizeof(Token) + sizeof(std::uint64_t)));
  EXPECT_LE(corpus.memory_bytes(), 1000 * (sizeof(Token) + sizeof(std::uint64_t)) * 2 + 1000);
}

}  // namespace
}  // namespace wirecopy
