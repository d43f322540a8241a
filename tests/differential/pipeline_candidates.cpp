// Candidates and verification against brute force: all pairs that match when every pair is compared.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <utility>

#include "cluster/canonical.hpp"
#include "cluster/equal_groups.hpp"
#include "lsh/banding.hpp"
#include "pipeline/resolve_phase.hpp"
#include "pipeline/sketcher.hpp"
#include "reference/planted_feed.hpp"
#include "sketch/simhash.hpp"
#include "verify/matcher.hpp"
#include "verify/profile_table.hpp"

namespace wirecopy {
namespace {

using Pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

/// A corpus with planted copies, what the pipeline finds in it, and what comparing all pairs finds.
struct Compared {
  Compared(const Options& given, std::uint64_t seed, std::size_t stories, double max_change)
      : options(given), feed(seed) {
    feed.add_stories(stories, max_change);
    sketch();
    context.threads = 2;
    resolution = resolve(corpus, options, context);
    for (const ArticleMatch& match : resolution.matches) found.emplace(number(match.first), number(match.second));
    compare_all();
  }

  void sketch() {
    const Sketcher sketcher(options, best_kernel());
    SketchBlock block;
    SourceTable sources;
    SketchScratch scratch;
    for (std::size_t i = 0; i < feed.articles.size(); ++i) {
      sketcher.sketch(feed.articles[i].article(), feed.articles[i].id, {}, i, block, sources, scratch);
    }
    corpus.append(std::move(block));
  }

  void compare_all() {
    const Preference preference(corpus, options);
    const EqualGroups groups(corpus, options, preference);
    ProfileTable profiles(corpus, resolution.boilerplate, options);
    TextComparer comparer(options.shingle);
    const std::vector<char> all(corpus.size(), 1);
    for (std::size_t chunk = 0; chunk < profiles.chunks(); ++chunk) profiles.fill(chunk, all, comparer);
    Matcher matcher(corpus, profiles, options);
    for (std::uint32_t a = 0; a < corpus.size(); ++a) {
      if (!groups.is_representative(ArticleId{a})) continue;
      matcher.load(ArticleId{a});
      for (std::uint32_t b = a + 1; b < corpus.size(); ++b) {
        if (!groups.is_representative(ArticleId{b})) continue;
        if (const auto match = matcher.compare(ArticleId{b})) expected.push_back(*match);
      }
    }
  }

  [[nodiscard]] bool is_found(const ArticleMatch& match) const {
    return found.contains({number(match.first), number(match.second)});
  }

  Options options;
  test::PlantedFeed feed;
  Corpus corpus;
  RunContext context;
  Resolution resolution;
  Pairs found;                         // by the pipeline
  std::vector<ArticleMatch> expected;  // by brute force
};

Options with(Method method, double threshold) {
  Options options;
  options.method = method;
  options.threshold = threshold;
  return options;
}

/// Nothing is found that brute force does not find.
void expect_nothing_else(const Compared& compared) {
  std::size_t confirmed = 0;
  for (const ArticleMatch& match : compared.expected) confirmed += compared.is_found(match);
  EXPECT_EQ(confirmed, compared.found.size());
}

/// The distinct shingles of words, spelled out.
std::set<std::string> naive_shingles(const std::vector<std::string>& words, std::size_t length) {
  std::set<std::string> shingles;
  for (std::size_t at = 0; at + length <= words.size(); ++at) {
    std::string joined;
    for (std::size_t i = at; i < at + length; ++i) joined.append(words[i]).append(" ");
    shingles.insert(joined);
  }
  return shingles;
}

TEST(Candidates, SampledShinglesFindWhatBruteForceFinds) {
  for (const double threshold : {0.3, 0.5, 0.8}) {
    const Compared compared(with(Method::sample, threshold), 21, 150, 0.25);
    ASSERT_GT(compared.expected.size(), 100U);
    expect_nothing_else(compared);
    // The recall promised at the threshold holds above it all the more: short of it by four standard errors at most.
    const auto count = static_cast<double>(compared.expected.size());
    const double recall = compared.options.recall;
    EXPECT_GE(static_cast<double>(compared.found.size()),
              recall * count - 4 * std::sqrt(recall * (1 - recall) * count));
  }
}

TEST(Candidates, MinHashBandsFindThemWithTheProbabilityOfTheCurve) {
  for (const double threshold : {0.4, 0.7}) {
    const Options options = with(Method::minhash, threshold);
    const Compared compared(options, 22, 150, 0.2);
    ASSERT_GT(compared.expected.size(), 100U);
    expect_nothing_else(compared);
    const Banding banding = choose_banding(jaccard_at(threshold), options.recall);
    double mean = 0, variance = 0;
    for (const ArticleMatch& match : compared.expected) {
      const double probability = candidate_probability(banding, match.similarity.raw_jaccard());
      mean += probability;
      variance += probability * (1 - probability);
    }
    EXPECT_NEAR(static_cast<double>(compared.found.size()), mean, 4 * std::sqrt(variance) + 2);
  }
}

TEST(Candidates, SimHashTablesFindEveryPairWithinTheDistance) {
  for (const unsigned distance : {0U, 3U, 6U}) {
    Options options = with(Method::simhash, 0.3);
    options.distance = distance;
    const Compared compared(options, 23, 150, 0.06);
    expect_nothing_else(compared);
    const auto simhash_of = [&](ArticleId article) {
      const auto words = compared.corpus.signature(article);
      return words[0] | std::uint64_t{words[1]} << 32;
    };
    std::size_t within = 0;
    for (const ArticleMatch& match : compared.expected) {
      const bool is_within = hamming(simhash_of(match.first), simhash_of(match.second)) <= distance;
      EXPECT_EQ(compared.is_found(match), is_within);
      within += is_within;
    }
    EXPECT_GE(within, distance == 0 ? 0U : 10U);
  }
}

TEST(Candidates, ExactFindsNoOthers) {
  const Compared compared(with(Method::exact, 0.5), 24, 60, 0.1);
  EXPECT_TRUE(compared.found.empty());
  EXPECT_GT(compared.resolution.equal.size(), 5U);
}

TEST(Verification, ScoresAreThoseOfShinglesSpelledOut) {
  const Compared compared(with(Method::sample, 0.3), 25, 60, 0.2);
  for (const ArticleMatch& match : compared.resolution.matches) {
    const auto first = naive_shingles(compared.feed.articles[number(match.first)].words, compared.options.shingle);
    const auto second = naive_shingles(compared.feed.articles[number(match.second)].words, compared.options.shingle);
    std::size_t shared = 0;
    for (const std::string& shingle : first) shared += second.count(shingle);
    EXPECT_EQ(match.similarity.raw_shared, shared);
    EXPECT_EQ(match.similarity.raw_first, first.size());
    EXPECT_EQ(match.similarity.raw_second, second.size());
    EXPECT_LE(match.similarity.containment(), 1);
    EXPECT_LE(match.similarity.contained(), 1);
    EXPECT_GE(match.similarity.agreement(), compared.options.threshold);
  }
}

}  // namespace
}  // namespace wirecopy
