#include "verify/lead.hpp"

#include <gtest/gtest.h>

#include "reference/made_corpus.hpp"

namespace wirecopy {
namespace {

using test::made_tokens;

std::string numbers(int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i) text += std::to_string(i) + " ";
  return text;
}

/// An article of 200 words, of which the ranges stand in the other one.
struct Story {
  std::vector<Token> title;
  std::vector<Token> tokens = made_tokens(numbers(1000, 200));
  std::vector<TokenRange> boilerplate{};
  std::vector<TokenRange> shared{};
  std::int64_t published = kNoDate;
  ComparedText text{tokens, boilerplate};

  [[nodiscard]] LeadText view() const { return {title, text, shared, published}; }
};

Story story(const std::string& title, std::vector<TokenRange> shared, std::vector<TokenRange> boilerplate = {}) {
  Story made{made_tokens(title)};
  made.shared = std::move(shared);
  made.boilerplate = std::move(boilerplate);
  made.text = {made.tokens, made.boilerplate};
  return made;
}

bool have_news(const Story& a, const Story& b, double coverage = 0.55) {
  const bool result = have_other_news(a.view(), b.view(), coverage);
  EXPECT_EQ(have_other_news(b.view(), a.view(), coverage), result);
  return result;
}

/// The same article, published so many hours after the epoch.
Story at_hour(Story story, std::int64_t hours) {
  story.published = hours * 3600;
  story.text = {story.tokens, story.boilerplate};
  return story;
}

TEST(Lead, IsTheBeginningOfTheEditorialText) {
  EXPECT_EQ(shared_lead(story("1", {{0, 200}}).view()), 1);
  EXPECT_EQ(shared_lead(story("1", {{80, 200}}).view()), 0);
  EXPECT_EQ(shared_lead(story("1", {{60, 200}}).view()), 0.25);
  EXPECT_EQ(shared_lead(story("1", {{0, 10}, {20, 30}, {90, 100}}).view()), 0.25);
  EXPECT_EQ(shared_lead(story("1", {}).view()), 0);
}

TEST(Lead, BoilerplateInFrontIsNoLead) {
  EXPECT_EQ(shared_lead(story("1", {{60, 200}}, {{0, 60}}).view()), 1);
  EXPECT_EQ(shared_lead(story("1", {}, {{0, 200}}).view()), 1) << "nothing is left that could be news";
}

TEST(Lead, AnIdeographIsHalfAWord) {
  std::vector<Token> tokens;
  for (std::uint64_t i = 1; i <= 400; ++i) tokens.push_back(make_token(i << 34, TokenKind::ideograph));
  const std::vector<TokenRange> shared{{80, 400}};
  const ComparedText text{tokens, {}};
  EXPECT_EQ(shared_lead({{}, text, shared}), 0.5);
}

TEST(Lead, OldTextUnderNewLeadsIsOtherNews) {
  EXPECT_TRUE(have_news(story("1 2 3", {{80, 200}}), story("4 5 6", {{50, 200}})));
}

TEST(Lead, OneLeadInTheOtherTextIsTheSameNews) {
  EXPECT_FALSE(have_news(story("1 2 3", {{0, 80}}), story("4 5 6", {{100, 180}})));
}

TEST(Lead, LikeTitlesAreTheSameNews) {
  EXPECT_FALSE(have_news(story("1 2 3 7", {{80, 200}}), story("1 2 3 8", {{80, 200}})));
  EXPECT_TRUE(have_news(story("", {{80, 200}}), story("", {{80, 200}}))) << "without titles, leads decide";
}

// A gallery may open one of two articles, so that its captions are that one's lead.
TEST(Lead, LongAfterOneSharedLeadIsNotEnough) {
  const Story opens = story("1 2 3", {{0, 120}}), ends = story("4 5 6", {{80, 200}});
  EXPECT_FALSE(have_news(at_hour(opens, 0), at_hour(ends, 72)));
  EXPECT_TRUE(have_news(at_hour(opens, 0), at_hour(ends, 73)));
  EXPECT_FALSE(have_news(at_hour(opens, 0), at_hour(ends, 73), 0.7)) << "most of the shorter one returns";
  EXPECT_FALSE(have_news(at_hour(opens, 0), ends)) << "one of them has no date";
  EXPECT_FALSE(have_news(at_hour(opens, 0), at_hour(story("1 2 4", {{80, 200}}), 99))) << "their titles are alike";
  EXPECT_FALSE(have_news(at_hour(opens, 0), at_hour(story("4 5 6", {{0, 120}}), 99))) << "both leads are shared";
}

}  // namespace
}  // namespace wirecopy
