#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/json_writer.hpp"
#include "generate/feed_writer.hpp"
#include "generate/text_writer.hpp"

namespace wirecopy::generate {
namespace {

std::string written(const Units& units, std::size_t language, WritingStyle style = {}) {
  const Language of(language_specs()[language]);
  ByteBuffer out;
  append_text(out, units, of, style);
  return std::string(out.view());
}

constexpr std::size_t kEnglish = 1;
constexpr std::size_t kHan = 9;

Units sample() {
  return {{0, UnitKind::word, kCapital | kOpenQuote},
          {1, UnitKind::word, kComma},
          {2, UnitKind::word, kCloseQuote | kStop | kParagraph},
          {1950, UnitKind::number, 0},
          {125, UnitKind::decimal, 0},
          {7, UnitKind::percent, kQuestion}};
}

TEST(TextWriter, SpacesAndPunctuation) {
  EXPECT_EQ(written(sample(), kEnglish), "“The of, and”.\n1950 12.5 7%?");
  EXPECT_EQ(written(sample(), kEnglish, {Markup::none, true}), "\"The of, and\".\n1950 12.5 7%?");
  EXPECT_EQ(written({}, kEnglish), "");
}

TEST(TextWriter, Markup) {
  EXPECT_EQ(written(sample(), kEnglish, {Markup::paragraphs, false}), "<p>“The of, and”.</p>\n<p>1950 12.5 7%?</p>");
  EXPECT_EQ(written(sample(), kEnglish, {Markup::entities, true}), "&quot;The of, and&quot;.\n1950&nbsp;12.5 7%?");
  EXPECT_EQ(written(sample(), kEnglish, {Markup::breaks, false}), "<em>“The of, and”</em>.<br />\n1950 12.5 7%?");
}

TEST(TextWriter, IdeographsHaveNoSpaces) {
  const std::string text = written({{0, UnitKind::word, 0}, {1, UnitKind::word, kStop}}, kHan);
  EXPECT_EQ(text.find(' '), std::string::npos);
  EXPECT_TRUE(text.ends_with("。"));
  EXPECT_EQ(text.size(), 9U);
}

TEST(AppendJsonString, EqualsThatOfTheJsonWriter) {
  std::string text;
  for (int length = 0; length < 300; ++length) {
    ByteBuffer out;
    append_json_string(out, text);
    std::string expected;
    append_json_escaped(expected, text);
    // Characters may be escaped by a letter or by a number; both are correct.
    EXPECT_EQ(out.view(), "\"" + expected + "\"");
    constexpr std::string_view kBytes = "a\"\\\n\x01 z/\x1f";
    text +=
        length % 3 == 0 ? std::string("水é") : std::string(1, kBytes[static_cast<std::size_t>(length) % kBytes.size()]);
  }
}

TEST(Outlets, HostsAreDistinct) {
  std::set<std::string> hosts;
  for (std::uint32_t index = 0; index < 200'000; ++index) {
    Outlet outlet;
    outlet.index = index;
    hosts.insert(host_of(outlet));
  }
  EXPECT_EQ(hosts.size(), 200'000U);
}

TEST(Outlets, TheirNumberGrowsWithThePowerThreeQuarters) {
  EXPECT_EQ(outlet_count(1), 52U);
  EXPECT_NEAR(outlet_count(22'000), 1806, 30);
  EXPECT_NEAR(outlet_count(1'000'000), 31'623, 300);
  EXPECT_NEAR(outlet_count(100'000'000), 1'000'000, 5000);
}

TEST(Outlets, WrappingKeepsTheArticle) {
  const OutletTable outlets(20'000, 1);
  int wrapped = 0;
  for (std::uint32_t index = 0; index < 1000; ++index) {
    const Outlet outlet = outlets.describe(index);
    Units body(50, Unit{8000, UnitKind::word, 0});
    body[24].marks = body[49].marks = kStop | kParagraph;
    RandomStream random(index);
    wrap(body, outlet, random);
    wrapped += outlet.wrap != 0;
    EXPECT_EQ(outlet.wrap != 0, body.size() > 50);
    EXPECT_GE(std::count_if(body.begin(), body.end(), [](Unit unit) { return unit.value == 8000; }), 50);
  }
  EXPECT_NEAR(wrapped, 500, 100);
}

TEST(Planner, AWindowHasWholeStoriesInOrderOfTime) {
  const std::vector<Language> languages = make_languages();
  const OutletTable outlets(100'000, 1);
  const Planner planner(outlets, languages, 100'000, 1);
  ASSERT_EQ(planner.windows(), 4U);
  EXPECT_EQ(planner.first_article(4), 100'000U);
  std::set<std::uint64_t> seeds;
  for (std::uint64_t window = 0; window < planner.windows(); ++window) {
    std::vector<ArticlePlan> plans;
    planner.plan(window, plans);
    EXPECT_LE(plans.size(), kWindowArticles);
    EXPECT_EQ(plans.size(), planner.first_article(window + 1) - planner.first_article(window));
    std::set<std::uint64_t> own;
    for (std::size_t i = 0; i < plans.size(); ++i) {
      EXPECT_LE(plans[i > 0 ? i - 1 : 0].published, plans[i].published);
      EXPECT_EQ(outlets.describe(plans[i].outlet).language, plans[i].language);
      EXPECT_LT(plans[i].story, plans.size());
      EXPECT_FALSE(seeds.contains(plans[i].story_seed));
      own.insert(plans[i].story_seed);
    }
    seeds.merge(own);
  }
}

}  // namespace
}  // namespace wirecopy::generate
