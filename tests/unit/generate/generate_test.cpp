#include "generate/generate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <wirecopy/error.hpp>

#include "generate/edit.hpp"
#include "generate/language.hpp"
#include "generate/outlets.hpp"
#include "json_checker.hpp"
#include "made_feed.hpp"

namespace wirecopy::generate {
namespace {

using test::JsonChecker;
using test::Lines;
using test::make;
using test::member;

/// FNV-1a over all lines, independent of the engine's hashes, so that only the feed can change the golden value.
std::uint64_t fingerprint(const std::vector<std::string>& lines) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::string& line : lines) {
    for (const char byte : line) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  }
  return hash;
}

/// A feed of the size of a day of news, shared by all tests of proportions.
const Lines& day() {
  static const Lines lines = make(20'000);
  return lines;
}

// Change these only if the generated feed is changed deliberately.
TEST(GenerateFeed, ASeedGivesTheSameBytesEverywhere) {
  const Lines lines = make(2000, 42);
  EXPECT_EQ(fingerprint(lines.feed), 0x7dcc3480adf6e001ULL);
  EXPECT_EQ(fingerprint(lines.truth), 0x6ad4af76bdfa76b8ULL);
}

TEST(GenerateFeed, AnotherSeedGivesAnotherFeed) {
  const Lines a = make(50, 1);
  const Lines b = make(50, 2);
  for (std::size_t i = 0; i < 50; ++i) EXPECT_NE(member(a.feed[i], "text"), member(b.feed[i], "text"));
}

TEST(GenerateFeed, MakesTheRequestedNumberOfLines) {
  for (const std::uint64_t articles : {1, 2, 3, 10, 99, 1000}) {
    const Lines lines = make(articles);
    EXPECT_EQ(lines.feed.size(), articles);
    EXPECT_EQ(lines.truth.size(), articles);
  }
}

TEST(GenerateFeed, ContinuesAcrossWindows) {
  struct Counter : FeedSink {
    bool feed_line(std::string_view line) override { return ids.emplace(member(line, "id")).second; }
    bool truth_line(std::string_view line) override { return ++truths, member(line, "id").size() == 12; }
    std::set<std::string> ids;
    std::size_t truths = 0;
  } counter;
  generate_feed({.articles = 70'001, .seed = 3}, counter);
  EXPECT_EQ(counter.ids.size(), 70'001U);
  EXPECT_EQ(counter.truths, 70'001U);
}

TEST(GenerateFeed, StopsWhenTheSinkReturnsFalse) {
  struct Few : FeedSink {
    bool feed_line(std::string_view) override { return ++lines < 5; }
    bool truth_line(std::string_view) override { return true; }
    int lines = 0;
  } few;
  generate_feed({.articles = 100'000'000, .seed = 1}, few);
  EXPECT_EQ(few.lines, 5);
}

TEST(GenerateFeed, RejectsNumbersOutOfRange) {
  Lines lines;
  EXPECT_THROW(generate_feed({.articles = 0}, lines), Error);
  EXPECT_THROW(generate_feed({.articles = kMaxArticles + 1}, lines), Error);
}

TEST(GenerateFeed, EveryLineIsAnObjectOfStrings) {
  for (const std::string& line : day().feed) ASSERT_TRUE(JsonChecker(line).is_object_line()) << line;
  for (const std::string& line : day().truth) ASSERT_TRUE(JsonChecker(line).is_object_line()) << line;
}

TEST(GenerateFeed, EveryArticleHasItsFieldsAndItsTruth) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < day().feed.size(); ++i) {
    const std::string& line = day().feed[i];
    EXPECT_TRUE(ids.insert(member(line, "id")).second);
    EXPECT_EQ(member(line, "id"), member(day().truth[i], "id"));
    EXPECT_FALSE(member(line, "title").empty());
    EXPECT_TRUE(member(line, "source").ends_with(".example"));
    EXPECT_NE(member(line, "url").find(member(line, "source")), std::string_view::npos);
    EXPECT_TRUE(member(line, "published").starts_with("2024-03-"));
    EXPECT_EQ(member(line, "lang").size(), 2U);
  }
}

TEST(GenerateFeed, EveryEditOccursInADay) {
  std::map<std::string_view, std::size_t> count;
  for (const std::string& line : day().truth) ++count[member(line, "edit")];
  for (const std::string_view edit : kEditNames) EXPECT_GT(count[edit], 0U) << edit;
  EXPECT_EQ(count.size(), kEditNames.size());
}

TEST(GenerateFeed, StoriesHaveOneHeadAndTheirCopiesComeLater) {
  const std::set<std::string_view> alone{"single", "quote",   "background", "digest", "template",
                                         "stub",   "caption", "empty",      "word"};
  std::unordered_map<std::string_view, std::vector<std::string_view>> stories;
  for (const std::string& line : day().truth) stories[member(line, "story")].push_back(member(line, "edit"));
  std::size_t of_many = 0;
  for (const auto& [story, edits] : stories) {
    if (alone.contains(edits[0])) {
      EXPECT_EQ(edits.size(), 1U) << story;
    }
    EXPECT_LE(std::count(edits.begin(), edits.end(), "original"), 1);
    of_many += edits.size() >= 20;
  }
  EXPECT_GT(of_many, 0U);
}

TEST(GenerateFeed, AReprintHasItsOriginalsTitle) {
  std::unordered_map<std::string_view, std::string_view> title_of_story;
  std::size_t reprints = 0;
  for (std::size_t i = 0; i < day().feed.size(); ++i) {
    if (member(day().truth[i], "edit") != "original") continue;
    title_of_story[member(day().truth[i], "story")] = member(day().feed[i], "title");
  }
  for (std::size_t i = 0; i < day().feed.size(); ++i) {
    const auto found = title_of_story.find(member(day().truth[i], "story"));
    if (member(day().truth[i], "edit") != "reprint" || found == title_of_story.end()) continue;
    // Outlets write quotation marks in different ways; titles have none.
    EXPECT_EQ(member(day().feed[i], "title"), found->second);
    ++reprints;
  }
  EXPECT_GT(reprints, 100U);
}

/// Groups of articles share a language, so the shares are those of clustered draws, about 12,000 of them independent:
/// the tolerance is that of 2,000 draws at four standard deviations.
TEST(GenerateFeed, LanguagesHaveTheirShares) {
  std::map<std::string_view, double> count;
  for (const std::string& line : day().feed) ++count[member(line, "lang")];
  for (const LanguageSpec& spec : language_specs()) {
    const double share = spec.share / 10'000.0;
    const double found = count[spec.code] / static_cast<double>(day().feed.size());
    EXPECT_NEAR(found, share, 4 * std::sqrt(share * (1 - share) / 2000)) << spec.code;
  }
}

TEST(GenerateFeed, HalfOfTheTextIsNotAscii) {
  double all = 0;
  double beyond = 0;
  for (const std::string& line : day().feed) {
    const std::string_view text = member(line, "text");
    all += static_cast<double>(text.size());
    beyond += static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; }));
  }
  EXPECT_NEAR(beyond / all, 0.5, 0.06);
}

TEST(GenerateFeed, LengthsAreThoseOfADayOfNews) {
  std::vector<std::size_t> lengths;
  for (const std::string& line : day().feed) lengths.push_back(member(line, "text").size());
  std::sort(lengths.begin(), lengths.end());
  EXPECT_NEAR(static_cast<double>(lengths[lengths.size() / 4]), 1390, 200);
  EXPECT_NEAR(static_cast<double>(lengths[lengths.size() / 2]), 2160, 250);
  EXPECT_NEAR(static_cast<double>(lengths[lengths.size() * 3 / 4]), 3400, 350);
  EXPECT_GT(lengths.back(), 20'000U);
}

TEST(GenerateFeed, OutletsAreManyAndUnequal) {
  std::map<std::string_view, std::size_t> articles;
  for (const std::string& line : day().feed) ++articles[member(line, "source")];
  std::vector<std::size_t> sizes;
  for (const auto& [source, count] : articles) sizes.push_back(count);
  std::sort(sizes.begin(), sizes.end());
  EXPECT_NEAR(static_cast<double>(sizes.size()), outlet_count(20'000), 0.12 * outlet_count(20'000));
  EXPECT_NEAR(static_cast<double>(sizes[sizes.size() / 2]), 7, 2);
  EXPECT_GT(sizes.back(), 80U);
}

TEST(GenerateFeed, ATenthHasMarkup) {
  std::size_t marked = 0;
  for (const std::string& line : day().feed) {
    const std::string_view text = member(line, "text");
    marked += text.find('<') != std::string_view::npos || text.find('&') != std::string_view::npos;
  }
  EXPECT_NEAR(static_cast<double>(marked) / static_cast<double>(day().feed.size()), 0.1, 0.05);
}

}  // namespace
}  // namespace wirecopy::generate
