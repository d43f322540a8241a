// The radix sort sorts like std::stable_sort for any keys.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "base/hash.hpp"
#include "base/radix_sort.hpp"

namespace wirecopy {
namespace {

struct Item {
  std::uint64_t key;
  std::uint32_t place;
  friend bool operator==(const Item&, const Item&) = default;
};

std::uint64_t key_of(const Item& item) { return item.key; }

bool sorts_stably(std::vector<std::uint64_t> keys) {
  std::vector<Item> items;
  for (const std::uint64_t key : keys) items.push_back({key, static_cast<std::uint32_t>(items.size())});
  std::vector<Item> expected = items;
  std::stable_sort(expected.begin(), expected.end(), [](const Item& a, const Item& b) { return a.key < b.key; });
  std::vector<Item> scratch(items.size());
  radix_sort(std::span(items), std::span(scratch), key_of);
  return items == expected;
}

// Keys that differ only in the chosen bits.
std::vector<std::uint64_t> keys_within(std::uint64_t mask, std::size_t size, std::uint64_t seed) {
  RandomStream random(seed);
  const std::uint64_t base = random();
  std::vector<std::uint64_t> keys(size);
  for (auto& key : keys) key = (base & ~mask) | (random() & mask);
  return keys;
}

TEST(RadixSortLaws, AnyBitsThatDiffer) {
  EXPECT_TRUE(rc::check([] {
    const auto mask = *rc::gen::arbitrary<std::uint64_t>() & *rc::gen::arbitrary<std::uint64_t>();
    const auto size = *rc::gen::inRange<std::size_t>(0, 5000);
    RC_ASSERT(sorts_stably(keys_within(mask, size, *rc::gen::arbitrary<std::uint64_t>())));
  }));
}

TEST(RadixSort, EverySize) {
  for (std::size_t size = 0; size < 400; ++size) ASSERT_TRUE(sorts_stably(keys_within(~std::uint64_t{0}, size, size)));
}

TEST(RadixSort, MasksOfOneRun) {
  for (unsigned low = 0; low < 64; low += 3) {
    for (unsigned high = low; high < 64; high += 7) {
      const std::uint64_t mask = ~std::uint64_t{0} >> (63 - high) & ~std::uint64_t{0} << low;
      ASSERT_TRUE(sorts_stably(keys_within(mask, 1000, low * 64 + high))) << low << ' ' << high;
    }
  }
}

// Many keys that agree in all bits that are sorted first, and differ in the last bits.
TEST(RadixSort, LongRunsThatDifferLate) {
  RandomStream random(5);
  std::vector<std::uint64_t> keys(100'000);
  for (auto& key : keys) key = std::uint64_t{random.below(3)} << 62 | random.below(5) << 20 | random.below(1000);
  EXPECT_TRUE(sorts_stably(keys));
  for (auto& key : keys) key = random.below(2) == 0 ? 1 : ~std::uint64_t{0};
  EXPECT_TRUE(sorts_stably(keys));
  std::sort(keys.begin(), keys.end(), std::greater<>());
  EXPECT_TRUE(sorts_stably(keys));
}

TEST(RadixSort, ScratchMayBeLonger) {
  std::vector<std::uint64_t> keys = keys_within(~std::uint64_t{0}, 500, 1);
  std::vector<std::uint64_t> scratch(700, 3);
  auto expected = keys;
  std::sort(expected.begin(), expected.end());
  radix_sort(std::span(keys), std::span(scratch), [](std::uint64_t key) { return key; });
  EXPECT_EQ(keys, expected);
  EXPECT_EQ(scratch[600], 3U);
}

}  // namespace
}  // namespace wirecopy
