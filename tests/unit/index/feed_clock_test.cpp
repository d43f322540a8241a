#include "index/feed_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <vector>
#include <wirecopy/index.hpp>

#include "base/hash.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

constexpr std::int64_t kDay = 86'400, kStart = 1'700'000'000, kJump = 3 * kDay, kYear2199 = 7'230'000'000;

/// A clock that has started, in a feed of three outlets.
class FeedClockTest : public testing::Test {
 protected:
  FeedClockTest() {
    for (int i = 0; i < 6; ++i) now_ = clock_.arrive(kStart, outlet(i));
  }

  static std::string outlet(int i) { return "outlet" + std::to_string(i % 3); }
  std::int64_t arrive(std::optional<std::int64_t> published, const std::string& source) {
    return now_ = clock_.arrive(published, source);
  }

  FeedClock clock_{kJump, 0, {}};
  std::int64_t now_ = 0;
};

TEST_F(FeedClockTest, FollowsTheLatestDate) {
  EXPECT_EQ(now_, kStart);
  EXPECT_EQ(arrive(kStart + kJump, "outlet0"), kStart + kJump);
  EXPECT_EQ(arrive(kStart, "outlet1"), kStart + kJump) << "a late one does not move it back";
  EXPECT_EQ(arrive({}, "outlet1"), kStart + kJump);
  EXPECT_EQ(arrive(INT64_MIN, "outlet1"), kStart + kJump);
  EXPECT_EQ(clock_.state().ahead, 0U);
}

TEST_F(FeedClockTest, AWildDateMovesNothing) {
  for (const std::int64_t wild : {kYear2199, kYear2199 + 400 * kDay, INT64_MAX, kStart + kJump + 1}) {
    EXPECT_EQ(arrive(wild, "outlet0"), kStart);
    EXPECT_EQ(arrive(kStart, "outlet1"), kStart);
  }
  EXPECT_EQ(clock_.state().ahead, 4U);
}

TEST_F(FeedClockTest, WildDatesOfALongFeedDoNotAddUp) {
  RandomStream random(1);
  std::uint64_t wild = 0;
  for (int i = 0; i < 20'000; ++i) {
    const bool is_wild = random.below(10) == 0;
    wild += is_wild;
    const std::int64_t date = kStart + i * 60;
    arrive(is_wild ? date + random.below(100 * 365) * kDay + 4 * kDay : date,
           outlet(static_cast<int>(random.below(3))));
    ASSERT_LE(now_, date);
    ASSERT_GT(now_, date - kDay);
  }
  EXPECT_EQ(clock_.state().ahead, wild);
}

TEST_F(FeedClockTest, OneSourceAloneConfirmsNothing) {
  for (int i = 0; i < 100; ++i) EXPECT_EQ(arrive(kYear2199 + i * kDay, "outlet0"), kStart);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(arrive(kYear2199, "outlet1"), kStart);
  EXPECT_LT(clock_.state().waiting.size(), FeedClock::kConfirmations);
}

TEST_F(FeedClockTest, AGapIsConfirmedByTheSixthArticle) {
  const std::int64_t later = kStart + 180 * kDay;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(arrive(later + (5 - i) * 60, outlet(i)), kStart);  // not in order
  EXPECT_EQ(arrive(later + 30, "outlet2"), later + 300) << "the latest of those within a jump";
  EXPECT_TRUE(clock_.state().waiting.empty());
  EXPECT_EQ(arrive(later + kDay, "outlet0"), later + kDay);
}

TEST_F(FeedClockTest, AWildDateInAGapIsNotWhereItLeads) {
  const std::int64_t later = kStart + 180 * kDay;
  arrive(kYear2199, "outlet0");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(arrive(later, outlet(i)), kStart);
  EXPECT_EQ(arrive(later, "outlet1"), later);
  ASSERT_EQ(clock_.state().waiting.size(), 1U);
  EXPECT_EQ(arrive(later + 60, "outlet1"), later + 60);
  EXPECT_TRUE(clock_.state().waiting.empty());
}

TEST_F(FeedClockTest, StragglersDoNotStopIt) {
  const std::int64_t later = kStart + 180 * kDay;
  int articles = 0;
  for (; now_ < later && articles < 100; ++articles) {
    arrive(articles % 3 == 2 ? kStart - kDay : later + articles, outlet(articles / 2));
  }
  EXPECT_LE(articles, 30);
}

TEST(FeedClock, AFeedOfOneSourceConfirmsItself) {
  FeedClock clock(kJump, 0, {});
  for (int i = 0; i < 3; ++i) clock.arrive(kStart, "only");
  std::int64_t now = 0;
  for (int i = 0; i < 6; ++i) now = clock.arrive(kStart + 180 * kDay, "only");
  EXPECT_EQ(now, kStart + 180 * kDay);
}

TEST(FeedClock, TheFirstDateMayBeWild) {
  FeedClock clock(kJump, 0, {});
  EXPECT_EQ(clock.arrive(kYear2199, "a"), kYear2199);
  EXPECT_EQ(clock.arrive(kStart, "b"), kStart);
  EXPECT_FALSE(clock.state().has_started);
  EXPECT_EQ(clock.arrive(kStart + 60, "a"), kStart + 60);
  EXPECT_TRUE(clock.state().has_started);
  EXPECT_EQ(clock.state().ahead, 1U);
}

TEST(FeedClock, TheFirstDatesMayBeOld) {
  FeedClock clock(kJump, 0, {});
  EXPECT_EQ(clock.arrive(kStart, "a"), kStart);
  clock.arrive(kStart - 2000 * kDay, "b");
  EXPECT_EQ(clock.arrive(kStart + 60, "c"), kStart + 60);
  EXPECT_TRUE(clock.state().waiting.empty());
}

TEST(FeedClock, AnArchiveOfFewDatesStartsIt) {
  FeedClock clock(kJump, 0, {});
  std::int64_t now = 0;
  for (int month = 0; month < 24; ++month) {
    now = clock.arrive(kStart + month * 30 * kDay, "source" + std::to_string(month % 4));
    EXPECT_GE(now, kStart + (month - 5) * 30 * kDay) << "six articles behind at most";
  }
}

TEST(FeedClock, ItsStateIsItsBytes) {
  RandomStream random(2);
  FeedClock clock(kJump, 0, {}), reopened(kJump, 0, {});
  for (int i = 0; i < 2000; ++i) {
    const std::int64_t date = kStart + random.below(20) * kDay + (random.below(4) == 0 ? kYear2199 : 0);
    const std::string source = "outlet" + std::to_string(random.below(3));
    const std::int64_t now = clock.arrive(date, source);
    ASSERT_EQ(reopened.arrive(date, source), now);
    ASSERT_EQ(encode(reopened.state()), encode(clock.state()));
    reopened = FeedClock(kJump, now, decode_feed_clock(encode(clock.state())));
  }
  EXPECT_THROW(static_cast<void>(decode_feed_clock("short")), Error);
}

/// What an index remembers of a feed: its decisions, and its counts at the end.
struct Remembered {
  std::vector<Index::Outcome> outcomes;
  Index::Statistics end;
};

Remembered run(const std::vector<Article>& articles, std::size_t batch, bool reopens, bool feed_clock = true) {
  const TemporaryDirectory directory;
  IndexSettings settings;
  settings.window = 14 * kDay;
  settings.feed_clock = feed_clock;
  std::optional<Index> index = Index::open(directory.path() / "index", settings);
  Remembered result;
  for (std::size_t at = 0; at < articles.size(); at += batch) {
    if (reopens && at % 5 == 0) {
      index.reset();
      index = Index::open(directory.path() / "index", settings);
    }
    const std::size_t end = std::min(articles.size(), at + batch);
    for (const Index::Decision& decision : index->add_batch(std::span(articles).subspan(at, end - at))) {
      result.outcomes.push_back(decision.outcome);
    }
  }
  EXPECT_GT(index->verify(), 0U);
  result.end = index->statistics();
  return result;
}

class WildFeed : public testing::Test {
 protected:
  void add(std::int64_t published, int outlet) {
    const int n = static_cast<int>(articles_.size());
    texts_.push_back("story number " + std::to_string(n) + " tells of " + std::to_string(n * n));
    sources_.push_back("outlet" + std::to_string(outlet));
    articles_.push_back({texts_.back(), "a title", texts_.back(), sources_.back(), {}, {}, published});
  }

  std::deque<std::string> texts_, sources_;
  std::vector<Article> articles_;
};

TEST_F(WildFeed, OneDateDestroysNoIndex) {
  for (const int wild : {0, 1, 50, 100}) {
    articles_.clear();
    for (int i = 0; i <= 100; ++i) add(i == wild ? kYear2199 : kStart + i * 600, i % 4);
    const Remembered singly = run(articles_, 1, true), at_once = run(articles_, 1000, false),
                     in_tens = run(articles_, 10, true);
    for (const Remembered* each : {&singly, &at_once, &in_tens}) {
      EXPECT_EQ(each->end.articles, 101U) << wild;
      EXPECT_EQ(each->end.dated_ahead, 1U) << wild;
      EXPECT_EQ(each->end.now, kStart + (wild == 100 ? 99 : 100) * 600) << wild;
      EXPECT_EQ(each->outcomes, singly.outcomes) << wild;
    }
  }
}

TEST_F(WildFeed, AReplayGoesOnAfterSixMonths) {
  for (int i = 0; i < 50; ++i) add(kStart + i * 600, i % 4);
  for (int i = 0; i < 50; ++i) add(kStart + 180 * kDay + (i ^ 3) * 600, i % 4);
  const Remembered singly = run(articles_, 1, true), at_once = run(articles_, 1000, false);
  EXPECT_EQ(singly.end.now, kStart + 180 * kDay + 51 * 600);
  EXPECT_EQ(singly.end.articles, 45U) << "all but those of before, and the five that came as of then";
  EXPECT_EQ(singly.end.dated_ahead, 6U);
  EXPECT_EQ(at_once.outcomes, singly.outcomes);
  EXPECT_EQ(at_once.end.articles, singly.end.articles);
}

TEST_F(WildFeed, AnotherClockNeverGoesByDates) {
  for (int i = 0; i <= 100; ++i) add(i % 10 == 0 ? kYear2199 : kStart, i % 4);
  const Remembered system = run(articles_, 10, false, false);
  EXPECT_LT(system.end.now, kYear2199);
  EXPECT_EQ(system.outcomes[0], Index::Outcome::added);
  EXPECT_EQ(system.end.articles, 11U) << "those of the future arrive now; the others are older than the window";
  EXPECT_EQ(system.end.dated_ahead, 0U);
}

}  // namespace
}  // namespace wirecopy
