// The fuzz target's laws on inputs that have a point.
#include <gtest/gtest.h>

#include <string>

#include "base/hash.hpp"
#include "fuzz/feed_parse.hpp"
#include "packing.hpp"

namespace wirecopy {
namespace {

void run(const std::string& feed) {
  EXPECT_EQ(fuzz::feed_parse(reinterpret_cast<const std::uint8_t*>(feed.data()), feed.size()), 0);
}

TEST(FeedFuzz, LawsHoldOnOddFeeds) {
  const std::string good = R"({"id":"1","text":"fine"})";
  run("");
  run("\n\n\r\n");
  run("2019-11-18T10:15:29Z");
  run(good + "\n" + std::string(5000, '[') + "\n" + good);
  run(std::string(900, '{') + "\n" + good + "\xff\n" + good);
  run(testing::gzip(good + "\n") + "x");
  run(testing::zstd(good).substr(0, 20));
}

TEST(FeedFuzz, LawsHoldOnRandomBytes) {
  static constexpr std::string_view kAlphabet = "{}[]\":,\\ \n\r\t0159-+.eEtruefalsn\"\"\"\"u\xc3\xa9\xff\x01";
  RandomStream random(17);
  for (int round = 0; round < 3000; ++round) {
    std::string feed;
    for (std::uint32_t size = random.below(300); size != 0; --size) feed += kAlphabet[random.below(kAlphabet.size())];
    run("{\"a\":" + feed);
  }
}

}  // namespace
}  // namespace wirecopy
