#include "feed/document_lines.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <vector>
#include <wirecopy/error.hpp>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

std::string filtered(std::string document, std::string_view records = "", std::size_t step = std::string::npos) {
  DocumentLines lines(records);
  for (std::size_t at = 0; at < document.size();) {
    const std::size_t size = std::min(step, document.size() - at);
    lines.filter({document.data() + at, size});
    at += size;
  }
  return document;
}

/// The lines that are not blank, compacted.
std::vector<std::string> articles(const std::string& lines) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string_view line = std::string_view(lines).substr(at, end - at);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) append_compact(line, found.emplace_back());
    at = end + 1;
  }
  return found;
}

using Lines = std::vector<std::string>;

Lines articles_of(const std::string& document, std::string_view records = "") {
  const std::string lines = filtered(document, records);
  EXPECT_EQ(lines.size(), document.size());
  for (const std::size_t step : {1, 2, 7}) EXPECT_EQ(filtered(document, records, step), lines) << step;
  return articles(lines);
}

std::string damage_of(std::string document, std::string_view records = "") {
  DocumentLines lines(records);
  lines.filter(document);
  return lines.damage().value_or("");
}

TEST(DocumentLines, GivesEachElementOfAnArrayALine) {
  EXPECT_EQ(articles_of(R"([{"a":1},{"b":"x, ]}["}])"), (Lines{R"({"a":1})", R"({"b":"x, ]}["})"}));
  EXPECT_EQ(articles_of("[]"), Lines{});
  EXPECT_EQ(articles_of(" [ {} , {} ] \n"), (Lines{"{}", "{}"}));
  EXPECT_EQ(articles_of("\xef\xbb\xbf[{\"a\":1}]"), Lines{R"({"a":1})"});
  EXPECT_EQ(articles_of(R"([{"a":1}][{"b":2}])"), (Lines{R"({"a":1})", R"({"b":2})"}));
}

TEST(DocumentLines, KeepsOffsets) {
  const std::string document = "[\n  {\"a\": 1},\n  {\"b\": 2}\n]\n";
  const std::string lines = filtered(document);
  EXPECT_EQ(lines.find("{\"b\""), document.find("{\"b\""));
  EXPECT_EQ(std::ranges::count(lines, '\n'), 2);
}

TEST(DocumentLines, RemovesWhiteSpaceThatSpansLines) {
  EXPECT_EQ(articles_of("[\n {\n  \"a\": 1,\n  \"b\": [1, 2,\r\n 3]\n }\n]"), Lines{R"({"a": 1,"b": [1, 2,3]})"});
  EXPECT_EQ(articles_of("{\n \"a\": \"x  y\"\n}\n{\n \"a\": 2\n}\n"), (Lines{R"({"a": "x  y"})", R"({"a": 2})"}));
}

TEST(DocumentLines, FindsTheArrayAtAPointer) {
  const std::string page =
      R"({"n":[1,{"docs":[{"no":1}]}],"r":{"x":"docs","docs":[{"a":1},{"b":[2]}]},"docs":[{"no":2}]})";
  EXPECT_EQ(articles_of(page, "/r/docs"), (Lines{R"({"a":1})", R"({"b":[2]})"}));
  EXPECT_EQ(articles_of(page, "/docs"), Lines{R"({"no":2})"});
  EXPECT_EQ(articles_of(page, "/n/1/docs"), Lines{R"({"no":1})"});
  EXPECT_EQ(articles_of(page + "\n" + page, "/r/docs").size(), 4);
  EXPECT_EQ(articles_of(R"({"a\/b":{"c~d":[{"e":1}]}})", "/a~1b/c~0d"), Lines{R"({"e":1})"});
  EXPECT_EQ(damage_of(page, "/r/none"), "the JSON document has no array at /r/none");
  EXPECT_EQ(damage_of(page, "/r"), "the JSON document has no array at /r");
  EXPECT_EQ(damage_of(page, "/r/docs"), "");
  EXPECT_THROW(DocumentLines("docs"), Error);
}

TEST(DocumentLines, LosesNoMoreThanTheBadElement) {
  EXPECT_EQ(articles_of(R"([{"a":1},nope,{"b":[1,2},{"c":3},"x",7,{"d"}}])"),
            (Lines{R"({"a":1})", "nope", R"({"b":[1,2})", R"({"c":3})", "\"x\"", "7", R"({"d"}})"}));
  EXPECT_EQ(articles_of("[{\"a\":1}\n{\"b\":2}\n,{\"c\":3}]"), (Lines{R"({"a":1})", R"({"b":2})", R"({"c":3})"}));
  EXPECT_EQ(articles_of(R"([{"a":]},{"b":2}])"), (Lines{R"({"a":]})", R"({"b":2})"}));
  // A line break inside a string is an error of its article.
  EXPECT_EQ(filtered("[{\"a\":\"x\ny\"},{}]"), " {\"a\":\"x\ry\"}\n{}\n");
}

TEST(DocumentLines, ReportsTruncation) {
  const std::string document = R"([{"a":"x"},{"b":[1]}])";
  for (std::size_t size = 1; size < document.size(); ++size) {
    EXPECT_EQ(damage_of(document.substr(0, size)), "the JSON document is truncated") << size;
  }
  EXPECT_EQ(damage_of(document), "");
  EXPECT_EQ(damage_of(""), "");
}

TEST(DocumentLines, KeepsBlankLinesShort) {
  const std::string lines = filtered("[" + std::string(1 << 20, ' ') + "{\"a\":1}]");
  std::size_t longest = 0;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  EXPECT_LE(longest, 65'536 + 8);
  EXPECT_EQ(articles(lines), Lines{R"({"a":1})"});
}

TEST(DocumentLines, TakesDeepNesting) {
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  EXPECT_EQ(articles_of("[{\"a\":" + deep + "},{\"b\":1}]"), (Lines{"{\"a\":" + deep + "}", R"({"b":1})"}));
}

TEST(LayoutOf, DecidesByTheFirstBytes) {
  const auto decided = [](std::string_view head) { return layout_of(head, "", true); };
  for (const char* document : {"[{\"a\"", "[]", " \n [ \n {", "{\n \"a\"", "{\r\n}", "\xef\xbb\xbf[{"}) {
    EXPECT_EQ(decided(document), Layout::document) << document;
  }
  for (const char* lines : {"", "\n\n", "{\"a\":1}\n", "{ \"a\"", "{\n{\"a\"", "[1", "[\"a\"", "x[{", "{", "["}) {
    EXPECT_EQ(decided(lines), Layout::lines) << lines;
  }
  EXPECT_EQ(layout_of("{\"a\":1}", "/a", false), Layout::document);
  for (const char* more : {"", " ", "[", "[ \n", "{", "{\n ", "\xef\xbb\xbf"}) {
    EXPECT_EQ(layout_of(more, "", false), std::nullopt) << more;
  }
  EXPECT_EQ(layout_of(std::string(4096, ' '), "", false), Layout::lines);
}

/// Random white space, sometimes over lines.
std::string gap(RandomStream& random) {
  std::string space;
  while (random.below(3) != 0) space += " \n\t\r"[random.below(4)];
  return space;
}

std::string random_value(RandomStream& random, int level) {
  static constexpr const char* kScalars[] = {
      "1", "-2.5e3", "true", "null", R"("")", R"("a\"b")", R"("]},{[")", R"("\\")", "\"\xd0\xb6 \xe4\xb8\xad\""};
  const std::uint64_t kind = level > 4 ? 0 : random.below(4);
  if (kind < 2) return kScalars[random.below(std::size(kScalars))];
  std::string text = kind == 2 ? "[" : "{";
  for (std::uint64_t i = 0, count = random.below(4); i < count; ++i) {
    text += (i == 0 ? "" : ",") + gap(random);
    if (kind == 3) text += "\"k" + std::to_string(i) + "\"" + gap(random) + ":" + gap(random);
    text += random_value(random, level + 1) + gap(random);
  }
  return text + (kind == 2 ? "]" : "}");
}

std::string minified(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  EXPECT_EQ(parser.parse(json.data(), json.size()).get(element), simdjson::SUCCESS) << json;
  return simdjson::minify(element);
}

// What a whole parser says of a document is the reference.
TEST(DocumentLines, AgreesWithAParserOnRandomDocuments) {
  RandomStream random(5);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> values;
    std::string array = gap(random) + "[";
    for (std::uint64_t i = 0, count = random.below(5); i < count; ++i) {
      values.push_back(random_value(random, 1));
      array += (i == 0 ? "" : ",") + gap(random) + values.back() + gap(random);
    }
    array += "]" + gap(random);
    const bool is_inner = random.below(2) == 0;
    const std::string document =
        is_inner ? "{\"x\":" + random_value(random, 2) + ",\"at\":" + array + ",\"y\":" + random_value(random, 2) + "}"
                 : array;
    const Lines found = articles_of(document, is_inner ? "/at" : "");
    ASSERT_EQ(found.size(), values.size()) << document;
    for (std::size_t i = 0; i < values.size(); ++i) {
      ASSERT_EQ(minified(found[i]), minified(values[i])) << document;
      ASSERT_EQ(found[i].find_first_of("\r\n"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace wirecopy
