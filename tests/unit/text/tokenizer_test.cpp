#include "text/tokenizer.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/hash.hpp"
#include "reference/text_samples.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kSeed = 42;

std::vector<Token> tokens_of(std::string_view text, Kernel kernel = best_kernel(), std::uint64_t seed = kSeed) {
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  Tokenizer(seed, kernel).tokenize(text, scratch, tokens);
  return tokens;
}

std::string kinds_of(std::string_view text) {
  std::string kinds;
  for (const Token token : tokens_of(text)) kinds += "wis"[static_cast<int>(kind_of(token))];
  return kinds;
}

struct Example {
  std::string_view text;
  std::string_view normal;
};

void expect_normal(std::initializer_list<Example> examples) {
  for (const auto& [text, normal] : examples) {
    EXPECT_EQ(normalize(text), normal) << text;
    for (const Kernel kernel : available_kernels()) EXPECT_EQ(tokens_of(text, kernel), tokens_of(normal)) << text;
  }
}

TEST(Normalize, Latin) {
  expect_normal({{"", ""},
                 {" .,-", ""},
                 {"Hello, WORLD! 42", "hello world 42"},
                 {"e-mail x_y a.b", "e mail x y a b"},
                 {"Stra\u00dfe STRASSE \u1e9e", "strasse strasse ss"},
                 {"\u0130stanbul I\u0131", "i\u0307stanbul i\u0131"},
                 {"\u00c9cole e\u0301cole E\u0301COLE", "\u00e9cole \u00e9cole \u00e9cole"},
                 {"e\u0323\u0302 e\u0302\u0323 \u1ec7", "\u1ec7 \u1ec7 \u1ec7"},
                 {"\ufb01nance \ufb03 \u0133", "finance ffi ij"},
                 {"\uff28\uff25\uff2c\uff2c\uff2f\uff01\uff11\uff12", "hello 12"},
                 {"x\u00b2 H\u2082O 5\u2122 \u2116 7", "x2 h2o 5tm no 7"},
                 {"a\u00a0b a\u2026b a\u2014b a\u2028b", "a b a b a b a b"}});
}

TEST(Normalize, GreekCyrillicArmenian) {
  expect_normal(
      {{"\u039f\u0394\u039f\u03a3 \u03bf\u03b4\u03cc\u03c2", "\u03bf\u03b4\u03bf\u03c3 \u03bf\u03b4\u03cc\u03c3"},
       {"\u1fb3 \u0390", "\u03b1\u03b9 \u0390"},
       {"\u041c\u043e\u0441\u043a\u0432\u0430 \u0401\u0416", "\u043c\u043e\u0441\u043a\u0432\u0430 \u0451\u0436"},
       {"\u0438\u0306 \u0418\u0306", "\u0439 \u0439"},
       {"\u0587", "\u0565\u0582"}});
}

TEST(Normalize, ArabicAndHebrew) {
  expect_normal(
      {{"\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f"},
       {"\u0627\u0653 \u0622", "\u0622 \u0622"},
       {"\ufefb \ufe8d", "\u0644\u0627 \u0627"},
       {"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645"},
       {"\ufb2a \u05e9\u05c1", "\u05e9\u05c1 \u05e9\u05c1"},
       {"\u05d2'\u05d5\u05e8\u05d2 \u05d2\u05f3\u05d5\u05e8\u05d2",
        "\u05d2\u05d5\u05e8\u05d2 \u05d2\u05d5\u05e8\u05d2"},
       {"\u0661\u0662", "\u0661\u0662"}});
}

TEST(Normalize, Devanagari) {
  expect_normal({{"\u0939\u093f\u0928\u094d\u0926\u0940 \u0964", "\u0939\u093f\u0928\u094d\u0926\u0940"},
                 {"\u0928\u093c \u0929", "\u0929 \u0929"},
                 {"\u0958", "\u0915\u093c"}});
}

TEST(Normalize, Hangul) {
  expect_normal(
      {{"\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00"}, {"\ud55c\uad6d \uc5b4", "\ud55c\uad6d \uc5b4"}});
  EXPECT_EQ(kinds_of("\ud55c\uad6d"), "w");
}

TEST(Normalize, DropsInvisibleCharacters) {
  expect_normal({{"co\u00adop\u200b\u2060\ufeffera\u200dte\ufe0f", "cooperate"},
                 {"e\u034f\u0301", "\u00e9"},
                 {"\u200b", ""},
                 {"\U000e0041x", "x"}});
}

TEST(Normalize, IllFormedBytesAndNulSeparate) {
  using namespace std::string_view_literals;
  expect_normal({{"a\xff"
                  "b"sv,
                  "a b"},
                 {"a\xc3"sv, "a"},
                 {"\xe4\xb8"sv, ""},
                 {"a\xc0\xaf"
                  "b"sv,
                  "a b"},
                 {"a\xed\xa0\x80"
                  "b"sv,
                  "a b"},
                 {"a\xf5\x80\x80\x80"
                  "b"sv,
                  "a b"},
                 {"a\xf4\x90\x80\x80"
                  "b"sv,
                  "a b"},
                 {"a\xf0\x9f\x98x"sv, "a x"},
                 {"caf\xe9 ole"sv, "caf ole"},
                 {"a\0b"sv, "a b"}});
}

TEST(Normalize, Emoji) {
  expect_normal({{"go\U0001f600\u200d\U0001f525team \u2764\ufe0f", "go team"}, {"\U0001d400\U0001d7d8", "a0"}});
}

TEST(Apostrophes, OfAllKindsJoinLetters) {
  for (const std::string_view sign :
       {"'", "\u2019", "\u2018", "\u02bc", "`", "\u00b4", "\uff07", "\u2032", "\u201b", "\u05f3"}) {
    const std::string text = std::string("don").append(sign).append("t");
    expect_normal({{text, "dont"}, {"\u00e9" + text, "\u00e9dont"}});
  }
  expect_normal({{"O'Neill's d'\u00e9t\u00e9 rock'n'roll 80's", "oneills d\u00e9t\u00e9 rocknroll 80s"}});
}

TEST(Apostrophes, ElsewhereSeparate) {
  expect_normal({{"'quoted' \u2018words\u2019", "quoted words"},
                 {"a''b a'' b 'a", "a b a b a"},
                 {"boys' toys", "boys toys"},
                 {"a'-b", "a b"},
                 {"a'\u0301b", "a \u0301b"},
                 {"a\u2019\u4e2d", "a \u4e2d"},
                 {"\u4e2d'a", "\u4e2d a"}});
}

TEST(Apostrophes, JoinAcrossDroppedCharacters) { expect_normal({{"don'\u200bt don\u00ad't", "dont dont"}}); }

TEST(Kinds, EachCodePointOfHanAndKanaIsAnIdeograph) {
  EXPECT_EQ(kinds_of("\u4e2d\u56fd\u3001abc\u4e2d"), "iiwi");
  EXPECT_EQ(kinds_of("\u30ab\u30fc\u30c9\u306e\u3005\u3007"), "iiiiii");
  EXPECT_EQ(kinds_of("\U00020000\U0002f800\u2f00"), "iii");
  EXPECT_EQ(kinds_of("\u3105\u3106"), "w");
  expect_normal(
      {{"\uff76\uff9e\uff86", "\u30ac \u30cb"}, {"\u304b\u3099", "\u304c"}, {"\u30ab\u309a", "\u30ab\u309a"}});
  EXPECT_EQ(kinds_of("\u30ab\u309a"), "i");
}

TEST(Kinds, EachLetterOfThaiLaoKhmerMyanmarIsASyllable) {
  EXPECT_EQ(normalize("\u0e19\u0e49\u0e33"), "\u0e19\u0e49\u0e4d \u0e32");
  EXPECT_EQ(kinds_of("\u0e19\u0e49\u0e33"), "ss");
  EXPECT_EQ(kinds_of("\u0e01\u0e32\u0e25\u0e34abc \u0e52\u0e55"), "sssww");
  EXPECT_EQ(kinds_of("\u0ea5\u0eb2\u0ea7 \u1781\u17d2\u1798 \u1019\u103c\u1014\u103a"), "sssssss");
}

TEST(Kinds, MarksBelongToThePrecedingToken) {
  EXPECT_EQ(normalize("\u4e2d\u0301a \u0301b \u0e34\u0e01"), "\u4e2d\u0301 a \u0301b \u0e34 \u0e01");
  EXPECT_EQ(kinds_of("\u4e2d\u0301a \u0301b \u0e34\u0e01"), "iwwws");
}

TEST(Tokens, AreThoseOfTheTextWithoutMarkup) {
  expect_normal({{"<p>It&rsquo;s <b>r</b>aining in K&ouml;ln</p>", "its raining in k\u00f6ln"},
                 {"<script>x</script>a", "a"},
                 {"AT&T a < b", "at t a b"}});
}

TEST(Tokens, AreAppended) {
  TokenizerScratch scratch;
  std::vector<Token> tokens = tokens_of("one");
  Tokenizer(kSeed).tokenize("two", scratch, tokens);
  EXPECT_EQ(tokens, tokens_of("one two"));
}

TEST(Tokens, DependOnTheSeed) { EXPECT_NE(tokens_of("word", Kernel::scalar, 1), tokens_of("word", Kernel::scalar, 2)); }

TEST(Tokens, AreTheSameOnEveryMachine) {  // a change here changes the meaning of stored signatures
  EXPECT_EQ(tokens_of("wire copy \u4e2d", Kernel::scalar, 0), (std::vector<Token>{1213263080, 1078450672, 382763333}));
}

// 30 bits of hash: among n spellings, n^2 / 2^31 pairs collide on average, as a Poisson count (mean 18.6; P(> 45) <
// 1e-7).
TEST(Tokens, CollideOnlyByChance) {
  constexpr unsigned kSpellings = 200'000;
  std::set<Token> distinct;
  for (unsigned number = 0; number < kSpellings; ++number) {
    std::string spelling = number % 3 == 0 ? "someratherlongword" : "w";
    for (unsigned rest = number; rest > 0; rest /= 26) spelling += static_cast<char>('a' + rest % 26);
    distinct.insert(tokens_of(spelling).at(0));
  }
  EXPECT_GE(distinct.size(), kSpellings - 45);
}

TEST(Tokens, LongSpellingsDependOnEveryByte) {
  std::string spelling(100, 'a');
  std::set<Token> distinct{tokens_of(spelling).at(0)};
  for (char& letter : spelling) {
    letter = 'b';
    distinct.insert(tokens_of(spelling).at(0));
    letter = 'a';
  }
  for (unsigned length = 1; length < 100; ++length) distinct.insert(tokens_of(std::string(length, 'a')).at(0));
  EXPECT_EQ(distinct.size(), 200u);
}

TEST(Spans, GiveThePositionsOfTokens) {
  TokenizerScratch scratch;
  std::vector<TokenSpan> spans;
  Tokenizer(kSeed).tokenize_spans("Don't e\u0301t\u00e9\u00ad, \u4e2d", scratch, spans);
  ASSERT_EQ(spans.size(), 3u);
  EXPECT_EQ(spans[0].spelling, "dont");
  EXPECT_EQ(spans[0].bytes.begin, 0u);
  EXPECT_EQ(spans[0].bytes.end, 5u);
  EXPECT_EQ(spans[1].bytes.begin, 6u);
  EXPECT_EQ(spans[1].bytes.end, 12u);
  EXPECT_EQ(spans[2].bytes.begin, 16u);
  EXPECT_EQ(spans[2].bytes.end, 19u);
}

}  // namespace
}  // namespace wirecopy
