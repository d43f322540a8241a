#include "feed/field_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <wirecopy/error.hpp>

#include "feed/address.hpp"
#include "feed/field_tree.hpp"
#include "feed/json_text.hpp"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

PathStep key(std::string name) { return {PathStep::Kind::key, std::move(name)}; }
const PathStep kEach{PathStep::Kind::elements, {}};

std::array<std::int8_t, kRoles> used(std::int8_t title, std::int8_t text, std::int8_t source) {
  std::array<std::int8_t, kRoles> result;
  result.fill(FieldUsage::kNone);
  result[static_cast<std::size_t>(Role::title)] = title;
  result[static_cast<std::size_t>(Role::text)] = text;
  result[static_cast<std::size_t>(Role::source)] = source;
  return result;
}

TEST(FieldPath, ReadsPointersAndDottedNames) {
  EXPECT_THAT(parse_field_path("text").steps, ElementsAre(key("text")));
  EXPECT_THAT(parse_field_path("source.name").steps, ElementsAre(key("source"), key("name")));
  EXPECT_THAT(parse_field_path("bodies[].value").steps, ElementsAre(key("bodies"), kEach, key("value")));
  EXPECT_THAT(parse_field_path("a[][]").steps, ElementsAre(key("a"), kEach, kEach));
  EXPECT_THAT(parse_field_path("/a/b.c/0").steps, ElementsAre(key("a"), key("b.c"), key("0")));
  EXPECT_THAT(parse_field_path("/a~1b/~01//").steps, ElementsAre(key("a/b"), key("~1"), key(""), key("")));
}

TEST(FieldPath, RejectsInvalidPaths) {
  for (const char* path : {"", ".", "a.", ".a", "a..b", "[]", "a.[]", "/~", "/~2", "/a~"}) {
    EXPECT_THROW((void)parse_field_path(path), Error) << path;
  }
}

TEST(FieldTree, FindsEveryKnownNameAndNoOther) {
  const FieldMap map;
  const FieldTree tree(map);
  for (const Role role : kAllRoles) {
    for (std::size_t rank = 0; rank < map.candidates(role).size(); ++rank) {
      FieldTree::NodeId node = FieldTree::kRoot;
      for (const PathStep& step : map.candidates(role)[rank].steps) node = tree.child(node, step.key);
      ASSERT_NE(node, FieldTree::kNone);
      EXPECT_EQ(tree.slot(node), tree.slot_of(role, rank));
    }
  }
  for (const char* other : {"", "t", "texts", "Text", "tex", "tixt", "source/name"}) {
    EXPECT_EQ(tree.child(FieldTree::kRoot, other), FieldTree::kNone) << other;
  }
}

TEST(FieldUsage, DescribesTheMapping) {
  const FieldMap map;
  FieldUsage usage;
  for (int article = 0; article < 3; ++article) usage.add(used(1, 0, FieldUsage::kOther), false);
  EXPECT_EQ(usage.describe(map), "text <- maintext, title <- headline, source <- host of url");
  usage.add(used(0, 0, FieldUsage::kNone), false);
  EXPECT_EQ(usage.describe(map), "text <- maintext, title <- title (1) or headline (3), source <- host of url (3)");
  EXPECT_TRUE(usage.warnings(map).empty());
}

TEST(FieldUsage, MergesInAnyOrder) {
  const FieldMap map;
  FieldUsage a;
  FieldUsage b;
  a.add(used(0, 0, 0), true);
  b.add(used(1, FieldUsage::kNone, FieldUsage::kOther), false);
  FieldUsage ab = a;
  ab.merge(b);
  FieldUsage ba = b;
  ba.merge(a);
  EXPECT_EQ(ab.describe(map), ba.describe(map));
  EXPECT_EQ(ab.articles(), 2U);
}

TEST(FieldUsage, WarnsOfDescriptionsAndTruncatedTexts) {
  const FieldMap map;
  FieldUsage usage;
  EXPECT_TRUE(usage.warnings(map).empty());
  usage.add(used(0, FieldUsage::kNone, 0), false);
  EXPECT_THAT(usage.warnings(map), ElementsAre(HasSubstr("no article has a text")));
  usage.add(used(0, static_cast<std::int8_t>(map.candidates(Role::text).size() - 1), 0), true);
  usage.add(used(0, 0, 0), true);
  EXPECT_THAT(usage.warnings(map), ElementsAre(HasSubstr("1 of 3 articles have no text other than a description"),
                                               HasSubstr("2 of 3 texts end in")));
}

TEST(Address, FindsHosts) {
  char host[200];
  EXPECT_EQ(host_of("https://www.Example.org/a?b#c", host), "example.org");
  EXPECT_EQ(host_of("http://me:pw@example.org:80", host), "example.org");
  EXPECT_EQ(host_of("//cdn.example.org", host), "cdn.example.org");
  EXPECT_EQ(host_of("http://[::1]:8080/", host), "[::1]");
  EXPECT_EQ(host_of("http://www.", host), "www");
  EXPECT_EQ(host_of("http://www.a/", host), "a");
  for (const char* text :
       {"", "example.org", "http:/x", "http://", "a b://c", "://x", "The//Times", "/a//b", "http:///a"}) {
    EXPECT_EQ(host_of(text, host), "") << text;
    EXPECT_FALSE(is_url(text)) << text;
  }
}

TEST(JsonText, RecognisesNumbers) {
  for (const char* number :
       {"0", "-0", "10", "1.5", "-1.05e10", "1E+2", "1e-2", "0.0", "123456789012345678901234567890", "1e999"}) {
    EXPECT_TRUE(is_json_number(number)) << number;
  }
  for (const char* other :
       {"", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1x", "0x1", "1 2", "--1", "NaN", "1.5.2"}) {
    EXPECT_FALSE(is_json_number(other)) << other;
  }
}

}  // namespace
}  // namespace wirecopy
