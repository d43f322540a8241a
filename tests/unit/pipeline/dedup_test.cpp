// The driver of the command: what it publishes, and that it publishes nothing when it fails.
#include "pipeline/dedup.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"
#include "reference/planted_feed.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

class Dedup : public testing::Test {
 protected:
  Dedup() {
    test::PlantedFeed feed(1);
    feed.add_stories(20, 0.05);
    articles_ = feed.articles.size();
    write_file(path("feed.jsonl"), feed.lines().append("bad\n\n").append(feed.articles[0].line()));
    request_.source = FeedSource{{{path("feed.jsonl")}}};
    request_.output = ResultDirectory{path("result")};
    context_.threads = 2;
  }

  [[nodiscard]] std::string path(const std::string& name) const { return directory_.path() / name; }

  void expect_refused(ErrorKind kind) {
    try {
      static_cast<void>(dedup(request_, {}, context_));
      ADD_FAILURE() << "it was not refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
    }
  }

  TemporaryDirectory directory_;
  std::size_t articles_ = 0;
  DedupRequest request_;
  RunContext context_;
};

TEST_F(Dedup, ReportsWhatItDidAndPublishesIt) {
  std::vector<std::string> told;
  DedupEvents events;
  events.on_mapping = [&](const FieldUsage&) { told.emplace_back("mapping"); };
  events.on_reject = [&](const Reject& reject) { told.push_back(test::numbered(reject.line, reject.place.line)); };
  const DedupReport report = dedup(request_, events, context_);
  EXPECT_EQ(report.counts.articles, articles_ + 1);
  EXPECT_EQ(report.counts.rejected, 1U);
  EXPECT_EQ(report.kept + report.duplicates, articles_ + 1);
  EXPECT_EQ(report.duplicate_ids, 1U);
  EXPECT_EQ(report.example_of_duplicate_id, "a0");
  EXPECT_THAT(told, testing::UnorderedElementsAre("mapping", test::numbered("bad", articles_ + 1)));
  for (const char* name : {"articles", "clusters", "rejects", "unique"}) {
    EXPECT_TRUE(std::filesystem::exists(directory_.path() / "result" / (std::string(name) + ".jsonl"))) << name;
  }
  EXPECT_TRUE(std::filesystem::exists(path("result/summary.json")));
  EXPECT_EQ(directory_.entries(), 2U);
}

TEST_F(Dedup, StagesAreTimed) {
  static_cast<void>(dedup(request_, {}, context_));
  std::vector<std::string> names;
  for (const StageSeconds& stage : context_.times.stages()) names.push_back(stage.name);
  EXPECT_THAT(names, testing::IsSupersetOf({"sketch", "read", "parse", "tokenize", "candidates", "verify", "write"}));
}

TEST_F(Dedup, AStopLeavesNothing) {
  std::stop_source source;
  source.request_stop();
  context_.stop = source.get_token();
  expect_refused(ErrorKind::cancelled);
  EXPECT_EQ(directory_.entries(), 1U);
}

TEST_F(Dedup, AStopWhileReadingLeavesNothing) {
  std::stop_source source;
  context_.stop = source.get_token();
  DedupEvents events;
  events.on_mapping = [&](const FieldUsage&) { source.request_stop(); };
  EXPECT_THROW(static_cast<void>(dedup(request_, events, context_)), Error);
  EXPECT_EQ(directory_.entries(), 1U);
}

TEST_F(Dedup, AnErrorOfAnEventComesOut) {
  DedupEvents events;
  events.on_reject = [](const Reject&) { throw std::runtime_error("enough"); };
  EXPECT_THROW(static_cast<void>(dedup(request_, events, context_)), std::runtime_error);
  EXPECT_EQ(directory_.entries(), 1U);
}

TEST_F(Dedup, AnOlderResultStaysUnlessItMayBeReplaced) {
  static_cast<void>(dedup(request_, {}, context_));
  expect_refused(ErrorKind::usage);
  request_.output = ResultDirectory{.path = path("result"), .replace = true};
  static_cast<void>(dedup(request_, {}, context_));
  request_.source = FeedSource{{{path("result/unique.jsonl")}}};
  expect_refused(ErrorKind::usage);
  EXPECT_EQ(directory_.entries(), 2U);
}

TEST_F(Dedup, KeptLinesGoToADescriptorWithoutADirectory) {
  static_cast<void>(dedup(request_, {}, context_));
  const FileDescriptor out = open_for_writing(path("unique.jsonl"));
  request_.output = KeptLines{out.get()};
  static_cast<void>(dedup(request_, {}, context_));
  EXPECT_EQ(read_file(path("unique.jsonl")), read_file(path("result/unique.jsonl")));
}

TEST_F(Dedup, TheInputIsNeverTheOutput) {
  const std::string before = read_file(path("feed.jsonl"));
  std::filesystem::create_hard_link(path("feed.jsonl"), path("alias"));
  const int fd = ::open(path("alias").c_str(), O_WRONLY | O_APPEND);
  ASSERT_GE(fd, 0);
  request_.output = KeptLines{fd};
  expect_refused(ErrorKind::usage);
  ::close(fd);
  EXPECT_EQ(read_file(path("feed.jsonl")), before);
}

}  // namespace
}  // namespace wirecopy
