// Compares every kernel of SimHash with counting bit by bit.
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "reference/simhash.hpp"
#include "sketch/simhash.hpp"

namespace wirecopy {
namespace {

void expect_simhash(const std::vector<std::uint64_t>& shingles) {
  const std::uint64_t expected = reference::simhash(shingles);
  for (const Kernel kernel : available_kernels()) {
    ASSERT_EQ(simhash(shingles, kernel), expected) << name(kernel) << ": " << shingles.size() << " shingles";
  }
}

TEST(SimHashTwin, EveryNumberOfShingles) {
  RandomStream random(1);
  std::vector<std::uint64_t> shingles;
  for (int size = 0; size <= 600; ++size) {
    expect_simhash(shingles);
    shingles.push_back(random());
  }
}

TEST(SimHashTwin, CountersOfManyPlanes) {
  RandomStream random(2);
  for (const std::size_t size : {4095, 4096, 4097, 70'000}) {
    std::vector<std::uint64_t> shingles(size);
    for (auto& shingle : shingles) shingle = random();
    expect_simhash(shingles);
    std::fill(shingles.begin(), shingles.end(), ~std::uint64_t{0});
    expect_simhash(shingles);
  }
}

// Counts at and next to one half, where a wrong carry becomes visible.
TEST(SimHashTwin, CountsNextToTheHalf) {
  RandomStream random(3);
  for (int trial = 0; trial < 300; ++trial) {
    const std::size_t half = 1 + random.below(200);
    std::vector<std::uint64_t> shingles;
    for (std::size_t at = 0; at < half; ++at) {
      const std::uint64_t word = random();
      shingles.push_back(word);
      shingles.push_back(~word);
    }
    if (trial % 2 == 1) shingles.push_back(random());
    expect_simhash(shingles);
  }
}

}  // namespace
}  // namespace wirecopy
