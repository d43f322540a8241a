#include "generate/edits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "generate/passages.hpp"

namespace wirecopy::generate {
namespace {

class EditsTest : public ::testing::Test {
 protected:
  const Language language_{language_specs()[1]};
  StoryMaker maker_;

  ArticlePlan plan(Edit edit, std::uint64_t seed, bool rough) const {
    ArticlePlan plan;
    plan.story_seed = plan.topic_seed = mix64(seed);
    plan.edit_seed = mix64(seed + 1);
    plan.edit = edit;
    plan.rough = rough;
    plan.version = 2;
    return plan;
  }
  Draft text(const ArticlePlan& plan, bool edited) {
    Draft draft;
    maker_.make(plan, {}, language_, draft);
    if (edited) apply_edit(plan, draft);
    return draft;
  }
};

/// Length in units of the longest common subsequence of two texts: what one keeps of the other.
std::size_t common(const Units& a, const Units& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (const Unit x : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      const bool same = x.value == b[j].value && x.kind == b[j].kind;
      row[j + 1] = same ? diagonal + 1 : std::max(row[j + 1], row[j]);
      diagonal = above;
    }
  }
  return row.back();
}

std::vector<std::uint64_t> long_stories(const Language& language) {
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t seed = 1; seeds.size() < 40; ++seed) {
    const std::uint32_t units = story_length(mix64(seed), language);
    if (units >= 260 && units < 900) seeds.push_back(seed);
  }
  return seeds;
}

TEST_F(EditsTest, ReprintAndOriginalChangeNothing) {
  for (const Edit edit : {Edit::original, Edit::reprint}) {
    const ArticlePlan of = plan(edit, 5, true);
    EXPECT_EQ(text(of, true).body, text(of, false).body);
    EXPECT_EQ(text(of, true).title, text(of, false).title);
  }
}

TEST_F(EditsTest, HeadlineChangesOnlyTheTitle) {
  const ArticlePlan of = plan(Edit::headline, 6, true);
  EXPECT_EQ(text(of, true).body, text(of, false).body);
  EXPECT_NE(text(of, true).title, text(of, false).title);
}

TEST_F(EditsTest, ACopyKeepsMostOfTheShorterText) {
  for (const Edit edit : {Edit::dateline, Edit::cut, Edit::excerpt, Edit::extended, Edit::reword, Edit::update}) {
    for (const std::uint64_t seed : long_stories(language_)) {
      const ArticlePlan of = plan(edit, seed, true);
      const Units head = text(of, false).body;
      const Units copy = text(of, true).body;
      const double share =
          static_cast<double>(common(head, copy)) / static_cast<double>(std::min(head.size(), copy.size()));
      EXPECT_GE(share, 0.5) << name(edit) << ' ' << seed;
    }
  }
}

TEST_F(EditsTest, AnExcerptHasAboutAHundredWords) {
  for (const std::uint64_t seed : long_stories(language_)) {
    const std::size_t units = text(plan(Edit::excerpt, seed, false), true).body.size();
    EXPECT_GE(units, 80U);
    EXPECT_LE(units, 130U);
  }
}

TEST_F(EditsTest, RewordingTouchesAtMostEveryTenthWord) {
  std::size_t changed = 0;
  std::size_t all = 0;
  for (const std::uint64_t seed : long_stories(language_)) {
    const ArticlePlan of = plan(Edit::reword, seed, true);
    const Units head = text(of, false).body;
    changed += head.size() - common(head, text(of, true).body);
    all += head.size();
  }
  // Swapped sentences count too: up to two of about twenty words each in texts of at least 260 words.
  EXPECT_GT(changed * 100, all * 3);
  EXPECT_LT(changed * 100, all * 20);
}

TEST_F(EditsTest, AnUpdateStatesItsVersion) {
  const Draft draft = text(plan(Edit::update, 11, false), true);
  EXPECT_EQ(draft.title[0].kind, UnitKind::symbol);
  EXPECT_EQ(draft.title[1].value, 2);
}

TEST_F(EditsTest, ChainsLoseTheirBeginning) {
  for (const std::uint64_t seed : long_stories(language_)) {
    ArticlePlan of = plan(Edit::chain, seed, true);
    const Units first = text(of, false).body;
    of.text = TextKind::chain_second;
    const Units second = text(of, false).body;
    of.text = TextKind::chain_third;
    const Units third = text(of, false).body;
    // Unrelated texts share more than a quarter as a subsequence (function words), so sharing half gives 0.6.
    const auto share = [](const Units& a, const Units& b) {
      return static_cast<double>(common(a, b)) / static_cast<double>(std::min(a.size(), b.size()));
    };
    EXPECT_GT(share(first, second), 0.55);
    EXPECT_GT(share(second, third), 0.5);
    EXPECT_LT(share(first, third), share(second, third));
  }
}

TEST(Passages, SentencesAndParagraphs) {
  Units units(10);
  units[3].marks = kStop;
  units[6].marks = kStop | kParagraph;
  units[9].marks = kStop | kParagraph;
  EXPECT_EQ(sentence_end_near(units, 0), 4U);
  EXPECT_EQ(sentence_end_near(units, 5), 4U);
  EXPECT_EQ(sentence_end_near(units, 6), 7U);
  EXPECT_EQ(sentence_end_near(units, 100), 10U);
  EXPECT_EQ(sentence_around(units, 5).begin, 4U);
  EXPECT_EQ(sentence_around(units, 5).end, 7U);
  EXPECT_EQ(paragraph_end(units, 0), 7U);
  EXPECT_EQ(paragraph_end(units, 8), 10U);
  units[5].marks = kOpenQuote;
  EXPECT_EQ(first_quotation(units).begin, 5U);
  EXPECT_EQ(first_quotation(units).end, 7U);
}

}  // namespace
}  // namespace wirecopy::generate
