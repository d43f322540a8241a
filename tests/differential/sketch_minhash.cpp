// Compares every kernel of MinHash with the definition.
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "reference/minhash.hpp"
#include "sketch/minhash.hpp"

namespace wirecopy {
namespace {

std::vector<std::uint64_t> random_shingles(RandomStream& random, std::size_t size) {
  std::vector<std::uint64_t> shingles(size);
  for (auto& shingle : shingles) shingle = random();
  return shingles;
}

void expect_signature(const std::vector<std::uint64_t>& shingles, unsigned permutations, std::uint64_t seed) {
  const auto expected = reference::minhash(shingles, permutations, seed);
  for (const Kernel kernel : available_kernels()) {
    std::vector<std::uint32_t> signature(permutations, 7);
    MinHasher(permutations, seed, kernel).sign(shingles, signature);
    ASSERT_EQ(signature, expected) << name(kernel) << ": " << shingles.size() << " shingles, " << permutations;
  }
}

TEST(MinHashTwin, EveryNumberOfShinglesAroundTheBlocks) {
  RandomStream random(1);
  for (std::size_t size = 1; size <= 200; ++size) expect_signature(random_shingles(random, size), 96, size);
}

TEST(MinHashTwin, EveryNumberOfPermutations) {
  RandomStream random(2);
  for (const unsigned permutations : {1U, 2U, 3U, 5U, 15U, 16U, 17U, 64U, 128U, 188U, 255U, 256U, 1000U, 1024U}) {
    for (const std::size_t size : {1, 5, 60, 400}) {
      expect_signature(random_shingles(random, size), permutations, permutations * 31 + size);
    }
  }
}

TEST(MinHashTwin, ValuesAtTheEdges) {
  RandomStream random(3);
  expect_signature({0}, 128, 1);
  expect_signature({~std::uint64_t{0}}, 128, 1);
  expect_signature(std::vector<std::uint64_t>(500, 42), 128, 1);
  auto sequence = random_shingles(random, 300);
  for (std::size_t at = 0; at < sequence.size(); ++at) sequence[at] = at;
  expect_signature(sequence, 128, 1);
}

// The largest 32-bit value represents "open": a shingle that hashes to it counts as the next lower value.
TEST(MinHashTwin, ReplacesTheLargestValue) {
  const auto constants = reference::minhash_constants(1 + 1, 5);
  const auto mask = static_cast<std::uint32_t>(constants[0].masks);
  const std::uint32_t multiplier = static_cast<std::uint32_t>(constants[0].multipliers) | 1;
  std::uint32_t inverse = multiplier;  // Newton's iteration: each step doubles the correct bits
  for (int step = 0; step < 5; ++step) inverse *= 2 - multiplier * inverse;
  const std::uint32_t low = (0xffffffffU * inverse) ^ mask;
  std::vector<std::uint32_t> signature(1);
  MinHasher(1, 5).sign(std::vector<std::uint64_t>{low}, signature);
  EXPECT_EQ(signature[0], MinHasher::kEmpty - 1);
  expect_signature({low}, 1, 5);
}

// Signatures may be stored on disk, so a change of the family must be deliberate.
TEST(MinHashTwin, GoldenSignature) {
  std::vector<std::uint64_t> shingles(1000);
  for (std::size_t at = 0; at < shingles.size(); ++at) shingles[at] = mix64(at);
  std::vector<std::uint32_t> signature(128);
  MinHasher(128, 42).sign(shingles, signature);
  std::uint64_t digest = 0;
  for (const std::uint32_t coordinate : signature) digest = mix64(digest ^ coordinate);
  EXPECT_EQ(digest, 240292579973830302ULL);
}

}  // namespace
}  // namespace wirecopy
