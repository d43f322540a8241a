#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <wirecopy/index.hpp>

#include "reference/event_ledger.hpp"
#include "reference/planted_feed.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr std::int64_t kNow = 1'700'000'000, kDay = 86'400;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

/// Article by article; all of them arrive when they are published.
class IndexTest : public testing::Test {
 protected:
  IndexTest() {
    settings_.clock = [](const Article& article) { return article.published.value_or(0); };
    settings_.resources.threads = 2;
  }

  Index::Decision add(Index& index, const std::string& id, const std::string& text, std::int64_t time = kNow,
                      const std::string& title = "a title") {
    return index.add({id, title, text, "outlet of " + id, {}, {}, time});
  }

  std::string text(std::size_t words = 120) { return joined(feed_.words(words)); }

  IndexSettings settings_;
  test::PlantedFeed feed_{1};
};

TEST_F(IndexTest, NamesWhatAnArticleIs) {
  Index index(settings_);
  const std::string story = text(), other = text();
  EXPECT_FALSE(add(index, "first", story).relation);
  EXPECT_FALSE(add(index, "other", other).relation);

  const Index::Decision equal = add(index, "equal", story);
  EXPECT_EQ(equal.outcome, Index::Outcome::added);
  EXPECT_EQ(equal.relation, Relation::exact);
  EXPECT_EQ(equal.match, "first");
  EXPECT_EQ(equal.canonical, "first");
  EXPECT_TRUE(equal.duplicate);
  EXPECT_EQ(equal.cluster.size(), 17U);

  const Index::Decision excerpt = add(index, "excerpt", story.substr(0, story.size() / 2));
  EXPECT_EQ(excerpt.relation, Relation::excerpt);
  EXPECT_EQ(excerpt.cluster, equal.cluster);
  EXPECT_TRUE(excerpt.duplicate);

  const Index::Decision longer = add(index, "longer", other + " " + text(200));
  EXPECT_EQ(longer.relation, Relation::extended);
  EXPECT_EQ(longer.match, "other");
  EXPECT_FALSE(longer.duplicate);
  EXPECT_EQ(longer.canonical, "longer");

  const Index::Decision partial = add(index, "partial", text(90) + " " + other.substr(0, other.size() / 3));
  EXPECT_EQ(partial.relation, Relation::partial);
  EXPECT_TRUE(partial.cluster.empty());
}

// The text that "second" was equal to has gone on without it; who comes next must still find it.
TEST_F(IndexTest, ACopyOutlivesTheVersionThatItIsACopyOf) {
  Index index(settings_);
  const std::string story = text();
  add(index, "first", story);
  EXPECT_EQ(add(index, "second", story).match, "first");
  EXPECT_EQ(add(index, "first", text()).outcome, Index::Outcome::updated);
  EXPECT_TRUE(index.cluster_of("second").empty());
  const Index::Decision third = add(index, "third", story);
  EXPECT_EQ(third.match, "second");
  EXPECT_FALSE(third.cluster.empty());
  EXPECT_EQ(index.cluster_of("second"), third.cluster);
}

// A text of thirty words is an excerpt of another outlet's article, but not of one of its own outlet.
TEST_F(IndexTest, TheOutletOfWhoIsLeftDecides) {
  Index index(settings_);
  const std::string story = text(60), excerpt = joined(feed_.words(30)), whole = story + " " + excerpt;
  const auto add_from = [&](const std::string& source, const std::string& id, const std::string& body) {
    return index.add({id, "a title", body, source, {}, {}, kNow});
  };
  add_from("north", "whole", whole);
  EXPECT_EQ(add_from("south", "excerpt", excerpt).relation, Relation::excerpt);
  EXPECT_EQ(add_from("north", "same", excerpt).relation, Relation::exact);
  EXPECT_TRUE(index.remove("excerpt"));
  EXPECT_TRUE(index.cluster_of("same").empty());
  EXPECT_TRUE(index.cluster_of("whole").empty());
}

// A version may be the last article to have a text that it did not stand for itself.
TEST_F(IndexTest, ATextThatNobodyHasAnyMoreLinksNothing) {
  Index index(settings_);
  const std::string lead = text(60), story = text(120), digest = lead + " " + story;
  add(index, "lead", lead);
  add(index, "story", story);
  add(index, "digest", digest);
  add(index, "copy", digest);
  EXPECT_TRUE(index.remove("digest"));
  EXPECT_EQ(add(index, "copy", digest + " " + text(12)).outcome, Index::Outcome::updated);
  EXPECT_EQ(index.cluster_of("copy"), index.cluster_of("story"));
  EXPECT_TRUE(index.cluster_of("lead").empty());  // one of two of that cluster is unrelated to it
}

TEST_F(IndexTest, QueriesChangeNothing) {
  Index index(settings_);
  const std::string story = text();
  add(index, "first", story);
  const Article article{"query", "a title", story, "elsewhere", {}, {}, kNow};
  for (int i = 0; i < 2; ++i) {
    const Index::Decision decision = index.query(article);
    EXPECT_EQ(decision.outcome, Index::Outcome::queried);
    EXPECT_EQ(decision.relation, Relation::exact);
    EXPECT_EQ(decision.match, "first");
  }
  EXPECT_EQ(index.statistics().articles, 1U);
  EXPECT_THAT(index.shared_passages(article, "first"), ElementsAre(story));
  EXPECT_TRUE(index.shared_passages(article, "nobody").empty());
}

TEST_F(IndexTest, FindsWhatItRemembersOfAnId) {
  Index index(settings_);
  index.add({.id = "wire", .text = text(), .source = "one.example", .published = kNow - 60});
  index.add({.id = "paper", .text = text(), .source = "two.example"});
  const std::optional<Index::Member> wire = index.find("wire"), paper = index.find("paper");
  ASSERT_TRUE(wire && paper);
  EXPECT_EQ(wire->source, "one.example");
  EXPECT_EQ(wire->published, kNow - 60);
  EXPECT_EQ(wire->time, kNow - 60);
  EXPECT_FALSE(paper->published);
  EXPECT_EQ(paper->time, kNow - 60);  // the clock stands there
  EXPECT_FALSE(index.find("nobody"));
  index.remove("wire");
  EXPECT_FALSE(index.find("wire"));
}

TEST_F(IndexTest, TheSameIdIsTheSameArticle) {
  Index index(settings_);
  const std::string story = text(), copy = story + " " + joined(feed_.words(10));
  add(index, "wire", story);
  const std::string cluster = add(index, "paper", copy).cluster;
  const Index::Decision again = add(index, "paper", copy);
  EXPECT_EQ(again.outcome, Index::Outcome::unchanged);
  EXPECT_EQ(again.cluster, cluster);
  EXPECT_EQ(index.statistics().articles, 2U);

  const Index::Decision second = add(index, "paper", story + " " + joined(feed_.words(20)));
  EXPECT_EQ(second.outcome, Index::Outcome::updated);
  EXPECT_EQ(second.version, 2U);
  EXPECT_EQ(second.cluster, cluster);
  EXPECT_EQ(second.match, "wire");
  EXPECT_EQ(index.statistics().articles, 2U);

  const Index::Decision elsewhere = add(index, "paper", text());
  EXPECT_EQ(elsewhere.version, 3U);
  EXPECT_FALSE(elsewhere.relation);
  EXPECT_TRUE(index.cluster_of("paper").empty());
  EXPECT_TRUE(index.cluster_of("wire").empty());
  EXPECT_FALSE(index.cluster(cluster));
}

TEST_F(IndexTest, WhatIsRemovedMatchesNothing) {
  Index index(settings_);
  const std::string story = text();
  add(index, "first", story);
  add(index, "second", story);
  EXPECT_TRUE(index.remove("first"));
  EXPECT_FALSE(index.remove("first"));
  EXPECT_TRUE(index.cluster_of("second").empty());
  EXPECT_EQ(add(index, "third", story).match, "second");
  EXPECT_TRUE(index.remove("second"));
  EXPECT_TRUE(index.remove("third"));
  EXPECT_FALSE(add(index, "fourth", story).relation);
  EXPECT_EQ(index.statistics().articles, 1U);
}

TEST_F(IndexTest, WhatIsOlderThanTheWindowMatchesNothing) {
  settings_.window = 8 * kDay;
  Index index(settings_);
  const std::string story = text();
  add(index, "old", story, kNow);
  EXPECT_EQ(add(index, "within", story, kNow + 8 * kDay).match, "old");
  EXPECT_EQ(add(index, "later", story, kNow + 8 * kDay + 1).match, "within");
  EXPECT_FALSE(add(index, "much later", story, kNow + 17 * kDay).relation);
  const Index::Statistics statistics = index.statistics();
  EXPECT_EQ(statistics.articles, 1U);
  EXPECT_EQ(statistics.generations, 1U);
}

TEST_F(IndexTest, OldArticlesAreDecidedButNotRemembered) {
  settings_.window = 8 * kDay;
  settings_.clock = [](const Article&) { return kNow; };
  Index index(settings_);
  const std::string story = text();
  add(index, "first", story, kNow + kDay);  // published later than it arrived
  const Index::Decision old = add(index, "old", story, kNow - 9 * kDay);
  EXPECT_EQ(old.outcome, Index::Outcome::too_old);
  EXPECT_EQ(old.match, "first");
  EXPECT_EQ(index.statistics().articles, 1U);
}

TEST_F(IndexTest, ExpiresAtAWord) {
  settings_.window = 80 * kDay;
  Index index(settings_);
  const std::string story = text();
  for (int day = 0; day < 60; ++day) add(index, test::numbered("a", day), text(30), kNow + day * kDay);
  add(index, "story", story, kNow + 15 * kDay);
  EXPECT_GT(index.statistics().generations, 5U);
  EXPECT_GT(index.expire(kNow + 30 * kDay), 1U);
  EXPECT_FALSE(index.query({"q", "a title", story, "s", {}, {}, kNow + 60 * kDay}).relation);
  EXPECT_TRUE(index.cluster_of("story").empty());
}

TEST_F(IndexTest, ExpiresWithoutAWindowToo) {
  Index index(settings_);
  const std::string story = text();
  for (int day = 0; day < 600; day += 20) add(index, test::numbered("a", day), text(30), kNow + day * kDay);
  add(index, "story", story, kNow + 15 * kDay);
  const Index::Statistics before = index.statistics();
  EXPECT_GE(before.generations, 6U);
  EXPECT_EQ(index.query({"q", "a title", story, "s", {}, {}, kNow + 600 * kDay}).match, "story");
  EXPECT_GE(index.expire(kNow + 400 * kDay), 3U);
  EXPECT_FALSE(index.query({"q", "a title", story, "s", {}, {}, kNow + 600 * kDay}).relation);
  EXPECT_TRUE(index.find("a500"));
  EXPECT_FALSE(index.find("a0"));
  EXPECT_LT(index.statistics().memory_bytes, before.memory_bytes);
}

TEST_F(IndexTest, ClustersMergeAndKeepTheirIds) {
  Index index(settings_);
  test::EventLedger ledger;
  const std::string left = text(60), right = text(60);
  const std::string a = add(index, "a", left).cluster;
  EXPECT_TRUE(a.empty());
  const std::string first = add(index, "b", left + " " + joined(feed_.words(5))).cluster;
  add(index, "c", right);
  const std::string second = add(index, "d", right + " " + joined(feed_.words(5))).cluster;
  ASSERT_NE(first, second);
  for (int i = 0; i < 6; ++i) {  // both halves, again and again: two in five of the cross pairs match at last
    add(index, test::numbered("both", i), left + " " + right + " " + joined(feed_.words(5)));
  }
  ledger.apply(index);
  const auto kept = index.cluster(first), gone = index.cluster(second);
  ASSERT_TRUE(kept && gone);
  EXPECT_EQ(index.cluster_of("both0"), index.cluster_of("both5"));
  for (const char* id : {"a", "b", "c", "d", "both0", "both5"}) {
    const auto told = ledger.cluster_of.find(id);
    EXPECT_EQ(told == ledger.cluster_of.end() ? "" : told->second, index.cluster_of(id)) << id;
  }
}

TEST_F(IndexTest, ABatchDecidesAsOneByOne) {
  feed_.add_stories(60, 0.3);
  std::vector<Article> articles;
  for (const auto& article : feed_.articles) articles.push_back(article.article());
  settings_.options.emplace();
  settings_.options->boilerplate = false;  // it is learned between batches
  Index one(settings_), many(settings_);
  const std::vector<Index::Decision> decisions = many.add_batch(articles);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const Index::Decision decision = one.add(articles[i]);
    EXPECT_EQ(decision.relation, decisions[i].relation) << i;
    EXPECT_EQ(decision.match, decisions[i].match) << i;
    EXPECT_EQ(decision.cluster, decisions[i].cluster) << i;
  }
  EXPECT_EQ(one.events().size(), many.events().size());
  EXPECT_EQ(many.events(3, 2).size(), 2U);
  EXPECT_EQ(many.events(3, 2).front().number, 4U);
}

TEST_F(IndexTest, LearnsBoilerplateAsItGoes) {
  Index index(settings_);
  const std::string footer = text(60);
  for (int i = 0; i < 40; ++i) {
    const std::string body = text(50), id = test::numbered("a", i);
    index.add({id, test::numbered("t", i), body + " " + footer, "outlet", {}, {}, kNow});
  }
  EXPECT_GT(index.statistics().boilerplate, 40U);
  const Index::Decision decision = index.add({"new", "t", text(50) + " " + footer, "outlet", {}, {}, kNow});
  EXPECT_NE(decision.relation, Relation::near);
  EXPECT_TRUE(decision.cluster.empty());
}

// No outlet has enough articles to teach it.
TEST_F(IndexTest, LearnsSharedBoilerplate) {
  settings_.window = 8 * kDay;
  Index index(settings_);
  const std::string passage = text(40);
  const auto add_articles = [&](int first, const std::string& end, std::int64_t published) {
    for (int i = first; i < first + 80; ++i) {
      const std::string id = test::numbered("a", i), outlet = test::numbered("outlet", i % 60);
      index.add({id, test::numbered("t", i), text(60) + " " + end, outlet, {}, {}, published});
    }
  };
  add_articles(0, passage, kNow);
  EXPECT_GT(index.statistics().shared_boilerplate, 30U);
  const Index::Decision decision = index.query({"new", "t", text(30) + " " + passage, "another", {}, {}, kNow});
  EXPECT_FALSE(decision.relation);
  add_articles(100, text(5), kNow + 20 * kDay);
  EXPECT_EQ(index.statistics().shared_boilerplate, 0U) << "it is forgotten with the window";
}

// More texts than are clustered anew, and more than a story takes in as nodes.
TEST_F(IndexTest, AFloodOfOneStoryStaysOneCluster) {
  Index index(settings_);
  const std::vector<std::string> story = feed_.words(200);
  std::string cluster;
  for (int i = 0; i < 600; ++i) {
    std::vector<std::string> copy = story;
    copy.push_back(test::numbered("own", i));
    cluster = add(index, test::numbered("a", i), joined(copy)).cluster;
  }
  ASSERT_TRUE(index.cluster(cluster));
  EXPECT_EQ(index.cluster(cluster)->members.size(), 600U);
  EXPECT_TRUE(index.remove("a599"));
  EXPECT_TRUE(index.remove("a0"));
  EXPECT_EQ(index.cluster(cluster)->members.size(), 598U);
}

TEST_F(IndexTest, ThreadsMayAskWhileOneAdds) {
  Index index(settings_);
  feed_.add_stories(100, 0.2);
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] {
      for (const auto& article : feed_.articles) {
        static_cast<void>(index.query(article.article()));
        static_cast<void>(index.cluster_of(article.id));
      }
    });
  }
  for (const auto& article : feed_.articles) static_cast<void>(index.add(article.article()));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(index.statistics().articles, feed_.articles.size());
}

TEST_F(IndexTest, SettingsOutOfRangeAreRefused) {
  settings_.memory = 1;
  EXPECT_THROW(Index{settings_}, Error);
  EXPECT_THROW(static_cast<void>(Index::open("")), Error);
}

TEST_F(IndexTest, RemembersNothingOfABatchWithAnArticleThatIsTooLong) {
  Index index(settings_);
  const std::string story = text();
  const std::string_view giant(story.data(), kMaxTextBytes + 1);
  for (std::string_view Article::*const field :
       {&Article::id, &Article::title, &Article::text, &Article::source, &Article::url}) {
    Article articles[] = {{.id = "good", .text = story, .source = "one"},
                          {.id = "bad", .text = story, .source = "two"}};
    articles[1].*field = giant;
    EXPECT_THROW(index.add_batch(articles), Error);
    EXPECT_THROW(static_cast<void>(index.query(articles[1])), Error);
  }
  EXPECT_EQ(index.statistics().articles, 0U);
  EXPECT_EQ(index.statistics().sources, 0U);
  EXPECT_FALSE(add(index, "good", story).relation);
}

}  // namespace
}  // namespace wirecopy
