// The rules of what is a copy, each on made articles in five scripts, by whole runs with default options.
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

class Rules : public testing::TestWithParam<Script> {
 protected:
  /// An article of an outlet of its own, with a title of its own.
  void add(const std::string& id, const Words& text) { add(id, prose_.text(8), text, id + ".example"); }
  void add(const std::string& id, const std::string& title, const Words& text, const std::string& source) {
    feed_.push_back({id, title, prose_.join(text), source});
  }

  Prose prose_{GetParam(), 7};
  std::vector<FeedArticle> feed_;
};

INSTANTIATE_TEST_SUITE_P(Scripts, Rules, testing::ValuesIn(test::kScripts),
                         [](const auto& each) { return std::string(test::name(each.param)); });

TEST_P(Rules, UnrelatedArticlesStayAlone) {
  for (int i = 0; i < 40; ++i) add(std::to_string(i), prose_.words(20 + 20 * static_cast<std::size_t>(i)));
  EXPECT_TRUE(run(feed_).result().clusters.empty());
}

TEST_P(Rules, AReprintWithACreditAndACutIsACopy) {
  const Words story = prose_.words(400);
  add("wire", story);
  add("credited", prose_.words(6) + story);
  add("cut", slice(story, 0, 250));
  const Outcome outcome = run(feed_);
  EXPECT_TRUE(outcome.are_together({"wire", "credited", "cut"}));
  EXPECT_TRUE(outcome.is_kept("credited"));
  EXPECT_FALSE(outcome.is_kept("wire"));
  EXPECT_FALSE(outcome.is_kept("cut"));
}

TEST_P(Rules, ACopyWithEveryTwentiethWordReplacedIsNear) {
  const Words story = prose_.words(400);
  Words reworded = story;
  for (std::size_t i = 7; i < reworded.size(); i += 20) reworded[i] = prose_.words(1)[0];
  add("wire", story);
  add("reworded", reworded);
  const Outcome outcome = run(feed_);
  ASSERT_TRUE(outcome.are_together({"wire", "reworded"}));
  const auto& members = outcome.result().clusters[0].members;
  EXPECT_EQ(members[1].relation, Relation::near);
  EXPECT_GE(members[1].similarity.agreement(), 0.9);
}

TEST_P(Rules, AHundredWordsCutFromAnywhereInAThousandAreAnExcerpt) {
  for (const std::size_t begin : {0U, 450U, 900U}) {
    const Words story = prose_.words(1000);
    const std::string whole = numbered("whole", begin), cut = numbered("cut", begin);
    add(whole, story);
    add(cut, slice(story, begin, 100));
  }
  const Outcome outcome = run(feed_);
  for (const std::string begin : {"0", "450", "900"}) {
    ASSERT_TRUE(outcome.are_together({"whole" + begin, "cut" + begin}));
    EXPECT_TRUE(outcome.is_kept("whole" + begin));
    EXPECT_FALSE(outcome.is_kept("cut" + begin));
    EXPECT_EQ(outcome.member("cut" + begin)->relation, Relation::excerpt);
    EXPECT_EQ(outcome.id(*outcome.member("cut" + begin)->match), "whole" + begin);
  }
}

TEST_P(Rules, AnExtendedVersionWithMuchOfItsOwnIsClusteredAndKept) {
  const Words story = prose_.words(200);
  add("story", story);
  add("extended", prose_.words(100) + story + prose_.words(150));
  Options options;
  options.keep = Keep::first;  // so that the shorter one is the canonical
  const Outcome outcome = run(feed_, options);
  ASSERT_TRUE(outcome.are_together({"story", "extended"}));
  EXPECT_EQ(outcome.member("extended")->relation, Relation::extended);
  EXPECT_TRUE(outcome.is_kept("extended"));
  EXPECT_TRUE(outcome.is_kept("story"));
}

TEST_P(Rules, ADigestMergesNoTwoStoriesAndIsKept) {
  Words digest;
  for (const std::string story : {"a", "b", "c"}) {
    const Words text = prose_.words(150);
    digest = digest + text + prose_.words(20);
    add(story, text);
    add(story + "'", prose_.words(5) + slice(text, 0, 140));
  }
  add("digest", digest);
  const Outcome outcome = run(feed_);
  EXPECT_TRUE(outcome.is_kept("digest"));
  EXPECT_TRUE(outcome.are_apart({"a", "b", "c"}));
  for (const std::string story : {"a", "b", "c"}) EXPECT_TRUE(outcome.are_together({story, story + "'"}));
}

TEST_P(Rules, ADigestOfStoriesThatNobodyElseRunsMergesNoTwo) {
  Words digest;
  for (const std::string story : {"a", "b", "c"}) {
    const Words text = prose_.words(150);
    digest = digest + text;
    add(story, text);
  }
  add("digest", digest);
  const Outcome outcome = run(feed_);
  EXPECT_TRUE(outcome.is_kept("digest"));
  EXPECT_TRUE(outcome.are_apart({"a", "b", "c"}));
}

TEST_P(Rules, AChainIsCutWhereItsEndsShareNothing) {
  const Words a = prose_.words(150), c = prose_.words(150);
  add("a", a);
  add("b", slice(a, 60, 90) + slice(c, 0, 90));
  add("c", c);
  const Outcome outcome = run(feed_);
  EXPECT_TRUE(outcome.are_apart({"a", "c"}));
}

TEST_P(Rules, ALongChainOfUpdatesIsCut) {
  const Words words = prose_.words(2000);
  for (std::size_t i = 0; i < 30; ++i) add(std::to_string(i), slice(words, 60 * i, 200));
  const Outcome outcome = run(feed_);
  for (std::size_t i = 0; i + 6 < 30; ++i) {
    EXPECT_TRUE(outcome.are_apart({std::to_string(i), std::to_string(i + 6)})) << i;
  }
}

TEST_P(Rules, AnUpdateChainWithACommonCoreIsOneCluster) {
  const Words story = prose_.words(300);
  const std::string title = prose_.text(5);
  for (std::size_t i = 0; i < 5; ++i) {
    // A new headline keeps words of the story, as its outlet's readers know it.
    add(numbered("update", i), title + " " + prose_.text(4), prose_.words(20) + slice(story, 0, 200 + 25 * i),
        "outlet");
  }
  EXPECT_TRUE(run(feed_).are_together({"update0", "update1", "update2", "update3", "update4"}));
}

// Every town's report has the same sentences with other numbers and names.
TEST_P(Rules, ATemplateWithOtherFactsIsNoCopy) {
  const Words sentences = prose_.words(100);
  for (int town = 0; town < 40; ++town) {
    Words report = sentences;
    for (std::size_t i = 0; i < report.size(); i += 4) report[i] = prose_.words(1)[0];
    add(std::to_string(town), prose_.text(6), report, "weather.example");
  }
  EXPECT_TRUE(run(feed_).result().clusters.empty());
}

// Longer runs of standing text between the facts.
TEST_P(Rules, ATemplateWithStandingSentencesIsNoCopy) {
  const Words standing = prose_.words(80);
  for (int town = 0; town < 40; ++town) {
    Words report;
    for (std::size_t i = 0; i < 80; i += 10) report = report + slice(standing, i, 10) + prose_.words(5);
    add(std::to_string(town), prose_.text(6), report, "weather.example");
  }
  EXPECT_TRUE(run(feed_).result().clusters.empty());
}

TEST_P(Rules, AFlashDoesNotReplaceTheFullStory) {
  const Words lead = prose_.words(40);
  add("flash", lead);
  add("full", lead + prose_.words(400));
  const Outcome outcome = run(feed_);
  ASSERT_TRUE(outcome.are_together({"flash", "full"}));
  EXPECT_TRUE(outcome.is_kept("full"));
  EXPECT_EQ(outcome.member("flash")->relation, Relation::excerpt);
}

TEST_P(Rules, CaptionsThatDifferInOneNameStayApart) {
  const Words caption = prose_.words(14);
  const std::string title = prose_.text(5);
  for (int i = 0; i < 12; ++i) {
    Words named = caption;
    named[6] = prose_.words(1)[0];
    add(numbered("at", i), title, named, "agency.example");
    add(numbered("for", i), title, named, numbered("outlet", i) + ".example");
  }
  const Outcome outcome = run(feed_);
  std::vector<std::string> captions;
  for (int i = 0; i < 12; ++i) {
    EXPECT_TRUE(outcome.are_together({numbered("at", i), numbered("for", i)}));
    captions.push_back(numbered("at", i));
  }
  EXPECT_TRUE(outcome.are_apart(captions));
}

// Longer captions, of which little changes from picture to picture; the titles change with them.
TEST_P(Rules, CaptionsOfASeriesStayApart) {
  const Words caption = prose_.words(42), frame = prose_.words(9);
  for (int i = 0; i < 8; ++i) {
    const Words who = prose_.words(2);
    Words named = caption, title = frame;
    named[3] = who[0], named[30] = who[1];
    title[2] = who[0], title[5] = who[1];
    add(numbered("at", i), prose_.join(title), named, "agency.example");
    add(numbered("for", i), prose_.join(title), named, numbered("outlet", i) + ".example");
  }
  const Outcome outcome = run(feed_);
  std::vector<std::string> captions;
  for (int i = 0; i < 8; ++i) {
    EXPECT_TRUE(outcome.are_together({numbered("at", i), numbered("for", i)}));
    captions.push_back(numbered("at", i));
  }
  EXPECT_TRUE(outcome.are_apart(captions));
}

// A brief under two headlines that share words is one story: what one headline names stands in the other text.
TEST_P(Rules, ABriefUnderAnotherHeadlineIsACopy) {
  const Words brief = prose_.words(40);
  add("one", prose_.join(slice(brief, 0, 4) + slice(brief, 10, 2)), brief, "a.example");
  add("other", prose_.join(slice(brief, 0, 4) + slice(brief, 20, 2)), brief + prose_.words(3), "b.example");
  EXPECT_TRUE(run(feed_).are_together({"one", "other"}));
}

TEST_P(Rules, PaywallStubsUnderOtherTitlesAreNoCopies) {
  const Words stub = prose_.words(12);
  for (int i = 0; i < 30; ++i) add(std::to_string(i), prose_.text(9), stub, "paper.example");
  EXPECT_TRUE(run(feed_).result().clusters.empty());
}

TEST_P(Rules, LongPaywallStubsUnderOtherTitlesAreNoCopies) {
  const Words stub = prose_.words(60);
  for (int i = 0; i < 30; ++i) add(std::to_string(i), prose_.text(9), stub, "paper.example");
  EXPECT_TRUE(run(feed_).result().clusters.empty());
}

TEST_P(Rules, AFewStubsUnderOtherTitlesAreNoCopies) {
  const Words stub = prose_.words(60);
  for (int i = 0; i < 5; ++i) add(std::to_string(i), prose_.text(9), stub, "small.example");
  for (int i = 5; i < 30; ++i) add(std::to_string(i), prose_.text(9), prose_.words(200), "large.example");
  for (int i = 30; i < 36; ++i) add(std::to_string(i), prose_.text(9), stub, "large.example");
  EXPECT_TRUE(run(feed_).result().clusters.empty());
}

TEST_P(Rules, AShortTextWithADatelineIsACopy) {
  const Words text = prose_.words(15);
  const std::string title = prose_.text(6);
  add("plain", title, text, "x");
  add("dated", title, prose_.words(5) + text, "y");
  add("other name", title, slice(text, 0, 7) + prose_.words(1) + slice(text, 8, 7), "z");
  const Outcome outcome = run(feed_);
  EXPECT_TRUE(outcome.are_together({"plain", "dated"}));
  EXPECT_TRUE(outcome.are_apart({"plain", "other name"}));
}

TEST_P(Rules, HeadlinesOnlyLinkWhenEqual) {
  const Words headline = prose_.words(9);
  Words other = headline;
  other[4] = prose_.words(1)[0];
  for (const std::string source : {"x", "y"}) {
    add("same at " + source, "", headline, source);
    add("other at " + source, "", other, source);
    add("unlike at " + source, "", prose_.words(9), source);
  }
  const Outcome outcome = run(feed_);
  EXPECT_TRUE(outcome.are_together({"same at x", "same at y"}));
  EXPECT_TRUE(outcome.are_together({"other at x", "other at y"}));
  EXPECT_TRUE(outcome.are_apart({"same at x", "other at x", "unlike at x", "unlike at y"}));
  EXPECT_EQ(outcome.result().clusters.size(), 2U);
}

TEST_P(Rules, TitlesWithoutTextAreNeverDuplicates) {
  const std::string title = prose_.text(9);
  for (int i = 0; i < 5; ++i) add(std::to_string(i), title, {}, numbered("outlet", i));
  EXPECT_TRUE(run(feed_).result().clusters.empty());
}

TEST_P(Rules, PiecesThatShareAQuotationAreNoCopies) {
  const Words quotation = prose_.words(40);
  for (int i = 0; i < 8; ++i) add(std::to_string(i), prose_.words(60) + quotation + prose_.words(60));
  EXPECT_TRUE(run(feed_).result().clusters.empty());
}

// Background under news of its own is no copy, but a longer version of an article brings its lead along.
TEST_P(Rules, OldTextUnderNewLeadsDoesNotLinkArticlesOfOneOutlet) {
  const Words background = prose_.words(200);
  for (const std::string id : {"first", "second", "third"}) {
    add(id, prose_.text(8), prose_.words(120) + background, "one.example");
  }
  const Words story = prose_.words(300);
  add("early", prose_.text(8), story, "two.example");
  add("update", prose_.text(8), prose_.words(100) + story, "two.example");
  const Outcome outcome = run(feed_);
  EXPECT_TRUE(outcome.are_apart({"first", "second", "third"}));
  EXPECT_TRUE(outcome.are_together({"early", "update"}));
}

// Each sampled shingle of these texts stands in them forty times, and in one flooded bucket of all of them together.
TEST_P(Rules, CopiesOfATextThatRepeatsItselfAreCopies) {
  const Words verse = prose_.words(100);
  Words song;
  for (int i = 0; i < 40; ++i) song = song + verse;
  for (std::size_t i = 0; i < 10; ++i) add(numbered("copy", i), song + prose_.words(1));
  EXPECT_EQ(run(feed_).result().kept, 1U);
}

// A removed article has a verified match to a kept one, and at most 30 % of its own text.
TEST_P(Rules, ARemovedArticleIsInAKeptOne) {
  for (int story = 0; story < 12; ++story) {
    const Words words = prose_.words(150 + 30 * static_cast<std::size_t>(story));
    for (std::size_t copy = 0; copy < 8; ++copy) {
      const std::size_t cut = prose_.random().below(static_cast<std::uint32_t>(words.size() / 2));
      add(numbered(std::to_string(story) + ".", copy),
          prose_.words(prose_.random().below(80)) + slice(words, prose_.random().below(40), words.size() - cut - 40) +
              prose_.words(prose_.random().below(80)));
    }
  }
  const Outcome outcome = run(feed_);
  EXPECT_GT(outcome.result().duplicates, 20U);
  EXPECT_EQ(outcome.result().kept + outcome.result().duplicates, outcome.result().read);
  for (const FeedArticle& article : feed_) {
    if (outcome.is_kept(article.id)) continue;
    const Member& removed = *outcome.member(article.id);
    ASSERT_TRUE(removed.match);
    EXPECT_TRUE(outcome.is_kept(outcome.id(*removed.match)));
    EXPECT_TRUE(outcome.are_together({article.id, outcome.id(*removed.match)}));
    EXPECT_GE(removed.similarity.containment(), 0.7);
    EXPECT_LE(removed.similarity.containment(), 1.0);
  }
}

}  // namespace
}  // namespace wirecopy
