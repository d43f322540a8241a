#include "output/result_files.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <wirecopy/error.hpp>

#include "feed/line_digest.hpp"
#include "reference/made_corpus.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

using test::made_corpus;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t kDay = 86'400;

/// Four articles: one without a cluster, and a cluster of a canonical, a removed copy and a kept member.
class ResultFiles : public testing::Test {
 protected:
  ResultFiles()
      : corpus_(made_corpus({{"alone", "", "1 2 3"},
                             {"canonical", "", "4 5 6", 2 * kDay, "b.example"},
                             {"removed \"x\"\n", "", "4 5", kDay, "a.example"},
                             {"own", "", "4 5 6 7", kNoDate, "b.example"}})) {
    const Decision first{ArticleId{1}, true, kNoArticle, Relation::exact, {}};
    const Decision second{ArticleId{2}, false, ArticleId{1}, Relation::excerpt, similarity()};
    const Decision third{ArticleId{3}, true, ArticleId{1}, Relation::extended, reversed(similarity())};
    resolution_.clusters.append({0x0123456789abcdef, std::vector{first, second, third}, 0.75});
    resolution_.duplicates = 1;
    resolution_.matches.push_back({ArticleId{1}, ArticleId{3}, Relation::excerpt, similarity()});
    resolution_.equal.push_back({ArticleId{1}, ArticleId{2}, Relation::exact, similarity()});
  }

  static Similarity similarity() {
    Similarity made;
    made.shared = 6, made.first = 8, made.second = 10;
    made.covered_first = 9, made.tokens_first = 10, made.covered_second = 9, made.tokens_second = 12;
    made.raw_shared = 6, made.raw_first = 8, made.raw_second = 10;
    return made;
  }

  /// The lines that `write` writes.
  template <typename Write>
  std::vector<std::string> lines_of(Write write) {
    const std::string path = directory_.path() / "out";
    BufferedWriter out(open_for_writing(path), path);
    write(out);
    out.finish();
    std::vector<std::string> lines;
    std::istringstream in(read_file(path));
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }

  TemporaryDirectory directory_;
  Corpus corpus_;
  Resolution resolution_;
  std::vector<Input> inputs_{{"feed.jsonl"}};
};

TEST_F(ResultFiles, EveryArticleHasALine) {
  const DecisionTable decisions(resolution_, corpus_.size());
  const auto lines = lines_of([&](BufferedWriter& out) { write_articles(corpus_, decisions, inputs_, out); });
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_THAT(lines[0], AllOf(HasSubstr(R"("id":"alone","cluster":null,"kept":true,"canonical":null,"match":null)"),
                              HasSubstr(R"("file":"feed.jsonl","line":1})")));
  EXPECT_THAT(lines[1], HasSubstr(R"("cluster":"w0123456789abcdef","kept":true,"canonical":"canonical","match":null)"));
  EXPECT_THAT(
      lines[2],
      AllOf(
          HasSubstr(R"("id":"removed \"x\"\n")"), HasSubstr(R"("kept":false)"),
          HasSubstr(
              R"("match":"canonical","match_file":"feed.jsonl","match_line":2,"relation":"excerpt","agreement":0.5625,"jaccard":0.5,)"),
          HasSubstr(R"("containment":0.9,"contained":0.75,"shared":6)")));
  EXPECT_THAT(
      lines[3],
      HasSubstr(
          R"("kept":true,"canonical":"canonical","match":null,"match_file":null,"match_line":null,"relation":"extended")"));
}

TEST_F(ResultFiles, AClusterNamesSourcesDatesAndMembers) {
  const auto lines = lines_of([&](BufferedWriter& out) { write_clusters(corpus_, resolution_, out); });
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr(R"("cluster":"w0123456789abcdef","canonical":"canonical","size":3)"));
  EXPECT_THAT(lines[0], HasSubstr(R"("sources":["a.example","b.example"])"));
  EXPECT_THAT(lines[0],
              HasSubstr(R"("first_published":"1970-01-02T00:00:00Z","last_published":"1970-01-03T00:00:00Z")"));
  EXPECT_THAT(lines[0], HasSubstr(R"("id":"own","source":"b.example","published":null)"));
}

TEST_F(ResultFiles, AClusterHasItsProvenance) {
  const auto lines = lines_of([&](BufferedWriter& out) { write_clusters(corpus_, resolution_, out); });
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(
      lines[0],
      HasSubstr(
          R"("first_seen":{"id":"removed \"x\"\n","source":"a.example","published":"1970-01-02T00:00:00Z"},"agency":null)"));
  EXPECT_THAT(
      lines[0],
      AllOf(HasSubstr(R"("outlets":[{"source":"a.example","published":"1970-01-02T00:00:00Z","lag_seconds":0},)"),
            HasSubstr(R"({"source":"b.example","published":"1970-01-03T00:00:00Z","lag_seconds":86400}])")));
  EXPECT_THAT(lines[0], AllOf(HasSubstr(R"("headlines":[])"), HasSubstr(R"("own":null)"), HasSubstr(R"("own":0.1)")));
}

TEST_F(ResultFiles, MatchesOfEqualArticlesFollowTheOthers) {
  const auto lines = lines_of([&](BufferedWriter& out) { write_matches(corpus_, resolution_, out); });
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr(R"("a":"canonical","b":"own","relation":"excerpt")"));
  EXPECT_THAT(lines[1], HasSubstr(R"("relation":"exact")"));
}

TEST_F(ResultFiles, ARejectHasPositionReasonAndItsLineIfShort) {
  Reject reject;
  reject.place = {0, 7, 12, 345};
  reject.reason = RejectReason::bad_utf8;
  reject.line = "\xff{";
  const auto lines = lines_of([&](BufferedWriter& out) {
    out.append(format_reject(reject, inputs_));
    reject.line.clear();
    reject.message = "the gzip stream is truncated";
    out.append(format_reject(reject, inputs_));
  });
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0],
            "{\"file\":\"feed.jsonl\",\"line\":12,\"offset\":345,\"reason\":\"bad-utf8\",\"text\":\"\xef\xbf\xbd{\"}");
  EXPECT_THAT(lines[1], AllOf(HasSubstr(R"("message":"the gzip stream is truncated")"), Not(HasSubstr(R"("text")"))));
}

TEST_F(ResultFiles, AStopIsObeyed) {
  std::stop_source source;
  source.request_stop();
  const DecisionTable decisions(resolution_, corpus_.size());
  EXPECT_THROW(
      lines_of([&](BufferedWriter& out) { write_articles(corpus_, decisions, inputs_, out, source.get_token()); }),
      Error);
}

/// Two inputs of five lines of ten bytes; the last line of each has no newline. The third line of each is removed.
class UniqueParts : public testing::Test {
 protected:
  UniqueParts() {
    SketchBlock block;
    for (std::uint32_t input = 0; input < 2; ++input) {
      const std::string path = directory_.path() / ("feed" + std::to_string(input));
      std::ofstream file(path);
      for (std::uint32_t line = 0; line < 5; ++line) {
        const std::string bytes = fmt::format("line {}/{}x{}", input, line, line < 4 ? "\n" : "");
        file << bytes;
        ArticleRecord record;
        record.place = {input, static_cast<std::uint32_t>(bytes.size()), line + 1, std::uint64_t{10} * line,
                        line_digest(bytes)};
        block.records.push_back(record);
      }
      file.close();
      InputRecord record;
      record.input = {path};
      record.identity = identity_of(path);
      record.size = 49;
      record.unterminated = true;
      records_.push_back(record);
    }
    block.sources = {""};
    corpus_.append(std::move(block));
    for (const std::uint32_t removed : {2U, 7U}) {
      const Decision kept{ArticleId{removed - 1}, true, kNoArticle, Relation::exact, {}};
      const Decision gone{ArticleId{removed}, false, ArticleId{removed - 1}, Relation::exact, {}};
      resolution_.clusters.append({removed, std::vector{kept, gone}, 1});
    }
  }

  std::string whole(const DecisionTable& decisions) {
    const std::string path = directory_.path() / "whole";
    BufferedWriter out(open_for_writing(path), path);
    write_unique(corpus_, decisions, records_, out);
    out.finish();
    return read_file(path);
  }

  TemporaryDirectory directory_;
  Corpus corpus_;
  Resolution resolution_;
  std::vector<InputRecord> records_;
};

TEST_F(UniqueParts, GiveTheSameFileInAnyOrder) {
  const DecisionTable decisions(resolution_, corpus_.size());
  const std::string expected = whole(decisions);
  EXPECT_EQ(expected, "line 0/0x\nline 0/1x\nline 0/3x\nline 0/4x\nline 1/0x\nline 1/1x\nline 1/3x\nline 1/4x\n");
  for (const std::uint64_t least : {1U, 10U, 11U, 25U, 40U, 1000U}) {
    const std::string path = directory_.path() / "parts";
    open_for_writing(path).close(path);
    std::vector<UniquePart> parts = parts_of_unique(corpus_, decisions, records_, least);
    std::reverse(parts.begin(), parts.end());
    for (const UniquePart& part : parts) {
      BufferedWriter out(open_for_writing_at(path, part.offset), path);
      write_unique(corpus_, decisions, records_, part, out);
      out.finish();
    }
    EXPECT_EQ(read_file(path), expected) << least;
  }
}

TEST_F(UniqueParts, OfCompressedInputsBeginAtAnInput) {
  const DecisionTable decisions(resolution_, corpus_.size());
  EXPECT_EQ(parts_of_unique(corpus_, decisions, records_, 1).size(), 8U);
  for (InputRecord& record : records_) record.compression = Compression::gzip;
  const std::vector<UniquePart> parts = parts_of_unique(corpus_, decisions, records_, 1);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[1].first, ArticleId{5});
  EXPECT_EQ(parts[1].offset, 40U);
}

}  // namespace
}  // namespace wirecopy
