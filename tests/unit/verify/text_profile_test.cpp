#include "verify/text_profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "boilerplate/learner.hpp"
#include "reference/made_matcher.hpp"
#include "reference/made_outlet.hpp"

namespace wirecopy {
namespace {

using test::count_up;
using test::made_shingles;
using test::made_tokens;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<TokenRange> marked(const std::string& text, const std::string& learned) {
  std::vector<TokenRange> ranges;
  mark_boilerplate(made_tokens(text), 3, made_shingles(learned), ranges);
  return ranges;
}

TEST(MarkBoilerplate, MarksABlockWhereverItStands) {
  const std::string block = count_up(100, 110);
  EXPECT_THAT(marked(block + count_up(0, 20), block), ElementsAre(TokenRange{0, 8}));
  EXPECT_THAT(marked(count_up(0, 20) + block, block), ElementsAre(TokenRange{20, 28}));
  EXPECT_THAT(marked(count_up(0, 7) + block + count_up(7, 20) + block, block),
              ElementsAre(TokenRange{7, 15}, TokenRange{30, 38}));
}

TEST(MarkBoilerplate, APhraseThatStandsAloneStaysEditorial) {
  EXPECT_THAT(marked(count_up(0, 20) + "100 101 102 103 " + count_up(20, 40), "100 101 102 103"), IsEmpty());
  EXPECT_THAT(marked(count_up(0, 20) + "100 101 102 103 104 " + count_up(20, 40), "100 101 102 103 104"),
              ElementsAre(TokenRange{20, 23}));
}

TEST(MarkBoilerplate, ATemplateIsABlockWithItsFacts) {
  std::string learned, report;
  for (int sentence = 0; sentence < 6; ++sentence) {
    const std::string standing = count_up(10 * sentence, 10 * sentence + 3);
    learned += standing + std::to_string(500 + sentence) + ' ';
    report += standing + std::to_string(900 + sentence) + ' ';
  }
  EXPECT_THAT(marked(report, learned), ElementsAre(TokenRange{0, 21}));
}

TEST(MarkBoilerplate, PhrasesFarApartAreNoTemplate) {
  std::string learned, text;
  for (int phrase = 0; phrase < 12; ++phrase) {
    learned += count_up(10 * phrase, 10 * phrase + 3) + std::to_string(500 + phrase) + ' ';
    text += count_up(10 * phrase, 10 * phrase + 3) + count_up(1000 + 3 * phrase, 1003 + 3 * phrase);
  }
  EXPECT_THAT(marked(text, learned), IsEmpty());
}

TEST(MarkBoilerplate, NothingLearntNothingMarked) {
  EXPECT_THAT(marked(count_up(0, 50), ""), IsEmpty());
  EXPECT_THAT(marked("", count_up(0, 50)), IsEmpty());
}

TEST(MeasureEditorial, CountsTokensInEditorialShingles) {
  const std::vector<Token> tokens = made_tokens(count_up(0, 40));
  const std::vector<TokenRange> footer{{20, 38}};
  EXPECT_EQ(measure_editorial(tokens, 3, footer).editorial_tokens, 22U);
  EXPECT_EQ(measure_editorial(tokens, 3, footer).editorial_quarters, 88U);
  EXPECT_EQ(measure_editorial(tokens, 3, {}).editorial_tokens, 40U);
  const std::vector<TokenRange> all{{0, 38}};
  EXPECT_EQ(measure_editorial(tokens, 3, all).editorial_tokens, 0U);
}

TEST(MeasureEditorial, ScriptsWithoutSpacesCountAsPartsOfWords) {
  std::vector<Token> tokens;
  for (std::uint64_t i = 0; i < 12; ++i) tokens.push_back(make_token(mix64(i), TokenKind::ideograph));
  EXPECT_EQ(measure_editorial(tokens, 3, {}).editorial_quarters, 24U);
}

// How much of what articles say is taken for boilerplate by chance? Bodies are drawn from a vocabulary of 8,000 words
// whose frequencies fall off as 1 / rank, so that short runs recur by chance; every outlet has a footer besides.
TEST(MarkBoilerplate, HardlyAnyEditorialTextIsDropped) {
  double dropped = 0, total = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomStream random(seed);
    test::FreshNumbers fresh;
    const std::string footer = fresh(40);
    std::vector<test::MadeArticle> articles;
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < 30 * (seed % 10 + 1); ++i) {
      std::string body;
      for (int word = 0; word < 300; ++word) body += std::to_string(int(std::pow(8000.0, random.unit()))) + ' ';
      bodies.push_back(body);
      articles.push_back({std::to_string(i), fresh(6), body + footer});
    }
    const Corpus corpus = test::made_corpus(articles, 4.7);
    const std::vector<std::uint64_t> learned =
        BoilerplateLearner(corpus, 3, BoilerplateRule{}).learn(test::all_articles(corpus));
    for (const std::string& body : bodies) {
      const std::vector<Token> tokens = made_tokens(body);
      std::vector<TokenRange> ranges;
      mark_boilerplate(tokens, 3, ShingleSet(learned), ranges);
      dropped += static_cast<double>(tokens.size() - measure_editorial(tokens, 3, ranges).editorial_tokens);
      total += static_cast<double>(tokens.size());
    }
  }
  RecordProperty("editorial_text_wrongly_dropped", std::to_string(dropped / total));
  EXPECT_LE(dropped / total, 0.005);
}

TEST(TokensOfShingles, ReachFromTheFirstTokenToTheEndOfTheLastShingle) {
  const std::vector<Token> word(10, make_token(~std::uint64_t{0}, TokenKind::word));
  const std::vector<TokenRange> ranges{{0, 3}, {5, 8}};
  EXPECT_THAT(tokens_of_shingles(word, 3, ranges), testing::ElementsAre(TokenRange{0, 5}, TokenRange{5, 10}));
  const std::vector<Token> ideographs(16, make_token(~std::uint64_t{0}, TokenKind::ideograph));
  EXPECT_THAT(tokens_of_shingles(ideographs, 3, ranges), testing::ElementsAre(TokenRange{0, 8}, TokenRange{5, 13}));
}

}  // namespace
}  // namespace wirecopy
