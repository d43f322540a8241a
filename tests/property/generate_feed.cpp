// Laws of made feeds, for any number of articles and any seed.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <string>

#include "unit/generate/json_checker.hpp"
#include "unit/generate/made_feed.hpp"

namespace wirecopy::generate {
namespace {

using test::make;
using test::member;

TEST(GenerateProperties, LinesAreCountedValidAndUnique) {
  EXPECT_TRUE(rc::check([] {
    const auto articles = *rc::gen::inRange<std::uint64_t>(1, 400);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const test::Lines lines = make(articles, seed);
    RC_ASSERT(lines.feed.size() == articles);
    RC_ASSERT(lines.truth.size() == articles);
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < articles; ++i) {
      RC_ASSERT(test::JsonChecker(lines.feed[i]).is_object_line());
      RC_ASSERT(test::JsonChecker(lines.truth[i]).is_object_line());
      RC_ASSERT(ids.insert(member(lines.feed[i], "id")).second);
      RC_ASSERT(member(lines.feed[i], "id") == member(lines.truth[i], "id"));
    }
  }));
}

TEST(GenerateProperties, TheSameSeedGivesTheSameBytes) {
  EXPECT_TRUE(rc::check([] {
    const auto articles = *rc::gen::inRange<std::uint64_t>(1, 200);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const test::Lines one = make(articles, seed);
    const test::Lines two = make(articles, seed);
    RC_ASSERT(one.feed == two.feed);
    RC_ASSERT(one.truth == two.truth);
  }));
}

TEST(GenerateProperties, AStoryStaysInItsLanguage) {
  EXPECT_TRUE(rc::check([] {
    const test::Lines lines = make(300, *rc::gen::arbitrary<std::uint64_t>());
    std::map<std::string_view, std::string_view> language;
    for (std::size_t i = 0; i < lines.feed.size(); ++i) {
      const std::string_view of = member(lines.feed[i], "lang");
      RC_ASSERT(language.emplace(member(lines.truth[i], "story"), of).first->second == of);
    }
  }));
}

}  // namespace
}  // namespace wirecopy::generate
