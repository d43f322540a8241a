// Whatever the articles, a result keeps its promises, and neither order nor strangers change it.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>
#include <wirecopy/deduplicator.hpp>

#include "base/hash.hpp"
#include "reference/planted_feed.hpp"

namespace wirecopy {
namespace {

/// Articles cut from few texts of few words, so that all kinds of overlap, equality and chains come about.
test::PlantedFeed any_feed() {
  RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
  test::PlantedFeed feed(random());
  const auto size = *rc::gen::inRange<std::uint32_t>(0, 60);
  const auto roots = *rc::gen::inRange<std::uint32_t>(1, 6);
  const auto longest = *rc::gen::inRange<std::uint32_t>(1, 200);
  std::vector<std::vector<std::string>> texts;
  for (std::uint32_t i = 0; i < roots; ++i) texts.push_back(feed.words(random.below(longest) + 1));
  for (std::uint32_t i = 0; i < size; ++i) {
    const auto& root = texts[random.below(roots)];
    const auto count = static_cast<std::uint32_t>(root.size());
    const std::uint32_t begin = random.below(4) == 0 ? random.below(count) : 0;
    const std::uint32_t end = random.below(3) == 0 ? begin + random.below(count - begin + 1) : count;
    std::vector<std::string> text(root.begin() + begin, root.begin() + end);
    if (random.below(3) == 0) {
      const std::vector<std::string> own = feed.words(random.below(60));
      text.insert(random.below(2) == 0 ? text.begin() : text.end(), own.begin(), own.end());
    }
    feed.add(text, random.below(2) == 0 ? "the same title" : "");
    feed.articles.back().source = test::numbered("outlet", random.below(8));
  }
  return feed;
}

Options any_options() {
  Options options;
  options.method = *rc::gen::element(Method::sample, Method::minhash, Method::simhash, Method::exact);
  options.keep = *rc::gen::element(Keep::fullest, Keep::earliest);
  options.title = *rc::gen::arbitrary<bool>();
  options.boilerplate = *rc::gen::arbitrary<bool>();
  options.threshold = *rc::gen::element(0.2, 0.5, 0.9);
  options.shingle = *rc::gen::element(1U, 3U, 7U);
  return options;
}

Result run(const test::PlantedFeed& feed, const Options& options) {
  Deduplicator deduplicator(options);
  for (std::size_t i = 0; i < feed.articles.size(); ++i) deduplicator.add(feed.articles[i].article(), i);
  return deduplicator.finish();
}

/// Each cluster's id with the ids of its members, kept ones marked, and what they were removed for.
using Told = std::map<std::string, std::set<std::string>>;

Told told(const test::PlantedFeed& feed, const Result& result) {
  Told clusters;
  for (const Cluster& cluster : result.clusters) {
    for (const Member& member : cluster.members) {
      std::string line = feed.articles[member.ordinal].id;
      line.append(member.kept ? " kept" : " removed");
      if (member.match) line.append(" ").append(feed.articles[*member.match].id);
      clusters[cluster.id].insert(line);
    }
  }
  return clusters;
}

TEST(Deduplicator, ResultsKeepTheirPromises) {
  EXPECT_TRUE(rc::check("promises of a result", [] {
    const test::PlantedFeed feed = any_feed();
    const Options options = any_options();
    const Result result = run(feed, options);
    RC_ASSERT(result.read == feed.articles.size());
    RC_ASSERT(result.kept + result.duplicates == result.read);
    std::map<std::uint64_t, bool> is_kept;
    std::uint64_t removed = 0;
    for (const Cluster& cluster : result.clusters) {
      RC_ASSERT(cluster.members.size() >= 2U);
      RC_ASSERT(cluster.members.front().ordinal == cluster.canonical);
      RC_ASSERT(cluster.members.front().kept);
      for (const Member& member : cluster.members) {
        RC_ASSERT(is_kept.emplace(member.ordinal, member.kept).second);
        removed += !member.kept;
      }
      for (const Member& member : cluster.members) {
        if (member.kept) continue;
        RC_ASSERT(member.match.has_value());
        RC_ASSERT(is_kept.at(*member.match));
        RC_ASSERT(options.drop.contains(member.relation));
      }
    }
    RC_ASSERT(removed == result.duplicates);
    for (const Match& match : result.matches) {
      RC_ASSERT(match.first < match.second);
      RC_ASSERT(match.second < feed.articles.size());
      RC_ASSERT(match.similarity.containment() <= 1);
      RC_ASSERT(match.similarity.contained() <= 1);
    }
  }));
}

TEST(Deduplicator, OrderChangesNothing) {
  EXPECT_TRUE(rc::check("a shuffled feed", [] {
    test::PlantedFeed feed = any_feed();
    const Options options = any_options();
    const Told before = told(feed, run(feed, options));
    RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
    for (std::size_t at = feed.articles.size(); at > 1; --at) {
      std::swap(feed.articles[at - 1], feed.articles[random.below(static_cast<std::uint32_t>(at))]);
    }
    RC_ASSERT(told(feed, run(feed, options)) == before);
  }));
}

TEST(Deduplicator, StrangersChangeNothing) {
  EXPECT_TRUE(rc::check("articles of new outlets", [] {
    test::PlantedFeed feed = any_feed();
    const Options options = any_options();
    const Told before = told(feed, run(feed, options));
    const auto strangers = *rc::gen::inRange(1, 20);
    for (int i = 0; i < strangers; ++i) {
      feed.add(feed.words(100));
      feed.articles.back().source = test::numbered("stranger", static_cast<std::uint64_t>(i));
    }
    RC_ASSERT(told(feed, run(feed, options)) == before);
  }));
}

}  // namespace
}  // namespace wirecopy
