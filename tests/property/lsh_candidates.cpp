// Candidates depend on content only: not on the order of records, nor on how articles are numbered.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

#include "base/hash.hpp"
#include "lsh/candidates.hpp"

namespace wirecopy {
namespace {

// An article: its keys, its rank, its words. Its number is its position in the feed.
struct Content {
  std::vector<std::uint64_t> keys;
  std::uint64_t rank;
  std::vector<std::uint64_t> words;
};

std::vector<Content> any_feed(unsigned levels) {
  const auto size = *rc::gen::inRange<std::size_t>(1, 300);
  const auto keys = *rc::gen::inRange<std::uint64_t>(1, 20);
  const auto words = *rc::gen::inRange<std::uint64_t>(1, 60);
  RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<Content> feed(size);
  for (Content& content : feed) {
    content.rank = random();
    for (int at = 0; at < 2; ++at) content.keys.push_back(mix64(random() % keys));
    for (unsigned level = 0; level < levels; ++level) content.words.push_back(random() % words);
  }
  return feed;
}

template <typename Items>
void shuffle(Items& items, RandomStream& random) {
  for (std::size_t at = items.size(); at > 1; --at) {
    std::swap(items[at - 1], items[random.below(static_cast<std::uint32_t>(at))]);
  }
}

using RankPairs = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

// Pairs by rank, which identifies content independently of its number.
RankPairs candidates(const std::vector<Content>& feed, BucketLimits limits, unsigned levels, RandomStream& random) {
  BandRecords records;
  std::vector<std::uint64_t> rank;
  for (std::uint32_t article = 0; article < feed.size(); ++article) {
    for (const std::uint64_t key : feed[article].keys) records.push_back({key, article});
    rank.push_back(feed[article].rank);
  }
  shuffle(records, random);
  const Refinement refinement{levels,
                              [&](std::uint32_t article, unsigned level) { return feed[article].words[level]; }};
  BandRecords scratch;
  CandidatePairs pairs;
  CandidateCounts counts;
  append_candidates(records, scratch, rank, limits, refinement, pairs, counts);
  RankPairs result;
  for (const CandidatePair& pair : pairs) result.push_back(std::minmax(rank[pair.first], rank[pair.second]));
  std::sort(result.begin(), result.end());
  return result;
}

TEST(CandidateLaws, ArrivalHasNoEffect) {
  EXPECT_TRUE(rc::check([] {
    const auto levels = *rc::gen::inRange(0U, 4U);
    const BucketLimits limits{*rc::gen::inRange(2U, 40U), *rc::gen::inRange(1U, 9U)};
    std::vector<Content> feed = any_feed(levels);
    RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
    const RankPairs before = candidates(feed, limits, levels, random);
    shuffle(feed, random);
    RC_ASSERT(candidates(feed, limits, levels, random) == before);
  }));
}

TEST(CandidateLaws, PartitionsByKeyAddUpToTheWhole) {
  EXPECT_TRUE(rc::check([] {
    std::vector<Content> feed = any_feed(0);
    RandomStream random(1);
    std::vector<Content> even = feed;
    std::vector<Content> odd = feed;
    for (Content& content : even) std::erase_if(content.keys, [](std::uint64_t key) { return key % 2 == 1; });
    for (Content& content : odd) std::erase_if(content.keys, [](std::uint64_t key) { return key % 2 == 0; });
    RankPairs parts = candidates(even, {}, 0, random);
    const RankPairs rest = candidates(odd, {}, 0, random);
    parts.insert(parts.end(), rest.begin(), rest.end());
    std::sort(parts.begin(), parts.end());
    RC_ASSERT(parts == candidates(feed, {}, 0, random));
  }));
}

}  // namespace
}  // namespace wirecopy
