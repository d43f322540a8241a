#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <thread>
#include <tuple>
#include <wirecopy/deduplicator.hpp>

#include "reference/planted_feed.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

using test::PlantedArticle;
using test::PlantedFeed;

auto as_tuple(const Similarity& s) {
  return std::tuple(s.shared, s.first, s.second, s.covered_first, s.tokens_first, s.covered_second, s.tokens_second,
                    s.raw_shared, s.raw_first, s.raw_second);
}

auto as_tuple(const Member& member) {
  return std::tuple(member.ordinal, member.kept, member.match, member.relation, as_tuple(member.similarity));
}

void expect_equal(const Result& a, const Result& b) {
  EXPECT_EQ(std::tuple(a.read, a.kept, a.duplicates, a.rejected), std::tuple(b.read, b.kept, b.duplicates, b.rejected));
  ASSERT_EQ(a.clusters.size(), b.clusters.size());
  for (std::size_t i = 0; i < a.clusters.size(); ++i) {
    EXPECT_EQ(a.clusters[i].id, b.clusters[i].id);
    EXPECT_EQ(a.clusters[i].canonical, b.clusters[i].canonical);
    ASSERT_EQ(a.clusters[i].members.size(), b.clusters[i].members.size());
    for (std::size_t m = 0; m < a.clusters[i].members.size(); ++m) {
      EXPECT_EQ(as_tuple(a.clusters[i].members[m]), as_tuple(b.clusters[i].members[m]));
    }
  }
  ASSERT_EQ(a.matches.size(), b.matches.size());
  for (std::size_t i = 0; i < a.matches.size(); ++i) {
    const Match &x = a.matches[i], &y = b.matches[i];
    EXPECT_EQ(std::tuple(x.first, x.second, x.relation, as_tuple(x.similarity)),
              std::tuple(y.first, y.second, y.relation, as_tuple(y.similarity)));
  }
}

Options with(Method method) {
  Options options;
  options.method = method;
  return options;
}

Resources resources(unsigned threads, std::size_t block_size = std::size_t{1} << 20) {
  Resources made;
  made.threads = threads;
  made.block_size = block_size;
  return made;
}

Result in_order(const PlantedFeed& feed, const Options& options = {}) {
  Deduplicator deduplicator(options, resources(1));
  for (std::size_t i = 0; i < feed.articles.size(); ++i) deduplicator.add(feed.articles[i].article(), i);
  return deduplicator.finish();
}

/// The numbers below `size`, in some order.
std::vector<std::size_t> shuffled(std::size_t size, std::uint64_t seed) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), 0U);
  RandomStream random(seed);
  for (std::size_t at = size; at > 1; --at)
    std::swap(order[at - 1], order[random.below(static_cast<std::uint32_t>(at))]);
  return order;
}

class Deduplicators : public testing::TestWithParam<Method> {
 protected:
  Deduplicators() { feed_.add_stories(60, 0.1); }
  PlantedFeed feed_{11};
};

std::string method_name(const testing::TestParamInfo<Method>& info) {
  constexpr const char* kNames[] = {"sample", "minhash", "simhash", "exact"};
  return kNames[info.index];
}

INSTANTIATE_TEST_SUITE_P(Methods, Deduplicators,
                         testing::Values(Method::sample, Method::minhash, Method::simhash, Method::exact), method_name);

TEST_P(Deduplicators, OrderOfAddingChangesNothing) {
  const Result expected = in_order(feed_, with(GetParam()));
  for (const std::uint64_t seed : {1, 2}) {
    Deduplicator deduplicator(with(GetParam()), resources(2));
    for (const std::size_t i : shuffled(feed_.articles.size(), seed)) {
      deduplicator.add(feed_.articles[i].article(), i);
    }
    expect_equal(deduplicator.finish(), expected);
  }
}

TEST_P(Deduplicators, ThreadsOfAddingChangeNothing) {
  const Result expected = in_order(feed_, with(GetParam()));
  for (const unsigned adders : {2U, 8U}) {
    Deduplicator deduplicator(with(GetParam()), resources(3));
    std::vector<std::jthread> threads;
    for (unsigned thread = 0; thread < adders; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::size_t i = thread; i < feed_.articles.size(); i += adders) {
          deduplicator.add(feed_.articles[i].article(), i);
        }
      });
    }
    threads.clear();
    expect_equal(deduplicator.finish(), expected);
  }
}

TEST_P(Deduplicators, FeedsGiveWhatAddingGives) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() / "feed.jsonl";
  write_file(path, feed_.lines());
  const Result expected = in_order(feed_, with(GetParam()));
  for (const std::size_t block_size : {std::size_t{4096}, std::size_t{1} << 20}) {
    Deduplicator deduplicator(with(GetParam()), resources(3, block_size));
    deduplicator.add_feeds(std::vector{path});
    expect_equal(deduplicator.finish(), expected);
  }
}

TEST_P(Deduplicators, AStopThatWasAskedForEndsTheWork) {
  Deduplicator deduplicator(with(GetParam()));
  for (std::size_t i = 0; i < feed_.articles.size(); ++i) deduplicator.add(feed_.articles[i].article(), i);
  std::stop_source source;
  source.request_stop();
  try {
    static_cast<void>(deduplicator.finish(source.get_token()));
    FAIL() << "it went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::cancelled);
  }
}

TEST_P(Deduplicators, ResultsKeepTheirPromises) {
  const Result result = in_order(feed_, with(GetParam()));
  EXPECT_EQ(result.read, feed_.articles.size());
  EXPECT_EQ(result.read, result.kept + result.duplicates + result.rejected);
  EXPECT_FALSE(result.clusters.empty());
  std::uint64_t duplicates = 0;
  std::map<std::uint64_t, bool> is_kept;
  for (const Cluster& cluster : result.clusters) {
    EXPECT_GE(cluster.members.size(), 2U);
    EXPECT_EQ(cluster.members.front().ordinal, cluster.canonical);
    EXPECT_TRUE(cluster.members.front().kept);
    EXPECT_THAT(cluster.id, testing::MatchesRegex("w[0-9a-f]{16}"));
    for (const Member& member : cluster.members) {
      EXPECT_TRUE(is_kept.emplace(member.ordinal, member.kept).second) << "in two clusters";
      duplicates += !member.kept;
    }
    for (const Member& member : cluster.members) {
      if (member.kept) continue;
      ASSERT_TRUE(member.match.has_value());
      EXPECT_TRUE(is_kept.at(*member.match));
      EXPECT_GT(member.similarity.containment(), 0.5);
      EXPECT_LE(member.similarity.containment(), 1);
    }
  }
  EXPECT_EQ(duplicates, result.duplicates);
  const auto is_before = [](const auto& a, const auto& b) { return a.canonical < b.canonical; };
  EXPECT_TRUE(std::is_sorted(result.clusters.begin(), result.clusters.end(), is_before));
  std::set<std::pair<std::uint64_t, std::uint64_t>> pairs;
  for (const Match& match : result.matches) {
    EXPECT_LT(match.first, match.second);
    EXPECT_TRUE(pairs.empty() || *pairs.rbegin() < std::pair(match.first, match.second)) << "out of order";
    EXPECT_TRUE(pairs.emplace(match.first, match.second).second) << "twice";
  }
}

TEST(Deduplicator, WithoutArticlesNothingHappens) {
  for (const Method method : {Method::sample, Method::minhash, Method::simhash, Method::exact}) {
    Deduplicator deduplicator(with(method));
    const Result result = deduplicator.finish();
    EXPECT_EQ(result.read, 0U);
    EXPECT_TRUE(result.clusters.empty());
  }
}

TEST(Deduplicator, OrdinalsMayHaveGapsAndAreWhatResultsSpeakOf) {
  PlantedFeed feed(3);
  const auto text = feed.words(100);
  for (int i = 0; i < 3; ++i) feed.add(text, "one title");
  Deduplicator deduplicator;
  const std::uint64_t ordinals[] = {1'000'000'000'000, 7, 500};
  for (std::size_t i = 0; i < 3; ++i) deduplicator.add(feed.articles[i].article(), ordinals[i]);
  const Result result = deduplicator.finish();
  ASSERT_EQ(result.clusters.size(), 1U);
  std::set<std::uint64_t> found;
  for (const Member& member : result.clusters[0].members) found.insert(member.ordinal);
  EXPECT_EQ(found, (std::set<std::uint64_t>{7, 500, 1'000'000'000'000}));
}

TEST(Deduplicator, FeedsComeAfterWhatWasAddedAndCountTheirRejects) {
  const TemporaryDirectory directory;
  PlantedFeed feed(4);
  const auto text = feed.words(100);
  for (int i = 0; i < 2; ++i) feed.add(text, "one title");
  write_file(directory.path() / "feed.jsonl", "broken\n" + feed.articles[1].line() + "{\n");
  Deduplicator deduplicator;
  deduplicator.add(feed.articles[0].article(), 41);
  deduplicator.add_feeds(std::vector<std::string>{directory.path() / "feed.jsonl"});
  const Result result = deduplicator.finish();
  EXPECT_EQ(std::tuple(result.read, result.kept, result.duplicates, result.rejected), std::tuple(4U, 1U, 1U, 2U));
  ASSERT_EQ(result.matches.size(), 1U);
  EXPECT_EQ(result.matches[0].first, 41U);
  EXPECT_EQ(result.matches[0].second, 42U);
}

TEST(Deduplicator, ViewsAreNotUsedAfterTheCall) {
  PlantedFeed feed(5);
  feed.add_stories(10, 0.05);
  Deduplicator deduplicator;
  for (std::size_t i = 0; i < feed.articles.size(); ++i) {
    PlantedArticle copy = feed.articles[i];
    deduplicator.add(copy.article(), i);
    for (std::string* text : {&copy.id, &copy.title, &copy.text, &copy.source})
      std::fill(text->begin(), text->end(), '?');
  }
  expect_equal(deduplicator.finish(), in_order(feed));
}

TEST(Deduplicator, TakesTextThatIsNoUtf8) {
  Deduplicator deduplicator;
  const std::string broken = "\xff\xfe \xc0\xaf \xed\xa0\x80 \xf4\x90\x80\x80 \xe6\xbc";
  for (std::uint64_t i = 0; i < 20; ++i) {
    const std::string text = broken.substr(i % broken.size()) + std::string(i, '\0') + broken;
    deduplicator.add({broken, broken, text, broken, broken, {}, {}}, i);
  }
  EXPECT_EQ(deduplicator.finish().read, 20U);
}

TEST(Deduplicator, RefusesWhatIsOutOfRange) {
  const auto expect_usage = [](const Options& options, const Resources& given) {
    try {
      const Deduplicator deduplicator(options, given);
      FAIL() << "it was taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
    }
  };
  for (const double threshold : {0.0, -1.0, 1.5, std::nan("")}) {
    Options options;
    options.threshold = threshold;
    expect_usage(options, {});
  }
  Options options;
  options.shingle = 0;
  expect_usage(options, {});
  expect_usage({}, resources(1025));
  Resources unknown;
  unknown.kernel = "mmx";
  expect_usage({}, unknown);
}

TEST(Deduplicator, MissingFeedsAreToldAsErrors) {
  Deduplicator deduplicator;
  EXPECT_THROW(deduplicator.add_feeds(std::vector<std::string>{"/nonexistent/feed.jsonl"}), Error);
}

std::string prose(std::uint64_t seed) {
  std::string text;
  for (const std::string& word : PlantedFeed(seed).words(60)) text += word + " ";
  return text;
}

// Nothing of such a string is read, so none is needed.
TEST(Deduplicator, RefusesArticlesThatAreTooLong) {
  const std::string text = prose(5);
  const std::string_view giant(text.data(), kMaxTextBytes + 1), wrapping(text.data(), (std::size_t{1} << 32) + 1);
  Deduplicator deduplicator;
  for (const std::string_view string : {giant, wrapping}) {
    for (std::string_view Article::*const field : {&Article::id, &Article::title, &Article::text, &Article::source}) {
      Article article{.id = "a", .title = "title", .text = text, .source = "one.example"};
      article.*field = string;
      try {
        deduplicator.add(article, 7);
        ADD_FAILURE();
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
      }
    }
  }
  deduplicator.add({.id = "a", .text = text, .source = "one.example"}, 1);
  deduplicator.add({.id = "b", .text = text, .source = "two.example"}, 2);
  const Result result = deduplicator.finish();
  EXPECT_EQ(result.read, 2U);
  EXPECT_EQ(result.duplicates, 1U);
}

TEST(Deduplicator, NumbersThatAreNoYearsAreNoDates) {
  const std::string text = prose(6);
  Options options;
  options.keep = Keep::earliest;
  for (const std::int64_t no_date : {std::numeric_limits<std::int64_t>::min() + 1, std::int64_t{-3'000'000'000},
                                     std::int64_t{8'000'000'000}, std::numeric_limits<std::int64_t>::max()}) {
    Deduplicator deduplicator(options);
    deduplicator.add({.id = "a", .text = text, .source = "one.example", .published = no_date}, 1);
    deduplicator.add({.id = "b", .text = text, .source = "two.example", .published = 1'700'000'000}, 2);
    const Result result = deduplicator.finish();
    ASSERT_EQ(result.clusters.size(), 1U);
    EXPECT_EQ(result.clusters.front().canonical, 2U) << no_date;
  }
}

}  // namespace
}  // namespace wirecopy
