#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "corpus/identity_sample.hpp"
#include "reference/made_outlet.hpp"

namespace wirecopy {
namespace {

std::vector<std::string> ids_of(const Corpus& corpus, const std::vector<ArticleId>& articles) {
  std::vector<std::string> ids;
  for (const ArticleId article : articles) ids.emplace_back(corpus.id(article));
  return ids;
}

TEST(IdentitySample, ContainsTheSmallestIdentitiesInAnyOrder) {
  EXPECT_TRUE(rc::check([] {
    test::FreshNumbers fresh;
    std::vector<test::MadeArticle> articles;
    const auto count = *rc::gen::inRange<std::size_t>(0, 200);
    for (std::size_t i = 0; i < count; ++i) articles.push_back({std::to_string(i), fresh(3), fresh(10)});
    const auto size = *rc::gen::inRange<std::size_t>(1, 60);
    const auto sample_of = [size](const Corpus& corpus) {
      IdentitySample sample(size);
      RC_ASSERT(sample.empty());
      for (const ArticleId article : test::all_articles(corpus)) sample.show(corpus, article);
      return ids_of(corpus, sample.take());
    };
    const Corpus corpus = test::made_corpus(articles);
    std::vector<ArticleId> sorted = test::all_articles(corpus);
    std::sort(sorted.begin(), sorted.end(),
              [&](ArticleId a, ArticleId b) { return corpus.record(a).identity < corpus.record(b).identity; });
    sorted.resize(std::min(size, sorted.size()));
    RC_ASSERT(sample_of(corpus) == ids_of(corpus, sorted));
    std::reverse(articles.begin(), articles.end());
    RC_ASSERT(sample_of(test::made_corpus(articles)) == ids_of(corpus, sorted));
  }));
}

}  // namespace
}  // namespace wirecopy
