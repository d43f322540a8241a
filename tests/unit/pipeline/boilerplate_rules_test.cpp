// What an outlet repeats links nothing, and what it tells keeps its weight: whole runs on made articles.
#include <gtest/gtest.h>

#include <algorithm>

#include "reference/made_text.hpp"

namespace wirecopy {
namespace {

using test::FeedArticle;
using test::numbered;
using test::Outcome;
using test::Prose;
using test::run;
using test::Script;
using test::slice;
using test::Words;
using test::operator+;

/// Where an outlet puts what it repeats.
enum class Place { intro, middle, footer };

Words with_block(const Words& body, const Words& block, Place place) {
  const std::size_t cut = place == Place::intro ? 0 : place == Place::middle ? body.size() / 2 : body.size();
  return slice(body, 0, cut) + block + slice(body, cut, body.size() - cut);
}

struct Outlet {
  Script script;
  std::size_t articles;
  std::size_t block;
  Place place;
};

class OutletsBlock : public testing::TestWithParam<Outlet> {
 protected:
  /// Articles of 30 to `most` words about nothing in common.
  std::vector<FeedArticle> unrelated_articles(std::size_t most) {
    std::vector<FeedArticle> feed;
    const Words block = prose_.words(GetParam().block);
    for (std::size_t i = 0; i < GetParam().articles; ++i) {
      const Words body = prose_.words(30 + prose_.random().below(static_cast<std::uint32_t>(most - 29)));
      feed.push_back({std::to_string(i), prose_.text(8), prose_.join(with_block(body, block, GetParam().place)), "o"});
    }
    return feed;
  }

  Prose prose_{GetParam().script, 11};
};

TEST_P(OutletsBlock, LinksNoTwoOfItsArticles) { EXPECT_TRUE(run(unrelated_articles(600)).result().clusters.empty()); }

TEST_P(OutletsBlock, LinksNoTwoOfItsShortArticles) {
  EXPECT_TRUE(run(unrelated_articles(40)).result().clusters.empty());
}

TEST_P(OutletsBlock, HidesNoCopyOfOneOfItsArticlesElsewhere) {
  std::vector<FeedArticle> feed = unrelated_articles(300);
  std::vector<std::string> stories;
  for (int i = 0; i < 3; ++i) {
    const Words body = prose_.words(100 + 100 * static_cast<std::size_t>(i));
    const std::string id = numbered("story", i);
    feed.push_back({id, prose_.text(8), prose_.join(body), "elsewhere"});
    const std::string text = feed[static_cast<std::size_t>(i)].text;
    feed[static_cast<std::size_t>(i)].text = prose_.join(body) + " " + text;
    stories.push_back(id);
  }
  const Outcome outcome = run(feed);
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(outcome.are_together({std::to_string(i), stories[static_cast<std::size_t>(i)]}));
}

std::vector<Outlet> outlets() {
  std::vector<Outlet> outlets;
  for (const std::size_t articles : {5U, 30U, 600U}) {
    for (const std::size_t block : {10U, 40U, 80U}) {
      for (const Place place : {Place::intro, Place::middle, Place::footer}) {
        outlets.push_back({Script::latin, articles, block, place});
      }
    }
  }
  outlets.push_back({Script::latin, 3000, 40, Place::footer});
  for (const Script script : test::kScripts) outlets.push_back({script, 30, 60, Place::middle});
  return outlets;
}

std::string name_of(const testing::TestParamInfo<Outlet>& each) {
  constexpr const char* kPlaces[] = {"Intro", "Middle", "Footer"};
  const Outlet& outlet = each.param;
  return std::string(test::name(outlet.script)) + std::to_string(outlet.articles) + "Articles" +
         std::to_string(outlet.block) + "Words" + kPlaces[static_cast<int>(outlet.place)];
}

INSTANTIATE_TEST_SUITE_P(Outlets, OutletsBlock, testing::ValuesIn(outlets()), name_of);

class Boilerplate : public testing::TestWithParam<Script> {
 protected:
  void add(const std::string& id, const Words& text, const std::string& source) {
    feed_.push_back({id, prose_.text(8), prose_.join(text), source});
  }
  void add_unrelated(int count, const Words& block, const std::string& source) {
    for (int i = 0; i < count; ++i) add(source + std::to_string(i), prose_.words(150) + block, source);
  }

  Prose prose_{GetParam(), 13};
  std::vector<FeedArticle> feed_;
};

INSTANTIATE_TEST_SUITE_P(Scripts, Boilerplate, testing::ValuesIn(test::kScripts),
                         [](const auto& each) { return std::string(test::name(each.param)); });

TEST_P(Boilerplate, AStoryThatAnOutletUpdatesFiveTimesIsOneCluster) {
  const Words footer = prose_.words(30);
  add_unrelated(40, footer, "o");
  const Words story = prose_.words(250);
  for (std::size_t i = 0; i < 5; ++i) {
    add(numbered("version", i), prose_.words(15) + slice(story, 0, 150 + 25 * i) + footer, "o");
  }
  add("elsewhere", story, "p");
  const Outcome outcome = run(feed_);
  EXPECT_TRUE(outcome.are_together({"version0", "version1", "version2", "version3", "version4", "elsewhere"}));
  EXPECT_EQ(outcome.result().clusters.size(), 1U);
}

TEST_P(Boilerplate, AnOutletWithOneStoryOnlyKeepsIt) {
  const Words story = prose_.words(250);
  const std::string title = prose_.text(8);
  for (std::size_t i = 0; i < 5; ++i) {
    feed_.push_back(
        {numbered("version", i), title, prose_.join(prose_.words(15) + slice(story, 0, 150 + 25 * i)), "o"});
  }
  EXPECT_TRUE(run(feed_).are_together({"version0", "version1", "version2", "version3", "version4"}));
}

TEST_P(Boilerplate, AStoryThatFiveHundredOutletsRunIsOneCluster) {
  const Words story = prose_.words(120);
  for (int outlet = 0; outlet < 500; ++outlet) {
    const std::string source = numbered("o", static_cast<std::size_t>(outlet));
    add(numbered("copy", outlet), prose_.words(4) + slice(story, 0, 90 + prose_.random().below(31)), source);
    add(numbered("own", outlet), prose_.words(60), source);
  }
  const Outcome outcome = run(feed_);
  ASSERT_EQ(outcome.result().clusters.size(), 1U);
  EXPECT_EQ(outcome.result().clusters[0].members.size(), 500U);
}

// No outlet has enough articles to teach what it repeats: all of them together do.
TEST_P(Boilerplate, ADisclaimerOfAThousandOutletsLinksNoTwoArticles) {
  const Words disclaimer = prose_.words(50);
  for (int i = 0; i < 1000; ++i) {
    add(std::to_string(i), prose_.words(40 + prose_.random().below(20)) + disclaimer, numbered("o", std::size_t(i)));
  }
  EXPECT_TRUE(run(feed_).result().clusters.empty());
  Options options;
  options.boilerplate = false;
  EXPECT_FALSE(run(feed_, options).result().clusters.empty());
}

TEST_P(Boilerplate, ADisclaimerHidesNoStoryThatFiveHundredOutletsRun) {
  const Words disclaimer = prose_.words(40), story = prose_.words(150);
  for (int i = 0; i < 500; ++i) {
    const std::string source = numbered("o", std::size_t(i));
    add(numbered("copy", std::size_t(i)), slice(story, 0, 110 + prose_.random().below(40)) + disclaimer, source);
    add(numbered("own", std::size_t(i)), prose_.words(80) + disclaimer, source);
  }
  const Outcome outcome = run(feed_);
  ASSERT_EQ(outcome.result().clusters.size(), 1U);
  EXPECT_EQ(outcome.result().clusters[0].members.size(), 500U);
}

TEST_P(Boilerplate, SwitchedOffItLinks) {
  const Words footer = prose_.words(80);
  // The word that all titles share, so that their company does not tell them apart.
  const std::string word = prose_.text(1);
  for (int i = 0; i < 30; ++i) {
    feed_.push_back({std::to_string(i), word + " " + prose_.text(7), prose_.join(prose_.words(30) + footer), "o"});
  }
  EXPECT_TRUE(run(feed_).result().clusters.empty());
  Options options;
  options.boilerplate = false;
  EXPECT_FALSE(run(feed_, options).result().clusters.empty());
}

}  // namespace
}  // namespace wirecopy
