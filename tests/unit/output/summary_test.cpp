#include "output/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wirecopy {
namespace {

using testing::HasSubstr;
using testing::Not;

class Summary : public testing::Test {
 protected:
  Summary() {
    counts_.articles = 10;
    counts_.rejected = 3;
    counts_.bytes = 5'000'000;
    counts_.reasons[static_cast<std::size_t>(RejectReason::bad_utf8)] = 2;
    counts_.reasons[static_cast<std::size_t>(RejectReason::too_deep)] = 1;
    resolution_.duplicates = 4;
    resolution_.candidates.capped_buckets = 9;
    summary_.counts = &counts_;
    summary_.fields = &fields_;
    summary_.resolution = &resolution_;
    summary_.inputs = inputs_;
    summary_.run.wall_seconds = 0.5;
    summary_.run.stages = {{"verify", 0.25, 0.5}};
    summary_.run.inputs = &records_;
  }

  FeedCounts counts_;
  FieldMap fields_;
  Resolution resolution_;
  std::vector<Input> inputs_{{"a \"b\""}};
  std::vector<InputRecord> records_;
  RunSummary summary_;
};

TEST_F(Summary, CountsAddUp) {
  const std::string text = format_summary(summary_);
  EXPECT_THAT(text, HasSubstr(R"("read":13,"kept":6,"duplicate":4,"rejected":3)"));
  EXPECT_THAT(text, HasSubstr(R"("rejected_for":{"bad-utf8":2,"too-deep":1})"));
  EXPECT_THAT(text, HasSubstr(R"("capped_buckets":9)"));
  EXPECT_THAT(text, HasSubstr(R"("inputs":["a \"b\""])"));
  EXPECT_TRUE(text.ends_with("}\n"));
}

TEST_F(Summary, ParametersAreThoseOfTheMethod) {
  summary_.options.method = Method::minhash;
  EXPECT_THAT(format_summary(summary_), HasSubstr(R"("bands":)"));
  EXPECT_THAT(format_summary(summary_), Not(HasSubstr(R"("distance":)")));
  summary_.options.method = Method::simhash;
  EXPECT_THAT(format_summary(summary_), HasSubstr(R"("distance":6)"));
  EXPECT_THAT(format_summary(summary_), HasSubstr(fingerprint(summary_.options)));
}

TEST_F(Summary, SpeedUsesWallTimeAndNeverDividesByZero) {
  EXPECT_THAT(format_summary(summary_), HasSubstr(R"("megabytes_per_second":10,"articles_per_second":20)"));
  EXPECT_THAT(format_summary(summary_), HasSubstr(R"({"stage":"verify","seconds":0.25,"cpu_seconds":0.5})"));
  summary_.run.wall_seconds = 0;
  EXPECT_THAT(format_summary(summary_), Not(HasSubstr("inf")));
}

TEST_F(Summary, OnlyTheRunDiffersBetweenRuns) {
  const auto before_run = [&] {
    const std::string text = format_summary(summary_);
    return text.substr(0, text.find(R"("run":)"));
  };
  const std::string expected = before_run();
  summary_.run.threads = 8;
  summary_.run.cpu_seconds = 77;
  summary_.run.peak_memory = 123;
  EXPECT_EQ(before_run(), expected);
}

}  // namespace
}  // namespace wirecopy
