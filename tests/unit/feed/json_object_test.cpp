#include "feed/json_object.hpp"

#include <gtest/gtest.h>

#include <string>

namespace wirecopy {
namespace {

TEST(JsonObject, LooksUpValuesByPointer) {
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

TEST(JsonObject, RejectsNonObjects) {
  JsonObject object;
  for (const std::string bad : {"", "[]", "7", "{", "{\"a\":1,}", "{} {}", "\xff"})
    EXPECT_FALSE(object.read(bad)) << bad;
  EXPECT_TRUE(object.read("{}"));
}

TEST(JsonObject, VisitsTheElementsOfArrays) {
  JsonObject object;
  ASSERT_TRUE(object.read(R"({"list":[{"id":"a","in":[1,2]},{"id":"b","in":[3]}],"names":["x","y"],"id":"whole"})"));
  std::string seen;
  object.for_each("/list", [&] {
    seen += object.text("/id").value_or("?");
    object.for_each("/in", [&] { seen += std::to_string(object.natural("").value_or(0)); });
  });
  object.for_each("/names", [&] { seen += object.text("").value_or("?"); });
  object.for_each("/id", [&] { seen += "no array"; });
  object.for_each("/missing", [&] { seen += "nothing there"; });
  EXPECT_EQ(seen, "a12b3xy");
  EXPECT_EQ(object.text("/id"), "whole");
}

}  // namespace
}  // namespace wirecopy
