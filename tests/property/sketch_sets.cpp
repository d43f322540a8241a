// Sketches are functions of sets (MinHash) and multisets (SimHash): laws that hold for any input and every kernel.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "base/hash.hpp"
#include "sketch/minhash.hpp"
#include "sketch/simhash.hpp"

namespace wirecopy {
namespace {

using Shingles = std::vector<std::uint64_t>;

Kernel any_kernel() { return *rc::gen::elementOf(available_kernels()); }

// Up to a few hundred mixed shingles, with repetitions.
Shingles any_shingles() {
  const auto size = *rc::gen::inRange<std::size_t>(1, 400);
  Shingles shingles = *rc::gen::container<Shingles>(size, rc::gen::inRange<std::uint64_t>(0, 1000));
  for (auto& shingle : shingles) shingle = mix64(shingle);
  return shingles;
}

Shingles shuffled(Shingles shingles) {
  RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
  for (std::size_t at = shingles.size(); at > 1; --at) {
    std::swap(shingles[at - 1], shingles[random.below(static_cast<std::uint32_t>(at))]);
  }
  return shingles;
}

std::vector<std::uint32_t> signature(const MinHasher& hasher, const Shingles& shingles) {
  std::vector<std::uint32_t> result(hasher.size());
  hasher.sign(shingles, result);
  return result;
}

MinHasher any_hasher() { return {*rc::gen::inRange(1U, 300U), *rc::gen::arbitrary<std::uint64_t>(), any_kernel()}; }

bool holds(const std::function<void()>& property) { return rc::check(property); }

TEST(MinHashLaws, OrderAndDuplicatesHaveNoEffect) {
  EXPECT_TRUE(holds([] {
    const MinHasher hasher = any_hasher();
    const Shingles shingles = any_shingles();
    Shingles unique = shingles;
    std::sort(unique.begin(), unique.end());
    unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
    RC_ASSERT(signature(hasher, shuffled(shingles)) == signature(hasher, unique));
  }));
}

// A coordinate is a minimum, so that of a union is that of one of its parts.
TEST(MinHashLaws, AUnionChoosesTheMinimumOfAPart) {
  EXPECT_TRUE(holds([] {
    const MinHasher hasher = any_hasher();
    const Shingles a = any_shingles();
    const Shingles b = any_shingles();
    Shingles both = a;
    both.insert(both.end(), b.begin(), b.end());
    const auto of_a = signature(hasher, a);
    const auto of_b = signature(hasher, b);
    const auto of_both = signature(hasher, both);
    for (unsigned at = 0; at < hasher.size(); ++at) RC_ASSERT(of_both[at] == of_a[at] || of_both[at] == of_b[at]);
  }));
}

TEST(MinHashLaws, NoCoordinateOfASetIsEmpty) {
  EXPECT_TRUE(holds([] {
    const auto coordinates = signature(any_hasher(), any_shingles());
    RC_ASSERT(std::count(coordinates.begin(), coordinates.end(), MinHasher::kEmpty) == 0);
  }));
}

TEST(SimHashLaws, OrderHasNoEffect) {
  EXPECT_TRUE(holds([] {
    const Shingles shingles = any_shingles();
    RC_ASSERT(simhash(shingles, any_kernel()) == simhash(shuffled(shingles), any_kernel()));
  }));
}

TEST(SimHashLaws, RepeatingAllHasNoEffect) {
  EXPECT_TRUE(holds([] {
    const Shingles shingles = any_shingles();
    Shingles thrice;
    for (int copy = 0; copy < 3; ++copy) thrice.insert(thrice.end(), shingles.begin(), shingles.end());
    RC_ASSERT(simhash(shingles, any_kernel()) == simhash(thrice, any_kernel()));
  }));
}

// With an odd number there is no tie, so flipping every bit flips the result.
TEST(SimHashLaws, ComplementOfAnOddNumber) {
  EXPECT_TRUE(holds([] {
    Shingles shingles = any_shingles();
    if (shingles.size() % 2 == 0) shingles.pop_back();
    Shingles turned = shingles;
    for (auto& shingle : turned) shingle = ~shingle;
    RC_ASSERT(simhash(turned, any_kernel()) == ~simhash(shingles, any_kernel()));
  }));
}

}  // namespace
}  // namespace wirecopy
