#include "pipeline/run_plan.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/memory_size.hpp"
#include "pipeline/feed_sample.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

std::string article(std::mt19937& random, int words) {
  std::string text;
  for (int i = 0; i < words; ++i) text += fmt::format("{:06x} ", random() & 0xffffff);
  return fmt::format(R"({{"id":"{}","source":"s{}","text":"{}"}})", random(), random() % 50, text) + "\n";
}

std::string feed_of(int articles, int words) {
  std::mt19937 random(3);
  std::string feed;
  for (int i = 0; i < articles; ++i) feed += article(random, words);
  return feed;
}

class Plan : public testing::Test {
 protected:
  void add(const std::string& name, const std::string& bytes) {
    write_file(directory_.path() / name, bytes);
    std::get<FeedSource>(request_.source).inputs.push_back({(directory_.path() / name).native()});
  }
  [[nodiscard]] RunPlan plan() const {
    const RunContext context;
    return plan_run(request_, context);
  }

  TemporaryDirectory directory_;
  DedupRequest request_;
};

TEST_F(Plan, ATinyFirstLineSaysNothingOfTheOthers) {
  const std::string feed = feed_of(8000, 150);
  add("feed.jsonl", "{}\n" + feed);
  const RunPlan plan = this->plan();
  ASSERT_TRUE(plan.is_known);
  EXPECT_NEAR(static_cast<double>(plan.articles), 8001, 800);
  EXPECT_LT(plan.memory, 4 * feed.size());
}

TEST_F(Plan, AGiantFirstLineSaysNothingOfTheOthers) {
  add("feed.jsonl", feed_of(1, 120'000) + feed_of(8000, 150));
  EXPECT_NEAR(static_cast<double>(plan().articles), 8001, 1200);
}

TEST_F(Plan, EveryPartOfAFeedCounts) {
  add("feed.jsonl", feed_of(4000, 150) + feed_of(60'000, 10));
  EXPECT_NEAR(static_cast<double>(plan().articles), 64'000, 13'000);
}

TEST_F(Plan, ManyFilesAreOneFeed) {
  for (int i = 0; i < 40; ++i) add(fmt::format("{}.jsonl", i), feed_of(i % 2 == 0 ? 400 : 40, i % 2 == 0 ? 20 : 200));
  EXPECT_NEAR(static_cast<double>(plan().articles), 20 * 440, 2500);
}

TEST_F(Plan, CopiesTakeDiskAndTime) {
  std::mt19937 random(3);
  std::string copies;
  for (int group = 0; group < 80; ++group) {
    const std::string text = article(random, 150);
    for (int copy = 0; copy < 64; ++copy) {
      std::string each = text;
      each.replace(each.size() - 12, 4, fmt::format("y{:03}", copy));
      copies += each;
    }
  }
  request_.memory = 64_MiB;
  add("feed.jsonl", copies);
  const RunPlan with_copies = plan();
  request_.source = FeedSource();
  add("other.jsonl", feed_of(80 * 64, 150));
  const RunPlan without = plan();
  EXPECT_GT(with_copies.memory, without.memory + 80 * 64 * 10 * sizeof(ArticleMatch));
}

TEST_F(Plan, IsUnknownWithoutASize) {
  add("empty.jsonl", "");
  EXPECT_FALSE(plan().is_known);
}

TEST(FeedSample, StandsForAllBytesOfTheFeed) {
  const TemporaryDirectory directory;
  const std::string feed = feed_of(8000, 150);
  write_file(directory.path() / "feed.jsonl", feed);
  const Input input{(directory.path() / "feed.jsonl").native()};
  double bytes = 0;
  for (const FeedPiece& piece : sample_feed(std::span(&input, 1), {})) {
    const std::string lines = piece.lines.substr(0, piece.lines.find('\0'));
    EXPECT_NE(feed.find(lines), std::string::npos);
    EXPECT_EQ(lines.back(), '\n');
    EXPECT_EQ(lines.front(), '{');
    bytes += piece.weight * static_cast<double>(lines.size());
  }
  EXPECT_NEAR(bytes, static_cast<double>(feed.size()), 1);
}

}  // namespace
}  // namespace wirecopy
