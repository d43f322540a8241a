#include "feed/json_object.hpp"

#include <gtest/gtest.h>

#include <string>

namespace wirecopy {
namespace {

TEST(JsonObject, AnswersByPointer) {
  JsonObject object;
  ASSERT_TRUE(object.read(R"({"id":"a\u00e9","n":7,"x":0.5,"yes":true,"in":{"list":[{"a/b":"deep"}]},"none":null})"));
  EXPECT_EQ(object.text("/id"), "a\u00e9");
  EXPECT_EQ(object.natural("/n"), 7U);
  EXPECT_EQ(object.number("/x"), 0.5);
  EXPECT_EQ(object.number("/n"), 7.0);
  EXPECT_EQ(object.truth("/yes"), true);
  EXPECT_EQ(object.text("/in/list/0/a~1b"), "deep");
  EXPECT_EQ(object.natural("/x"), std::nullopt);
  EXPECT_EQ(object.text("/n"), std::nullopt);
  EXPECT_EQ(object.text("/none"), std::nullopt);
  EXPECT_EQ(object.text("/in/list/1"), std::nullopt);
  EXPECT_EQ(object.truth("/missing"), std::nullopt);
}

TEST(JsonObject, RefusesWhatIsNoObject) {
  JsonObject object;
  for (const std::string bad : {"", "[]", "7", "{", "{\"a\":1,}", "{} {}", "\xff"})
    EXPECT_FALSE(object.read(bad)) << bad;
  EXPECT_TRUE(object.read("{}"));
}

}  // namespace
}  // namespace wirecopy
