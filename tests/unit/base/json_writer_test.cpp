#include "base/json_writer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace wirecopy {
namespace {

using namespace std::string_literals;

std::string escaped(std::string_view text) {
  std::string out;
  append_json_escaped(out, text);
  return out;
}

std::string number(double value, int decimals = JsonWriter::kDecimals) {
  std::string out;
  JsonWriter(out).value(value, decimals);
  return out;
}

TEST(JsonWriter, WritesNestedValuesWithCommas) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("id", "a").member("size", 3).key("sources").begin_array();
  json.value("x").value("y").begin_array().end_array().begin_object().end_object().end_array();
  json.member("none", nullptr).member("yes", true).member("no", false).key("raw").raw("[1]").end_object().end_line();
  json.value(1).end_line();
  EXPECT_EQ(out,
            "{\"id\":\"a\",\"size\":3,\"sources\":[\"x\",\"y\",[],{}],\"none\":null,\"yes\":true,\"no\":false,"
            "\"raw\":[1]}\n1\n");
}

TEST(JsonWriter, AppendsAndEscapesKeys) {
  std::string out = "before ";
  JsonWriter(out).begin_object().member("a\"b", std::string("v")).member("c", std::string_view("w")).end_object();
  EXPECT_EQ(out, "before {\"a\\\"b\":\"v\",\"c\":\"w\"}");
}

TEST(JsonWriter, WritesIntegersOfEverySize) {
  std::string out;
  JsonWriter json(out);
  json.begin_array().value(std::uint8_t{7}).value(-1).value(0U).value(std::numeric_limits<std::int64_t>::min());
  json.value(std::numeric_limits<std::uint64_t>::max()).value(std::int16_t{-300}).end_array();
  EXPECT_EQ(out, "[7,-1,0,-9223372036854775808,18446744073709551615,-300]");
}

TEST(JsonWriter, WritesOptionalValues) {
  std::string out;
  JsonWriter json(out);
  json.begin_array().value(std::optional<std::int64_t>(5)).value(std::optional<std::int64_t>());
  json.value(std::optional<std::string>("s")).value(std::optional<double>(0.25)).end_array();
  EXPECT_EQ(out, "[5,null,\"s\",0.25]");
}

TEST(JsonWriter, RoundsNumbersAndTrimsThem) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(-0.0), "0");
  EXPECT_EQ(number(-0.00001), "0");
  EXPECT_EQ(number(0.5), "0.5");
  EXPECT_EQ(number(1.0 / 3), "0.3333");
  EXPECT_EQ(number(2.0 / 3), "0.6667");
  EXPECT_EQ(number(0.99996), "1");
  EXPECT_EQ(number(-12.5), "-12.5");
  EXPECT_EQ(number(100), "100");
  EXPECT_EQ(number(1200.0, 0), "1200") << "zeros before the point stay";
  EXPECT_EQ(number(1.26, 1), "1.3");
  EXPECT_EQ(number(1e21), "1000000000000000000000");
  EXPECT_EQ(number(std::numeric_limits<double>::max()).size(), 309U);
  EXPECT_EQ(number(-std::numeric_limits<double>::max(), 17).size(), 310U);
  EXPECT_EQ(number(std::nan("")), "null");
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonEscape, LeavesPlainTextAlone) {
  for (const std::string_view text :
       {"", "plain", "a longer plain text / with slashes <and> 'apostrophes'", "Grüße", "Ἀθῆναι", "新聞", "ข่าว", "😀",
        "\xC2\xA0", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xE2\x80\xA7\xE2\x80\xAA"}) {
    EXPECT_EQ(escaped(text), text);
  }
}

TEST(JsonEscape, EscapesWhatJsonRequires) {
  EXPECT_EQ(escaped("say \"no\" \\ \b\f\n\r\t"), R"(say \"no\" \\ \b\f\n\r\t)");
  EXPECT_EQ(escaped("\0\x01\x1F"s), R"(\u0000\u0001\u001f)");
}

TEST(JsonEscape, EscapesWhatTerminalsAndScriptsInterpret) {
  EXPECT_EQ(escaped("\x1B[31m\x7F"), R"(\u001b[31m\u007f)");
  EXPECT_EQ(escaped("\xC2\x80\xC2\x9B\xC2\x9F"), R"(\u0080\u009b\u009f)");
  EXPECT_EQ(escaped("\xE2\x80\xA8\xE2\x80\xA9"), R"(\u2028\u2029)");
}

// The table of "U+FFFD for maximal subparts" in section 3.9 of the Unicode standard, and its neighbours.
TEST(JsonEscape, ReplacesIllFormedText) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(escaped("a\xFFz"), "a" + bad + "z");
  EXPECT_EQ(escaped("\x80"), bad) << "a continuation byte alone";
  EXPECT_EQ(escaped("\xC0\xAF"), bad + bad) << "overlong";
  EXPECT_EQ(escaped("\xE0\x80\xBF"), bad + bad + bad) << "overlong";
  EXPECT_EQ(escaped("\xF0\x81\x82\x41"), bad + bad + bad + "A") << "overlong";
  EXPECT_EQ(escaped("\xED\xA0\x80"), bad + bad + bad) << "surrogate";
  EXPECT_EQ(escaped("\xF4\x91\x92\x93"), bad + bad + bad + bad) << "beyond U+10FFFF";
  EXPECT_EQ(escaped("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), bad + bad + bad + bad + "A") << "cut";
  EXPECT_EQ(escaped("cut \xE6\x96"), "cut " + bad) << "cut at the end";
  EXPECT_EQ(escaped("\xC3"), bad);
}

// Every byte at every position of the eight bytes that are tested together.
TEST(JsonEscape, EscapesAByteAlikeAtEveryPosition) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    for (std::size_t before = 0; before < 17; ++before) {
      EXPECT_EQ(escaped(std::string(before, 'x') + one + std::string(9, 'y')),
                std::string(before, 'x') + escaped(one) + std::string(9, 'y'));
    }
  }
}

}  // namespace
}  // namespace wirecopy
