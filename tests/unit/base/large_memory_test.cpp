#include "base/large_memory.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory_resource>
#include <numeric>

namespace wirecopy {
namespace {

TEST(LargeMemory, HoldsArraysOfEverySize) {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{4096}, (std::size_t{2} << 20) - 1, std::size_t{2} << 20,
                                  (std::size_t{2} << 20) + 1, std::size_t{9} << 20}) {
    auto* const at = static_cast<unsigned char*>(allocate_large(bytes));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(at) % alignof(std::max_align_t), 0U) << bytes;
    at[0] = 1;
    at[bytes - 1] = 2;
    EXPECT_EQ(at[bytes - 1], 2);
    deallocate_large(at, bytes);
  }
}

TEST(LargeMemory, AnArrayKeepsItsElementsAsItGrows) {
  LargeArray<std::uint64_t> numbers;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) numbers.push_back(i);
  EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0}), 499'999'500'000U);
  numbers.resize(2'000'000);
  EXPECT_EQ(numbers[999'999], 999'999U);
}

TEST(LargeMemory, ServesPolymorphicAllocators) {
  std::pmr::vector<std::uint32_t> numbers(large_memory());
  numbers.assign(3'000'000, 7);
  EXPECT_EQ(numbers.back(), 7U);
}

}  // namespace
}  // namespace wirecopy
