#include "feed/article_parser.hpp"

#include <gtest/gtest.h>

#include <string>

#include "feed/block.hpp"

namespace wirecopy {
namespace {

// Parses one line, followed by bytes that must not matter.
class Parsed {
 public:
  explicit Parsed(std::string_view line, const FieldMap& map = FieldMap()) : parser_(map), bytes_(line) {
    bytes_ += std::string(kBlockPadding, '}');
    ok_ = parser_.parse(std::string_view(bytes_).substr(0, line.size()));
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] const Article& article() const { return parser_.article().article; }
  [[nodiscard]] const ParsedArticle& parsed() const { return parser_.article(); }
  [[nodiscard]] std::string_view reason() const { return ok_ ? "" : name(parser_.reason()); }

 private:
  ArticleParser parser_;
  std::string bytes_;
  bool ok_ = false;
};

FieldMap mapped(Role role, std::string_view path) {
  FieldMap map;
  map.set(role, path);
  return map;
}

TEST(ArticleParser, ReadsTheFieldsOfAnArticle) {
  const Parsed line(R"({"id":"7","title":"Rain","text":"It rained.","source":"example.org",)"
                    R"("url":"https://example.org/a","published":"2019-11-18T10:15:29Z","lang":"en"})");
  ASSERT_TRUE(line.ok());
  EXPECT_EQ(line.article().id, "7");
  EXPECT_EQ(line.article().title, "Rain");
  EXPECT_EQ(line.article().text, "It rained.");
  EXPECT_EQ(line.article().source, "example.org");
  EXPECT_EQ(line.article().url, "https://example.org/a");
  EXPECT_EQ(line.article().published, 1574072129);
  EXPECT_EQ(line.article().language, "en");
}

TEST(ArticleParser, TakesTheFirstCandidateThatIsNotEmpty) {
  EXPECT_EQ(Parsed(R"({"text":null,"maintext":"news-please"})").article().text, "news-please");
  EXPECT_EQ(Parsed(R"({"text":"","content":"c"})").article().text, "c");
  EXPECT_EQ(Parsed(R"({"description":"d","body":"b","text":"t"})").article().text, "t");
  EXPECT_EQ(Parsed(R"({"maintext":5,"text":"t"})").article().text, "t");
  const Parsed used(R"({"headline":"h","description":"d"})");
  EXPECT_EQ(FieldMap().candidates(Role::text)[static_cast<std::size_t>(used.parsed().used[2])].name, "description");
  EXPECT_EQ(used.parsed().used[static_cast<std::size_t>(Role::id)], FieldUsage::kNone);
}

TEST(ArticleParser, LooksIntoKnownObjects) {
  EXPECT_EQ(Parsed(R"({"source":{"id":null,"name":"The Example"}})").article().source, "The Example");
  EXPECT_EQ(Parsed(R"({"source":{"name":"n","uri":"example.com"}})").article().source, "example.com");
  EXPECT_EQ(Parsed(R"({"thread":{"site":"s.org","title":"x"}})").article().source, "s.org");
  EXPECT_EQ(Parsed(R"({"publisher":{"name":"P"},"site_name":"S"})").article().source, "P");
}

TEST(ArticleParser, DerivesSourceUrlAndIdFromAddresses) {
  const Parsed trafilatura(R"({"source":"https://WWW.Example.org:8080/a/b","text":"t"})");
  EXPECT_EQ(trafilatura.article().source, "example.org");
  EXPECT_EQ(trafilatura.article().url, "https://WWW.Example.org:8080/a/b");
  EXPECT_EQ(trafilatura.article().id, "https://WWW.Example.org:8080/a/b");
  EXPECT_EQ(Parsed(R"({"url":"http://user@News.example/x?y"})").article().source, "news.example");
  EXPECT_EQ(Parsed(R"({"url":"http://user@News.example/x?y","source":"WWW.Given.Org"})").article().source,
            "WWW.Given.Org");
  EXPECT_EQ(Parsed(R"({"text":"t"})").article().id, "");
}

TEST(ArticleParser, KeepsTheDigitsOfNumericIds) {
  EXPECT_EQ(Parsed(R"({"id": 100584590835136964123456789012 ,"text":"t"})").article().id,
            "100584590835136964123456789012");
  EXPECT_EQ(Parsed(R"({"id":1.50})").article().id, "1.50");
  EXPECT_EQ(Parsed(R"({"id":true,"uuid":"u"})").article().id, "u");
}

TEST(ArticleParser, TreatsOtherTypesAsMissing) {
  const Parsed line(R"({"title":5,"headline":"h","url":[1],"lang":{},"published":false,"source":7,"text":"t"})");
  ASSERT_TRUE(line.ok());
  EXPECT_EQ(line.article().title, "h");
  EXPECT_EQ(line.article().url, "");
  EXPECT_EQ(line.article().source, "");
  EXPECT_EQ(line.article().language, "");
  EXPECT_FALSE(line.article().published.has_value());
}

TEST(ArticleParser, AcceptsMissingAndEmptyTexts) {
  for (const char* line : {R"({})", R"({"text":null})", R"({"text":""})", R"({"text":[]})", R"({"id":"1"})"}) {
    const Parsed parsed(line);
    ASSERT_TRUE(parsed.ok()) << line;
    EXPECT_EQ(parsed.article().text, "") << line;
  }
}

TEST(ArticleParser, JoinsListsOfTexts) {
  EXPECT_EQ(Parsed(R"({"text":["one","t\u0077o",null,"three"]})").article().text, "one\ntwo\nthree");
  EXPECT_EQ(Parsed(R"({"body":[{"type":"p","value":"a"},{"x":[1],"text":"b"},"c"]})").article().text, "a\nb\nc");
  EXPECT_EQ(Parsed(R"({"text":["one"],"text":["two"]})").article().text, "two");
}

TEST(ArticleParser, RejectsTextsOfUnusableTypes) {
  for (const char* text : {"5", "-1e3", "true", "false", "{}", R"({"value":"x"})", "[1]", R"(["a",2])", R"([["a"]])",
                           R"([{"html":"x"}])", R"(["a",false])"}) {
    EXPECT_EQ(Parsed(R"({"id":"1","text":)" + std::string(text) + "}").reason(), "text-type") << text;
  }
}

TEST(ArticleParser, TakesTheLastOfEqualKeys) {
  EXPECT_EQ(Parsed(R"({"text":"a","text":"b"})").article().text, "b");
  EXPECT_EQ(Parsed(R"({"text":"a","text":null})").article().text, "");
  EXPECT_TRUE(Parsed(R"({"text":5,"text":"b"})").ok());
  EXPECT_EQ(Parsed(R"({"text":"a","text":5})").reason(), "text-type");
  EXPECT_EQ(Parsed(R"({"source":{"name":"x"},"source":"y"})").article().source, "y");
  EXPECT_EQ(Parsed(R"({"source":{"uri":"x"},"source":{"name":"y"}})").article().source, "y");
}

TEST(ArticleParser, MatchesEscapedKeys) {
  EXPECT_EQ(Parsed(R"({"\u0074ext":"a"})").article().text, "a");
  EXPECT_EQ(Parsed(R"({"te\"xt":"a","te\\xt":"b"})").article().text, "");
  EXPECT_EQ(Parsed(R"({"te\qxt":"a"})").reason(), "bad-escape");
}

TEST(ArticleParser, UnescapesStrings) {
  EXPECT_EQ(Parsed(R"({"text":"a\"\\\/\b\f\n\r\tz"})").article().text, "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(Parsed(R"({"text":"\u0416\u20ac\uD83D\uDE00"})").article().text, "Ж€😀");
  EXPECT_EQ(Parsed(R"({"text":"a\u0000b"})").article().text, std::string_view("a\0b", 3));
}

TEST(ArticleParser, RepairsLoneSurrogates) {
  EXPECT_EQ(Parsed(R"({"text":"cut \ud83d"})").article().text, "cut \ufffd");
  EXPECT_EQ(Parsed(R"({"text":"cut \ud83d more"})").article().text, "cut \ufffd more");
  EXPECT_EQ(Parsed(R"({"text":"\ude00\ud83d"})").article().text, "\ufffd\ufffd");
  EXPECT_EQ(Parsed(R"({"text":"\ud83d\ud83d\ude00"})").article().text, "\ufffd😀");
  EXPECT_EQ(Parsed(R"({"text":"\ud83d\n"})").article().text, "\ufffd\n");
  EXPECT_TRUE(Parsed(R"({"text":"a","other":"\ud83d","\ud83d":1})").ok());
}

TEST(ArticleParser, ReadsNumericDatesAndSkipsNonDates) {
  EXPECT_EQ(Parsed(R"({"timestamp":1574072129})").article().published, 1574072129);
  EXPECT_EQ(Parsed(R"({"timestamp":1574072129000})").article().published, 1574072129);
  EXPECT_EQ(Parsed(R"({"published":"yesterday","date":"2019-11-18"})").article().published, 1574035200);
  EXPECT_FALSE(Parsed(R"({"published":"yesterday"})").article().published.has_value());
}

TEST(ArticleParser, NormalisesLanguages) {
  for (const char* text : {"en", "EN", "en-US", "en_GB", "eng", "English"}) {
    EXPECT_EQ(Parsed(R"({"language":")" + std::string(text) + "\"}").article().language, "en") << text;
  }
  EXPECT_EQ(Parsed(R"({"lang":"ger"})").article().language, "de");
  EXPECT_EQ(Parsed(R"({"lang":"fil"})").article().language, "fil");
  EXPECT_EQ(Parsed(R"({"lang":"?"})").article().language, "");
  EXPECT_EQ(Parsed(R"({"lang":"unknown"})").article().language, "");
}

TEST(ArticleParser, DetectsTextsTruncatedByTheirProvider) {
  EXPECT_TRUE(Parsed(R"({"content":"Two hundred letters... [+1234 chars]"})").parsed().text_cut);
  for (const char* text : {"[+ chars]", "[+1x chars]", "+12 chars]", "[+12 chars] more", " chars]"}) {
    EXPECT_FALSE(Parsed(R"({"content":")" + std::string(text) + "\"}").parsed().text_cut) << text;
  }
}

TEST(ArticleParser, FollowsUserDefinedPaths) {
  EXPECT_EQ(Parsed(R"({"a":{"b":["x","y"]}})", mapped(Role::title, "/a/b/1")).article().title, "y");
  EXPECT_EQ(Parsed(R"({"a":{"b":"x"},"a.b":"z"})", mapped(Role::title, "a.b")).article().title, "x");
  EXPECT_EQ(Parsed(R"({"a/b":{"~":"x"}})", mapped(Role::title, "/a~1b/~0")).article().title, "x");
  EXPECT_EQ(Parsed(R"({"bodies":[{"value":"a"},{"n":1},{"value":"b"}]})", mapped(Role::text, "bodies[].value"))
                .article()
                .text,
            "a\nb");
  EXPECT_EQ(Parsed(R"({"l":[["a"],["b","c"]]})", mapped(Role::text, "l[][]")).article().text, "a\nb\nc");
  EXPECT_EQ(Parsed(R"({"bodies":[{"value":"a","value":"b"},{"value":"c"}]})", mapped(Role::text, "bodies[].value"))
                .article()
                .text,
            "b\nc");
  EXPECT_EQ(Parsed(R"({"text":"t","x":"u"})", mapped(Role::text, "x")).article().text, "u");
  EXPECT_EQ(Parsed(R"({"x":{"y":"u"}})", mapped(Role::text, "x")).reason(), "text-type");
}

TEST(ArticleParser, AllowsOneFieldForEveryRole) {
  FieldMap map;
  for (const Role role : kAllRoles) map.set(role, "x");
  const Parsed line(R"({"x":"\/\/Example.org\/\u0061"})", map);
  EXPECT_EQ(line.article().text, "//Example.org/a");
  EXPECT_EQ(line.article().id, "//Example.org/a");
  EXPECT_EQ(line.article().source, "example.org");
}

TEST(ArticleParser, ReusesItsMemoryBetweenLines) {
  ArticleParser parser{FieldMap()};
  for (const std::size_t size : {10, 1'000'000, 5, 9'000'000, 20, 300'000}) {
    std::string line = R"({"text":"\n)" + std::string(size, 'x') + "\"}";
    const std::size_t length = line.size();
    line.append(kBlockPadding, '"');
    ASSERT_TRUE(parser.parse(std::string_view(line).substr(0, length)));
    EXPECT_EQ(parser.article().article.text.size(), size + 1);
  }
}

}  // namespace
}  // namespace wirecopy
