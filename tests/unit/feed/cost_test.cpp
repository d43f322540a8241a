// No line costs more than a bounded time per byte, whatever it contains.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>

#include "feed/article_parser.hpp"
#include "feed/block.hpp"
#include "reference/cpu_cost.hpp"

namespace wirecopy {
namespace {

using reference::repeated;

// Ordinary lines cost about 1 ns per byte, the worst of those below about 30.
constexpr double kMaxNanoseconds = 150 * reference::kCostSlack;

using MakeLine = std::function<std::string(std::size_t)>;

struct HostileLine {
  std::string_view name;
  MakeLine make;
};

MakeLine around(std::string before, std::string piece, std::string after) {
  return [=](std::size_t size) { return before + repeated(piece, size) + after; };
}

// Two sequences of pieces, each of half the size.
MakeLine both(std::string before, std::string first, std::string between, std::string second, std::string after) {
  return [=](std::size_t size) {
    return before + repeated(first, size / 2) + between + repeated(second, size / 2) + after;
  };
}

double cost(const FieldMap& map, const MakeLine& make) {
  ArticleParser parser(map);
  const auto padded = [&make](std::size_t size) { return make(size) + std::string(kBlockPadding, '\n'); };
  return reference::worst_cost(kMaxNanoseconds, padded, [&parser](std::string_view line) {
    static_cast<void>(parser.parse(line.substr(0, line.size() - kBlockPadding)));
  });
}

void expect_cheap(const FieldMap& map, std::initializer_list<HostileLine> lines) {
  for (const HostileLine& line : lines) EXPECT_LT(cost(map, line.make), kMaxNanoseconds) << line.name;
}

TEST(Cost, OfRepeatedKeys) {
  expect_cheap(
      FieldMap(),
      {
          {"behind a list", both(R"({"text":["a")", R"(,"a")", "]", R"(,"id":1)", "}")},
          {"an object behind a list",
           both(R"({"text":["a")", R"(,"a")", "]", R"(,"source":{"name":"a","name":"b"})", "}")},
          {"behind a list of objects", both(R"({"text":[null)", R"(,{"text":"a"})", "]", R"(,"id":1)", "}")},
          {"lists", around(R"({"id":1)", R"(,"text":["a","b"])", "}")},
          {"lists of no text", around(R"({"id":1)", R"(,"text":[1])", "}")},
          {"of several roles", around(R"({"id":1)", R"(,"title":"a","text":"b","url":"c","source":"d")", "}")},
          {"escaped", around(R"({"id":1)", R"(,"\u0074ext":"\u0061")", "}")},
          {"inside an object of a list", around(R"({"text":[{"text":"a")", R"(,"text":"a","value":"b")", "}]}")},
          {"unknown", around(R"({"id":1)", R"(,"a":1)", "}")},
          {"empty", around(R"({"id":1)", R"(,"":"")", "}")},
      });
}

TEST(Cost, OfElementsOfLists) {
  FieldMap map;
  map.set(Role::text, "bodies[].value");
  map.set(Role::id, "bodies[].id");
  map.set(Role::title, "bodies[].parts[].name");
  expect_cheap(
      map,
      {
          {"elements", around(R"({"bodies":[{})", R"(,{"value":"a","id":1})", "]}")},
          {"repeated keys behind a list", both(R"({"bodies":[{"value":["a")", R"(,"a")", "]", R"(,"id":1)", "}]}")},
          {"elements behind many", both(R"({"bodies":[{})", R"(,{"value":"a"})", "", R"(,{"id":1,"id":2})", "]}")},
          {"repeated lists", around(R"({"id":1)", R"(,"bodies":[{"value":"a"}])", "}")},
          {"lists in elements", around(R"({"bodies":[{})", R"(,{"parts":[{"name":"a"},{"name":"b"}]})", "]}")},
          {"elements in an element", around(R"({"bodies":[{"parts":[{})", R"(,{"name":"a","name":"b"})", "]}]}")},
          {"elements of no text", around(R"({"bodies":[{})", R"(,{"value":1})", "]}")},
      });
}

TEST(Cost, OfNestingAndBrokenSyntax) {
  const std::string deep = std::string(500, '[') + std::string(500, ']');
  expect_cheap(FieldMap(), {
                               {"deep lists", around(R"({"text":[1)", "," + deep, "]}")},
                               {"too deep", around(R"({"a":)", "[", "")},
                               {"too deep and closed", around(R"({"a":)", R"({"a":)", "}")},
                               {"open lists", around(R"({"text":[")", R"(a",[],")", "")},
                               {"an open string", around(R"({"text":")", "a", "")},
                               {"closing brackets", around("{", "}", "]")},
                               {"objects in a row", around("", R"({"a":1})", "x")},
                               {"escaped quotes", around(R"({"a":")", R"(\")", R"("])")},
                               {"backslashes", around(R"({"a":")", R"(\\)", R"("})")},
                               {"commas", around("{", ",", "}")},
                               {"spaces", around(R"({"text")", " ", R"(:"a"})")},
                               {"spaces behind a list", around(R"({"text":["a")", " , \"a\" ", " ] }")},
                               {"spaces behind", around(R"({"text":"a"})", " ", "")},
                               {"a number", around("", "1", "")},
                               {"a long key", around(R"({")", R"(\u0041)", R"(":1})")},
                           });
}

TEST(Cost, OfValues) {
  const auto field = [](std::string name, std::string before, std::string piece, std::string after) {
    return around("{\"" + name + "\":\"" + before, std::move(piece), after + "\"}");
  };
  expect_cheap(FieldMap(), {
                               {"surrogates", field("text", "", R"(\ud83d)", "")},
                               {"escapes", field("text", "", R"(\n\u0041)", "")},
                               {"cut marks", field("text", "", "[+", "1 chars]")},
                               {"cut digits", field("text", "[+", "1", " chars]")},
                               {"an id", around(R"({"id":)", "1", "}")},
                               {"a fraction", around(R"({"published":1574072129.)", "1", "}")},
                               {"digits", around(R"({"published":)", "1", "}")},
                               {"an exponent", around(R"({"published":1574072129e)", "1", "}")},
                               {"spaces before a date", field("published", "", " ", "2019-11-18")},
                               {"spaces in a date", field("published", "Mon,", " ", "18 Nov 2019")},
                               {"fractions", field("published", "2019-11-18T10:15:29.", "0", "Z")},
                               {"letters", field("published", "2019-11-18 ", "a", "")},
                               {"a comment", field("published", "2019-11-18T10:15:29Z ", "(", ")")},
                               {"slashes", field("url", "", "/", "")},
                               {"a scheme", field("url", "", "a+", "://b")},
                               {"users", field("url", "http://", "a@", "b/")},
                               {"dots", field("url", "http://a", ".", "")},
                               {"brackets", field("url", "http://", "[", "")},
                               {"a source", field("source", "http://", "www.", "")},
                               {"a language", field("language", " ", " ", "english")},
                               {"a long language", field("language", "", "e", "")},
                           });
}

}  // namespace
}  // namespace wirecopy
