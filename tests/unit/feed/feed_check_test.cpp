#include "feed/feed_check.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "feed/article_parser.hpp"
#include "feed/block.hpp"

namespace wirecopy {
namespace {

const std::vector<Input> kInputs{{"feed.jsonl"}};

/// As the readers of feeds count.
FeedCounts counts_of(const std::vector<std::string>& lines, const FieldMap& fields = {}) {
  FeedCounts counts;
  ArticleParser parser(fields);
  std::uint64_t number = 0;
  for (const std::string& line : lines) {
    ++number;
    std::string padded = line + std::string(kBlockPadding, '\0');
    if (parser.parse(std::string_view(padded).substr(0, line.size()))) {
      counts.note_first_article(line);
      counts.usage.add(parser.article().used, false);
      ++counts.articles;
    } else {
      counts.add_reject({{0, 0, number, 0}, parser.reason(), line, {}});
    }
  }
  return counts;
}

std::optional<UnusableFeed> fault_of(const std::vector<std::string>& lines, bool titles_count = false) {
  return find_fault(counts_of(lines), {}, kInputs, titles_count);
}

const std::string kLong(60, 'x');

TEST(FeedCheck, AcceptsAFeedWithATextAndAnEmptyOne) {
  EXPECT_EQ(fault_of({}), std::nullopt);
  EXPECT_EQ(fault_of({"{}", R"({"text":"x"})"}), std::nullopt);
  EXPECT_EQ(fault_of({R"({"title":"x"})"}, true), std::nullopt);
}

TEST(FeedCheck, RefusesLinesOfWhichNoneIsAnArticle) {
  const auto fault = fault_of({"hello", "[]", "world"});
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind(), ErrorKind::io);
  EXPECT_STREQ(fault->what(),
               "none of the 3 lines is an article: they are rejected, most often not-json (feed.jsonl:1: hello)");
  EXPECT_EQ(fault->advice(), std::nullopt);
}

TEST(FeedCheck, ProposesTheFieldOfTheText) {
  const auto fault =
      fault_of({R"({"id":7,"head":"Storm","meta":{"story":")" + kLong + R"("},"tags":["a","b"]})", "{}"});
  ASSERT_TRUE(fault);
  EXPECT_EQ(std::string(fault->what()),
            "none of the 2 articles has a text; the keys of the first are id, head \"Storm\", meta.story \"" +
                std::string(40, 'x') + "...\", tags (a list of 2)");
  ASSERT_TRUE(fault->advice());
  EXPECT_EQ(fault->advice()->kind, FieldAdvice::Kind::text);
  EXPECT_EQ(fault->advice()->path, "meta.story");
}

TEST(FeedCheck, ProposesPathsThatCanBeParsed) {
  for (const std::string key : {"a.b", "a/b", "a~b", "a[]"}) {
    const auto fault = fault_of({"{\"x\":{\"" + key + "\":\"" + kLong + "\"}}"});
    ASSERT_TRUE(fault && fault->advice());
    FieldMap fields;
    fields.set(Role::text, fault->advice()->path);
    const FeedCounts counts = counts_of({"{\"x\":{\"" + key + "\":\"" + kLong + "\"}}"}, fields);
    EXPECT_EQ(find_fault(counts, fields, kInputs, false), std::nullopt) << key << " as " << fault->advice()->path;
  }
}

TEST(FeedCheck, ProposesTheArrayOfArticles) {
  const auto fault = fault_of({R"({"status":"ok","r":{"a/b":[{"text":")" + kLong + R"("},{"text":"y"}]}})"});
  ASSERT_TRUE(fault && fault->advice());
  EXPECT_EQ(fault->advice()->kind, FieldAdvice::Kind::records);
  EXPECT_EQ(fault->advice()->path, "/r/a~1b");
}

TEST(FeedCheck, WarnsWhenMostLinesAreRejected) {
  EXPECT_EQ(warning_of_rejects(counts_of({"{}", "x"}), kInputs), std::nullopt);
  EXPECT_EQ(warning_of_rejects(counts_of({"{}", "x", "{}x", "{}y"}), kInputs),
            "3 of 4 lines are rejected, most often trailing-content (feed.jsonl:3: {}x)");
}

}  // namespace
}  // namespace wirecopy
