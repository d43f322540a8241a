#include "report/read_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace wirecopy {
namespace {

/// A text of words separated by single spaces; words in (brackets) are boilerplate.
ReadText made(std::string_view text) {
  ReadText read;
  bool is_ignored = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size() - 1) + 1;
    std::string word(text.substr(at, end - at));
    if (word.front() == '(') is_ignored = true, word.erase(0, 1);
    const bool is_last_ignored = word.find(')') != std::string::npos;
    if (is_last_ignored) word.erase(word.find(')'), 1);
    read.begins.push_back(static_cast<std::uint32_t>(read.text.size()));
    read.text += word;
    read.boilerplate.push_back(is_ignored ? 1 : 0);
    while (word.ends_with(' ')) word.pop_back();
    std::string folded;
    for (const char c : word) folded += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    read.tokens.push_back(static_cast<Token>(std::hash<std::string>()(folded)) & ~Token{3});
    if (is_last_ignored) is_ignored = false;
    at = end;
  }
  return read;
}

std::string edits(std::string_view first, std::string_view second) {
  std::string text;
  JsonWriter json(text);
  add_edits(json, made(first), made(second));
  return text;
}

TEST(Edits, EqualTextsAreOneLength) { EXPECT_EQ(edits("a rainy day", "a rainy day"), "[0,11]"); }

TEST(Edits, CutAddedAndRespeltWords) {
  EXPECT_EQ(edits("one two three four five six", "one two three six"), "[0,14,2,10,0,3]");
  EXPECT_EQ(edits("one two three six", "one two three four five six"), "[0,14,3,\"four five \",0,3]");
  EXPECT_EQ(edits("one two three", "One two three"), "[1,4,\"One \",0,9]");
}

TEST(Edits, AChangedNumber) {
  EXPECT_EQ(edits("at least 12 were hurt", "at least 14 were hurt"), "[0,9,4,3,\"14 \",0,9]");
}

TEST(Edits, LengthsAreInUtf16CodeUnits) {
  EXPECT_EQ(edits("\xf0\x9f\x8c\xa7 \xc3\xa9t\xc3\xa9 x y z", "x y z"),
            "[2,7,0,5]");  // the cloud is two code units, é is one
}

TEST(Edits, BoilerplateIsMarkedOnBothSides) {
  EXPECT_EQ(edits("one (two three) four", "one two three four"), "[0,4,8,10,0,4]");
  EXPECT_EQ(edits("one two three four", "one (two three) four"), "[0,4,16,10,0,4]");
}

TEST(Edits, AnEqualWordBetweenDifferencesIsADifference) {
  EXPECT_EQ(edits("a b the c d", "w x the y z"), "[2,11,3,\"w x the y z\"]");
}

TEST(Edits, LongAdditionsAreTruncated) {
  std::string added;
  for (int i = 0; i < 400; ++i) added += "word" + std::to_string(i) + " ";
  const std::string written = edits("one two three", "one two three " + added + "end");
  EXPECT_LT(written.size(), 1000U);
  EXPECT_THAT(written, testing::HasSubstr(",5,"));
}

TEST(Texts, IncludeTheirBoilerplate) {
  std::string text;
  JsonWriter json(text);
  add_text(json, made("one (two three) four"));
  EXPECT_EQ(text, "{\"x\":\"one two three four\",\"w\":0,\"b\":[4,10]}");
}

}  // namespace
}  // namespace wirecopy
