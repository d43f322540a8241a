// Compares the article parser's verdict on thousands of broken lines with simdjson's DOM parser and a naive recogniser.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <string>
#include <vector>

#include "base/hash.hpp"
#include "feed/article_parser.hpp"
#include "feed/block.hpp"
#include "reference/strict_json.hpp"

namespace wirecopy {
namespace {

constexpr int kMutations = 60'000;

std::vector<std::string> valid_lines() {
  return {
      R"({"id":"1","title":"Rain","text":"It rained.\nA lot: \"so much\" \u20ac 5.","published":"2019-11-18T10:15:29Z"})",
      R"({"a":[1,-2.5e+10,true,false,null,"x",[],{},[[{"b":[0]}]]],"text":["one",{"value":"two"}]})",
      R"( { "text" : "\ud83d\ude00 \ud83d" , "n" : 0 , "e\u0301" : { } } )",
      "{\"text\":\"Дождь шёл весь день, "
      "雨が降った\",\"source\":{\"name\":\"Пример\",\"uri\":null},\"id\":12345678901234567890}",
      R"({"bodies":[{"value":"a\\b\/c"},{"value":"\t"}],"text":"","z":1E-7,"url":"https://example.org/\u0061?b=c"})",
  };
}

std::string mutate(std::string line, RandomStream& random) {
  static constexpr std::string_view kInteresting = "{}[]\",:\\u0129eE+-. \t\r\x01\x7f\x80\xd0\xed\xff/dtfn";
  const std::uint32_t edits = 1 + random.below(3);
  for (std::uint32_t edit = 0; edit < edits && !line.empty(); ++edit) {
    const std::size_t at = random.below(static_cast<std::uint32_t>(line.size()));
    const char c = kInteresting[random.below(static_cast<std::uint32_t>(kInteresting.size()))];
    switch (random.below(5)) {
      case 0:
        line.erase(at, 1 + random.below(3));
        break;
      case 1:
        line.insert(at, 1, c);
        break;
      case 2:
        line[at] = c;
        break;
      case 3:
        line[at] = static_cast<char>(line[at] ^ (1 << random.below(8)));
        break;
      default:
        line.insert(at, line.substr(random.below(static_cast<std::uint32_t>(line.size())), random.below(12)));
    }
  }
  return line;
}

std::string padded(const std::string& line) { return line + "\n" + std::string(kBlockPadding, ' '); }

// Whether the parser accepts the line as an article; a text of an unusable type is still JSON.
bool parser_accepts(ArticleParser& parser, const std::string& line) {
  const std::string bytes = padded(line);
  return parser.parse(std::string_view(bytes).substr(0, line.size())) || parser.reason() == RejectReason::text_type;
}

// Rewrites the escapes that simdjson's DOM rejects and the article parser repairs, so that both can be compared.
std::string without_lone_surrogates(const std::string& line) {
  std::string result = line;
  for (std::size_t at = 0; at + 5 < result.size(); ++at) {
    if (result[at] != '\\') continue;
    if (result[at + 1] == 'u' && (result[at + 2] | 0x20) == 'd' && result[at + 3] >= '8')
      result.replace(at + 2, 2, "00");
    ++at;
  }
  return result;
}

TEST(FeedJson, AgreesWithTheNaiveRecogniser) {
  RandomStream random(11);
  ArticleParser parser{FieldMap()};
  int accepted = 0;
  for (int round = 0; round < kMutations; ++round) {
    const std::vector<std::string> lines = valid_lines();
    const std::string line = mutate(lines[random.below(static_cast<std::uint32_t>(lines.size()))], random);
    const bool expected = reference::StrictJson::is_object(line, kMaxDepth);
    ASSERT_EQ(parser_accepts(parser, line), expected) << line << "\n" << name(parser.reason());
    accepted += expected ? 1 : 0;
  }
  EXPECT_GT(accepted, kMutations / 10);
  EXPECT_LT(accepted, kMutations * 9 / 10);
}

TEST(FeedJson, AgreesWithTheDomParser) {
  RandomStream random(12);
  ArticleParser parser{FieldMap()};
  simdjson::dom::parser dom;
  int accepted = 0;
  for (int round = 0; round < kMutations; ++round) {
    const std::vector<std::string> lines = valid_lines();
    const std::string mutated = mutate(lines[random.below(static_cast<std::uint32_t>(lines.size()))], random);
    const std::string line = without_lone_surrogates(mutated);
    simdjson::dom::element element;
    const auto error = dom.parse(line).get(element);
    // The parser accepts numbers beyond 64 bits and keeps their digits; newer versions of simdjson have a separate
    // error for them.
    const bool big = std::string_view(simdjson::error_message(error)).find("64 bits") != std::string_view::npos;
    if (error == simdjson::NUMBER_ERROR || big || line.starts_with("\xef\xbb\xbf")) continue;
    const bool expected = !error && element.is_object();
    ASSERT_EQ(parser_accepts(parser, line), expected) << line << "\n" << simdjson::error_message(error);
    accepted += expected ? 1 : 0;
  }
  EXPECT_GT(accepted, kMutations / 10);
}

// Strings are unescaped like by the DOM parser.
TEST(FeedJson, UnescapesLikeTheDomParser) {
  static constexpr std::string_view kParts[] = {"\\n",     "\\\"",           "\\\\",    "\\/",
                                                "\\u0041", "\\u00e9",        "\\u20AC", "a",
                                                "Ж",       "\\ud83d\\ude00", "\\b",     "longer run of text "};
  RandomStream random(13);
  ArticleParser parser{FieldMap()};
  simdjson::dom::parser dom;
  for (int round = 0; round < 20'000; ++round) {
    std::string line = "{\"text\":\"";
    for (std::uint32_t part = random.below(40); part != 0; --part) line += kParts[random.below(12)];
    line += "\"}";
    const std::string bytes = padded(line);
    ASSERT_TRUE(parser.parse(std::string_view(bytes).substr(0, line.size())));
    ASSERT_EQ(parser.article().article.text, std::string_view(dom.parse(line)["text"])) << line;
  }
}

TEST(FeedJson, AgreesOnNestingAroundTheLimit) {
  ArticleParser parser{FieldMap()};
  for (std::size_t depth = kMaxDepth - 3; depth < kMaxDepth + 3; ++depth) {
    std::string objects;
    for (std::size_t level = 0; level < depth; ++level) objects += "{\"a\":";
    objects.append("1").append(depth, '}');
    const std::string lists = "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
    for (const std::string& line : {objects, lists}) {
      EXPECT_EQ(parser_accepts(parser, line), reference::StrictJson::is_object(line, kMaxDepth)) << depth;
    }
  }
}

}  // namespace
}  // namespace wirecopy
