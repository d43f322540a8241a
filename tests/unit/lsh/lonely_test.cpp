#include "lsh/lonely.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

std::vector<BandRecord> random_records(std::size_t count, std::uint32_t keys, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<BandRecord> records;
  for (std::uint32_t i = 0; i < count; ++i) records.push_back({mix64(random.below(keys)), i});
  return records;
}

TEST(LonelyFilter, KeepsEveryKeyThatOccursTwiceAndTheOrder) {
  LonelyFilter filter;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::vector<BandRecord> records = random_records(5000, 4000 * static_cast<std::uint32_t>(seed), seed);
    std::map<std::uint64_t, int> occurrences;
    for (const BandRecord& record : records) ++occurrences[record.key];
    std::vector<std::uint32_t> wanted, kept;
    for (const BandRecord& record : records) {
      if (occurrences[record.key] > 1) wanted.push_back(record.article);
    }
    filter.drop_lonely(records);
    for (const BandRecord& record : records) kept.push_back(record.article);
    EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end()));
    EXPECT_TRUE(std::includes(kept.begin(), kept.end(), wanted.begin(), wanted.end()));
  }
}

// With 8 to 16 places a record, a lonely one shares its place with probability below 1 - (1 - 1/8n)^n < 0.118.
TEST(LonelyFilter, DropsNearlyAllLonelyRecords) {
  LonelyFilter filter;
  std::vector<BandRecord> records;
  for (std::uint32_t i = 0; i < 100'000; ++i) records.push_back({mix64(i + 1), i});
  filter.drop_lonely(records);
  EXPECT_LT(records.size(), 12'300U);  // five standard deviations above 11,800
}

TEST(LonelyFilter, TakesNothingFromNothing) {
  std::vector<BandRecord> records;
  LonelyFilter().drop_lonely(records);
  EXPECT_TRUE(records.empty());
}

}  // namespace
}  // namespace wirecopy
