// Lines that are not articles, alone and between good ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "feed/article_parser.hpp"
#include "feed/block.hpp"

namespace wirecopy {
namespace {

struct BadLine {
  const char* what;
  std::string line;
  std::string reason;
};

std::string nested(std::size_t levels, char open, char close) {
  return "{\"a\":" + std::string(levels, open) + std::string(levels, close) + "}";
}

std::vector<BadLine> bad_lines() {
  return {
      {"a missing brace", R"({"text":"a")", "unfinished"},
      {"an open string", R"({"text":"a})", "unfinished"},
      {"half a key", R"({"te)", "unfinished"},
      {"one brace", "{", "unfinished"},
      {"an open list", R"({"a":[1,2)", "unfinished"},
      {"two objects", R"({"text":"ok"}{"a":1})", "trailing-content"},
      {"a comma behind", R"({"text":"ok"},)", "trailing-content"},
      {"garbage behind", R"({"text":"ok"} garbage)", "trailing-content"},
      {"a brace too many", R"({"text":"ok"}})", "trailing-content"},
      {"a list", R"([{"text":"ok"}])", "not-an-object"},
      {"a string", R"("text")", "not-an-object"},
      {"a number", "-12.5e3", "not-an-object"},
      {"null", "null", "not-an-object"},
      {"words", "Internal Server Error", "not-json"},
      {"markup", "<html></html>", "not-json"},
      {"a Python dict", "{'text': 'a'}", "not-json"},
      {"a key without quotes", R"({text:"a"})", "not-json"},
      {"no colon", R"({"text" "a"})", "not-json"},
      {"no comma", R"({"text":"a" "id":1})", "not-json"},
      {"a trailing comma", R"({"text":"a",})", "not-json"},
      {"a trailing comma in a list", R"({"text":"ok","z":[1,2,]})", "not-json"},
      {"an empty element", R"({"text":"ok","z":[1,,2]})", "not-json"},
      {"a word in a list", R"({"text":"ok","z":[1,nope]})", "not-json"},
      {"a word for a value", R"({"text":nil})", "not-json"},
      {"a long literal", R"({"text":"a","b":trueish})", "not-json"},
      {"a literal and a string", R"({"text":"a","b":true"x"})", "not-json"},
      {"wrong brackets", R"({"text":"ok","z":[1}]})", "not-json"},
      {"no value", R"({"text":})", "not-json"},
      {"a comment", R"({"text":"a"/* b */})", "not-json"},
      {"a key for a value", R"({"a":"b":"c"})", "not-json"},
      {"a key in a list", R"({"a":["b":"c"]})", "not-json"},
      {"two strings", R"({"a":"b""c"})", "not-json"},
      {"NaN", R"({"text":"a","b":NaN})", "bad-number"},
      {"Infinity", R"({"text":"a","b":-Infinity})", "bad-number"},
      {"a leading zero", R"({"text":"a","b":012})", "bad-number"},
      {"a leading plus", R"({"text":"a","b":+1})", "bad-number"},
      {"a bare point", R"({"text":"a","b":1.})", "bad-number"},
      {"a hexadecimal number", R"({"text":"a","b":0x1f})", "bad-number"},
      {"a number and a string", R"({"text":"a","b":1"x"})", "bad-number"},
      {"an unknown escape", R"({"text":"\x41"})", "bad-escape"},
      {"a short escape", R"({"text":"\u12"})", "bad-escape"},
      {"no hexadecimal digits", R"({"text":"a","b":"\u12g4"})", "bad-escape"},
      {"a pair whose half is broken", R"({"text":"\ud83d\u12"})", "bad-escape"},
      {"a raw tab", "{\"text\":\"a\tb\"}", "control-character"},
      {"a NUL in a string", std::string("{\"text\":\"a\0b\"}", 14), "control-character"},
      {"a NUL outside", std::string("{\"text\":\"a\"\0}", 13), "not-json"},
      {"a cut character", "{\"text\":\"\xd0\"}", "bad-utf8"},
      {"Latin-1", "{\"text\":\"caf\xe9\"}", "bad-utf8"},
      {"an overlong form", "{\"text\":\"\xc0\xaf\"}", "bad-utf8"},
      {"a surrogate as bytes", "{\"text\":\"\xed\xa0\xbd\"}", "bad-utf8"},
      {"beyond Unicode", "{\"text\":\"\xf4\x90\x80\x80\"}", "bad-utf8"},
      {"bad UTF-8 in a key", "{\"\xff\":1}", "bad-utf8"},
      {"a byte order mark", "\xef\xbb\xbf{\"text\":\"a\"}", "not-json"},
      {"deep lists", nested(512, '[', ']'), "too-deep"},
      {"very deep lists", nested(100'000, '[', ']'), "too-deep"},
      {"deep and unfinished", "{\"a\":" + std::string(100'000, '[') + "}", "too-deep"},
      {"a text that is a number", R"({"text":5})", "text-type"},
  };
}

constexpr std::string_view kGood = R"({"id":"good","text":"fine"})";

TEST(ArticleRejects, ReportsErrors) {
  ArticleParser parser{FieldMap()};
  for (const BadLine& bad : bad_lines()) {
    const std::string padded = bad.line + std::string(kBlockPadding, '\0');
    EXPECT_FALSE(parser.parse(std::string_view(padded).substr(0, bad.line.size()))) << bad.what;
    EXPECT_EQ(name(parser.reason()), bad.reason) << bad.what;
  }
}

// The bytes after a line must not change its result, although the parser reads past its end.
TEST(ArticleRejects, IgnoresTheFollowingBytes) {
  ArticleParser parser{FieldMap()};
  for (const std::string_view neighbour : {kGood, std::string_view("}"), std::string_view("]"), std::string_view("\""),
                                           std::string_view(",\"a\":1}"), std::string_view(":")}) {
    for (const BadLine& bad : bad_lines()) {
      for (const char* newline : {"", "\n", "\r\n"}) {
        std::string bytes = bad.line + newline;
        while (bytes.size() < bad.line.size() + kBlockPadding) bytes += neighbour;
        EXPECT_FALSE(parser.parse(std::string_view(bytes).substr(0, bad.line.size()))) << bad.what << neighbour;
        EXPECT_TRUE(*newline == '\0' || name(parser.reason()) == bad.reason) << bad.what << neighbour;
      }
    }
  }
}

TEST(ArticleRejects, AcceptsGoodLinesBetweenBadOnes) {
  const std::vector<BadLine> bad = bad_lines();
  std::string feed;
  for (const BadLine& line : bad) feed += std::string(kGood) + "\n" + line.line + "\r\n";
  feed += kGood;
  Block block;
  feed.append(kBlockPadding, '\0');
  block.bytes = std::string_view(feed).substr(0, feed.size() - kBlockPadding);

  ArticleParser parser{FieldMap()};
  Line line;
  std::uint64_t number = 0;
  for (LineCursor cursor(block); cursor.next(line);) {
    ASSERT_EQ(line.number, ++number);
    ASSERT_EQ(parser.parse(line.bytes), number % 2 == 1) << "line " << number;
    ASSERT_EQ(feed.substr(line.offset, line.bytes.size()), line.bytes);
  }
  EXPECT_EQ(number, 2 * bad.size() + 1);
}

TEST(ArticleRejects, AcceptsDeepNestingBelowTheLimit) {
  const std::string line = nested(kMaxDepth - 1, '[', ']');
  const std::string padded = line + std::string(kBlockPadding, '\0');
  ArticleParser parser{FieldMap()};
  EXPECT_TRUE(parser.parse(std::string_view(padded).substr(0, line.size())));
}

TEST(ArticleRejects, HaveDistinctNames) {
  std::vector<std::string_view> names;
  for (int reason = 0; reason < kRejectReasons; ++reason) names.push_back(name(static_cast<RejectReason>(reason)));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
}

TEST(ArticleRejects, RejectTextsAboveTheLimit) {
  ArticleParser parser{FieldMap()};
  const auto parses = [&parser](std::size_t size) {
    const std::string line = R"({"text":")" + std::string(size, 'a') + R"("})";
    const std::string bytes = line + "\n" + std::string(kBlockPadding, ' ');
    return parser.parse(std::string_view(bytes).substr(0, line.size()));
  };
  EXPECT_TRUE(parses(kMaxTextBytes));
  EXPECT_FALSE(parses(kMaxTextBytes + 1));
  EXPECT_EQ(parser.reason(), RejectReason::line_too_long);
}

}  // namespace
}  // namespace wirecopy
