#include "corpus/article_reader.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/temporary_file.hpp"
#include "reference/made_corpus.hpp"

namespace wirecopy {
namespace {

using test::count_up;
using test::MadeArticle;

template <typename T>
std::vector<T> copy_of(std::span<const T> items) {
  return {items.begin(), items.end()};
}

/// A corpus whose tokens are in a file, while its views show different ones: code that gets the right ones has read
/// the file.
class FiledCorpus {
 public:
  explicit FiledCorpus(const std::vector<MadeArticle>& articles)
      : whole(test::made_corpus(articles)), file_(open_temporary_file(default_temporary_directory())) {
    for (std::uint32_t i = 0; i < whole.size(); ++i) {
      const auto tokens = whole.tokens(ArticleId{i});
      begins_.push_back(image_.size());
      image_.insert(image_.end(), tokens.begin(), tokens.end());
    }
    write_all(file_.get(), {reinterpret_cast<const char*>(image_.data()), image_.size() * sizeof(Token)}, "");
    std::fill(image_.begin(), image_.end(), Token{77});
    filed.set_sample_rule({3, false, ExcerptSample(1)});
    for (std::uint32_t i = 0; i < whole.size(); ++i) append(ArticleId{i});
  }

  const Corpus whole;
  Corpus filed;

 private:
  void append(ArticleId article) {
    ArticleRecord record = whole.record(article);
    record.first_token = record.first_sample = record.first_byte = record.id_bytes = record.title_bytes = 0;
    record.source = SourceId{0};
    SketchView view;
    view.records = {&record, 1};
    view.tokens = {image_.data() + begins_[number(article)], whole.tokens(article).size()};
    view.sources = {whole.source(article)};
    view.file = {file_.get(), reinterpret_cast<const char*>(image_.data()), "image"};
    filed.append(view, 0);
  }

  FileDescriptor file_;
  std::vector<Token> image_;
  std::vector<std::size_t> begins_;
};

std::vector<MadeArticle> some_articles() {
  return {
      {"a", "1 2", count_up(0, 40)}, {"b", "", "7"}, {"", "", ""}, {"c", "5", count_up(100, 130), kNoDate, "other"}};
}

TEST(ArticleReader, UsesTokensInMemoryInPlace) {
  const Corpus corpus = test::made_corpus(some_articles());
  ArticleReader reader(corpus);
  EXPECT_FALSE(corpus.is_mapped());
  EXPECT_EQ(reader.tokens(ArticleId{0}).data(), corpus.tokens(ArticleId{0}).data());
}

TEST(ArticleReader, ReadsTokensFromAFile) {
  const FiledCorpus corpus(some_articles());
  ASSERT_TRUE(corpus.filed.is_mapped());
  ArticleReader reader(corpus.filed);
  for (const std::uint32_t i : {3U, 0U, 1U, 2U, 0U}) {
    const ArticleId article{i};
    EXPECT_EQ(copy_of(reader.tokens(article)), copy_of(corpus.whole.tokens(article)));
    EXPECT_EQ(copy_of(reader.compared_tokens(article, false)), copy_of(corpus.whole.text_tokens(article)));
    EXPECT_EQ(copy_of(reader.compared_tokens(article, true)), copy_of(corpus.whole.tokens(article)));
  }
}

TEST(ArticleReader, ComputesSamplesFromTokensInPlace) {
  const Corpus whole = test::made_corpus(some_articles());
  ArticleReader in_memory(whole);
  EXPECT_EQ(in_memory.sample(ArticleId{0}).data(), whole.sample(ArticleId{0}).data());

  FiledCorpus corpus(some_articles());  // every token read in place is 77
  ArticleReader reader(corpus.filed);
  std::vector<std::uint64_t> expected;
  shingle(corpus.filed.text_tokens(ArticleId{0}), 3, expected);
  EXPECT_EQ(copy_of(reader.sample(ArticleId{0})), expected);
  EXPECT_TRUE(reader.sample(ArticleId{2}).empty());
  corpus.filed.set_sample_rule({2, true, ExcerptSample(1)});
  expected.clear();
  shingle(corpus.filed.tokens(ArticleId{0}), 2, expected);
  EXPECT_EQ(copy_of(reader.sample(ArticleId{0})), expected);
}

TEST(ArticleReader, UsesALargeArticleInPlace) {
  const FiledCorpus corpus({{"large", "", count_up(0, 20'000)}, {"small", "", "1"}});
  ArticleReader reader(corpus.filed);
  EXPECT_EQ(reader.tokens(ArticleId{0}).data(), corpus.filed.tokens(ArticleId{0}).data());
  EXPECT_EQ(copy_of(reader.tokens(ArticleId{1})), copy_of(corpus.whole.tokens(ArticleId{1})));
}

TEST(CorpusExcerpt, IsTheWholeCorpusInMemory) {
  const Corpus corpus = test::made_corpus(some_articles());
  CorpusExcerpt excerpt(corpus);
  const std::vector<ArticleId> articles{ArticleId{3}, ArticleId{1}};
  EXPECT_EQ(&excerpt.corpus(), &corpus);
  EXPECT_EQ(excerpt.take(articles).data(), articles.data());
}

TEST(CorpusExcerpt, ContainsTheRequestedArticles) {
  const FiledCorpus corpus(some_articles());
  CorpusExcerpt excerpt(corpus.filed);
  const Corpus* const same = &excerpt.corpus();
  for (const std::vector<std::uint32_t>& wanted : {std::vector<std::uint32_t>{0, 3}, {3, 2, 1}, {}, {1}}) {
    std::vector<ArticleId> articles;
    for (const std::uint32_t i : wanted) articles.push_back(ArticleId{i});
    const std::span<const ArticleId> taken = excerpt.take(articles);
    ASSERT_EQ(taken.size(), wanted.size());
    EXPECT_EQ(&excerpt.corpus(), same);
    EXPECT_EQ(same->size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      EXPECT_EQ(copy_of(same->tokens(taken[i])), copy_of(corpus.whole.tokens(articles[i])));
      EXPECT_EQ(copy_of(same->text_tokens(taken[i])), copy_of(corpus.whole.text_tokens(articles[i])));
      EXPECT_EQ(copy_of(same->sample(taken[i])), copy_of(corpus.whole.sample(articles[i])));
      EXPECT_EQ(same->source(taken[i]), corpus.whole.source(articles[i]));
      EXPECT_EQ(same->record(taken[i]).identity, corpus.whole.record(articles[i]).identity);
    }
  }
}

TEST(CorpusExcerpt, UsesALargeArticleInPlace) {
  const FiledCorpus corpus({{"small", "", "1 2 3"}, {"large", "", count_up(0, 20'000)}, {"small", "", "4 5"}});
  CorpusExcerpt excerpt(corpus.filed);
  const std::vector<ArticleId> articles{ArticleId{0}, ArticleId{1}, ArticleId{2}};
  const std::span<const ArticleId> taken = excerpt.take(articles);
  EXPECT_EQ(excerpt.corpus().tokens(taken[1]).data(), corpus.filed.tokens(ArticleId{1}).data());
  EXPECT_EQ(copy_of(excerpt.corpus().tokens(taken[2])), copy_of(corpus.whole.tokens(ArticleId{2})));
}

}  // namespace
}  // namespace wirecopy
