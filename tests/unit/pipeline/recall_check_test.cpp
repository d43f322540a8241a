// The check of recall: its search loses nothing, and its counts are those of what the run missed.
#include "pipeline/recall_check.hpp"

#include <gtest/gtest.h>

#include "pipeline/resolve_phase.hpp"
#include "pipeline/sketcher.hpp"
#include "reference/made_text.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {
namespace {

using test::FeedArticle;
using test::Prose;
using test::Script;
using test::slice;
using test::Words;
using test::operator+;

Corpus corpus_of(const std::vector<FeedArticle>& feed, const Options& options) {
  const Sketcher sketcher(options, Kernel::scalar);
  SketchBlock block;
  SourceTable sources;
  SketchScratch scratch;
  for (const FeedArticle& each : feed) {
    Article article;
    article.id = each.id;
    article.title = each.title;
    article.text = each.text;
    article.source = each.source;
    sketcher.sketch(article, article.id, {}, block.records.size(), block, sources, scratch);
  }
  Corpus corpus;
  corpus.append(std::move(block));
  return corpus;
}

/// Copies of all degrees around the threshold: cut, wrapped, with words replaced; captions; footers; equal articles.
std::vector<FeedArticle> made_feed(Script script, std::uint64_t seed) {
  Prose prose(script, seed);
  RandomStream& random = prose.random();
  std::vector<FeedArticle> feed;
  const auto add = [&](const std::string& title, const Words& text, const std::string& source) {
    feed.push_back({test::numbered("a", feed.size()), title, prose.join(text), source});
  };
  const Words footer = prose.words(25);
  for (int story = 0; story < 12; ++story) {
    const Words text = prose.words(10 + random.below(200));
    const std::string title = prose.text(6);
    add(title, text, "wire");
    for (int copy = 0; copy < 5; ++copy) {
      Words changed = slice(text, 0, text.size() * (4 + random.below(7)) / 10);
      const std::uint32_t replaced = random.below(30);
      for (std::string& word : changed) {
        if (random.below(100) < replaced) word = prose.text(1);
      }
      changed = prose.words(random.below(60)) + changed;
      if (random.below(2) == 0) changed = changed + footer;
      add(random.below(2) == 0 ? title : prose.text(6), changed, test::numbered("outlet", random.below(4)));
    }
    add(title, text, "again");
  }
  for (int i = 0; i < 20; ++i) add(prose.text(5), prose.words(random.below(12)) + footer, "outlet1");
  return feed;
}

class RecallCheckTest : public testing::TestWithParam<Script> {
 protected:
  void make(std::uint64_t seed) {
    corpus_ = corpus_of(made_feed(GetParam(), seed), options_);
    resolution_ = resolve(corpus_, options_, context_);
  }

  /// All matches of any two articles that stand for their equals, the slow way.
  [[nodiscard]] std::vector<ArticleMatch> matches_of_all_pairs() const {
    const Preference preference(corpus_, options_);
    const EqualGroups groups(corpus_, options_, preference);
    ProfileTable profiles(corpus_, resolution_.boilerplate, options_);
    TextComparer comparer(options_.shingle);
    for (std::size_t chunk = 0; chunk < profiles.chunks(); ++chunk) {
      profiles.fill(chunk, std::vector<char>(corpus_.size(), 1), comparer);
    }
    Matcher matcher(corpus_, profiles, options_);
    std::vector<ArticleMatch> matches;
    for (std::uint32_t a = 0; a < corpus_.size(); ++a) {
      for (std::uint32_t b = a + 1; b < corpus_.size(); ++b) {
        if (!groups.is_representative(ArticleId{a}) || !groups.is_representative(ArticleId{b})) continue;
        if (!is_comparable(corpus_.record(ArticleId{a}), options_)) continue;
        if (!is_comparable(corpus_.record(ArticleId{b}), options_)) continue;
        matcher.load(ArticleId{a});
        if (const auto match = matcher.compare(ArticleId{b})) matches.push_back(*match);
      }
    }
    return matches;
  }

  static std::vector<std::pair<ArticleId, ArticleId>> pairs_of(const std::vector<ArticleMatch>& matches) {
    std::vector<std::pair<ArticleId, ArticleId>> pairs;
    for (const ArticleMatch& match : matches) pairs.emplace_back(match.first, match.second);
    return pairs;
  }

  Options options_;
  RunContext context_;
  Corpus corpus_;
  Resolution resolution_;
};

INSTANTIATE_TEST_SUITE_P(Scripts, RecallCheckTest, testing::ValuesIn(test::kScripts),
                         [](const auto& each) { return std::string(test::name(each.param)); });

TEST_P(RecallCheckTest, FindsWhatComparingAllPairsFinds) {
  for (const double threshold : {0.2, 0.5, 0.9}) {
    options_.threshold = threshold;
    make(static_cast<std::uint64_t>(threshold * 10));
    std::vector<ArticleId> everybody;
    for (std::uint32_t i = 0; i < corpus_.size(); ++i) everybody.push_back(ArticleId{i});
    const std::vector<ArticleMatch> all = matches_of_all_pairs();
    ASSERT_GT(all.size(), threshold < 0.9 ? 20U : 2U);
    const auto found = all_matches(corpus_, options_, resolution_.boilerplate, everybody, context_);
    EXPECT_EQ(pairs_of(found), pairs_of(all)) << threshold;
  }
}

TEST_P(RecallCheckTest, CountsThePairsOfItsSampleThatTheRunHasFound) {
  make(7);
  const std::size_t all = matches_of_all_pairs().size();
  const RecallCheck whole = check_recall(corpus_, options_, resolution_, 1'000'000, context_);
  EXPECT_EQ(whole.all.pairs, all);
  EXPECT_EQ(whole.all.found, resolution_.matches.size());
  std::uint64_t in_classes = 0;
  for (const RecallCount& count : whole.by_ratio) in_classes += count.pairs;
  EXPECT_EQ(in_classes, whole.long_texts.pairs);
  EXPECT_LE(whole.long_texts.pairs, whole.all.pairs);

  const RecallCheck some = check_recall(corpus_, options_, resolution_, 10, context_);
  EXPECT_EQ(some.articles, 10U);
  EXPECT_LT(some.all.pairs, whole.all.pairs);

  resolution_.matches.clear();
  resolution_.clusters = ClusterTable();
  const RecallCheck nothing_found = check_recall(corpus_, options_, resolution_, 1'000'000, context_);
  EXPECT_EQ(nothing_found.all.pairs, all);
  EXPECT_EQ(nothing_found.all.found, 0U);
  EXPECT_EQ(nothing_found.all.clustered, 0U);
}

TEST(WilsonInterval, IsThatOfTheBooks) {
  // 95 % Wilson intervals, computed by hand from the formula of 1927.
  const Interval half = wilson_interval(5, 10);
  EXPECT_NEAR(half.low, 0.2366, 1e-4);
  EXPECT_NEAR(half.high, 0.7634, 1e-4);
  const Interval full = wilson_interval(10, 10);
  EXPECT_NEAR(full.low, 0.7225, 1e-4);
  EXPECT_NEAR(full.high, 1, 1e-12);
  EXPECT_NEAR(wilson_interval(0, 10).low, 0, 1e-12);
  EXPECT_EQ(wilson_interval(0, 0).low, 0);
  EXPECT_EQ(wilson_interval(0, 0).high, 1);
}

}  // namespace
}  // namespace wirecopy
