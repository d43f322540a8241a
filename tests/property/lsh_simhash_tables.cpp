// Every pair within the distance shares a key of at least one table.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/hash.hpp"
#include "lsh/simhash_tables.hpp"
#include "sketch/simhash.hpp"

namespace wirecopy {
namespace {

TEST(SimHashTableLaws, PairsWithinTheDistanceShareAKey) {
  EXPECT_TRUE(rc::check([] {
    const auto distance = *rc::gen::inRange(0U, 7U);
    const SimHashTables tables(distance, *rc::gen::inRange<std::uint64_t>(1, 20'000));
    RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
    for (int pair = 0; pair < 100; ++pair) {
      const std::uint64_t a = random();
      std::uint64_t b = a;
      for (unsigned bit = 0; bit < distance; ++bit) b ^= std::uint64_t{1} << random.below(64);
      bool meet = false;
      for (unsigned table = 0; table < tables.size(); ++table) meet |= tables.key(a, table) == tables.key(b, table);
      RC_ASSERT(hamming(a, b) <= distance);
      RC_ASSERT(meet);
    }
  }));
}

}  // namespace
}  // namespace wirecopy
