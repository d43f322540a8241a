#include "base/spread.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory_resource>
#include <set>
#include <vector>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

struct Item {
  std::uint32_t value;
  std::uint16_t more;
};

/// Counts the bytes allocated from it.
class CountingMemory final : public std::pmr::memory_resource {
 public:
  std::size_t held = 0;
  std::size_t taken = 0;

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    held += bytes, taken += bytes;
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override {
    held -= bytes;
    std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
  }
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

std::vector<std::uint32_t> values_of(const Spread<Item>& spread, std::size_t part) {
  std::vector<std::uint32_t> values;
  spread.for_each(part, [&](const Item& item) { values.push_back(item.value); });
  return values;
}

TEST(Spread, ReturnsEachPartitionsItemsInOrder) {
  PiecePool pool(std::pmr::new_delete_resource(), 64, 256);
  Spread<Item> spread(7);
  std::vector<std::vector<std::uint32_t>> expected(7);
  RandomStream random(1);
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const std::uint32_t part = random.below(6);  // the last stays empty
    spread.add(part, {i, 0}, pool);
    expected[part].push_back(i);
  }
  for (std::size_t part = 0; part < 7; ++part) {
    EXPECT_EQ(values_of(spread, part), expected[part]);
    EXPECT_EQ(spread.size(part), expected[part].size());
  }
}

TEST(Spread, ReusesReleasedPieces) {
  CountingMemory memory;
  {
    PiecePool one(&memory, 64, 256), other(&memory, 64, 256);
    Spread<Item> spread(2);
    for (std::uint32_t i = 0; i < 1000; ++i) spread.add(i % 2, {i, 0}, one);
    const std::size_t taken = memory.taken;
    spread.release(0, other);
    EXPECT_EQ(spread.size(0), 0U);
    EXPECT_EQ(spread.size(1), 500U);
    Spread<std::uint64_t> more(1);
    for (std::uint64_t i = 0; i < 400; ++i) more.add(0, i, other);
    spread.add(0, {7, 0}, other);
    EXPECT_EQ(memory.taken, taken);
    EXPECT_EQ(values_of(spread, 0), std::vector<std::uint32_t>{7});
    EXPECT_EQ(values_of(spread, 1).back(), 999U);
  }
  EXPECT_EQ(memory.held, 0U);
}

TEST(PiecePool, NeverReturnsAPieceTwice) {
  PiecePool pool(std::pmr::new_delete_resource(), 64, 256);
  std::set<std::byte*> pieces;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(pieces.insert(pool.take()).second);
  std::byte* const back = *pieces.begin();
  pool.give(back);
  EXPECT_EQ(pool.take(), back);
}

}  // namespace
}  // namespace wirecopy
