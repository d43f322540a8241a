#include "inspect/explain.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>
#include <wirecopy/error.hpp>

namespace wirecopy {
namespace {

const std::string kStory =
    "It rained all day in the north of the country, and the rivers rose by two metres until the evening, when the fire "
    "service closed the bridges of three towns and asked people to stay at home.";

std::vector<Article> articles() {
  std::vector<Article> made(3);
  made[0].id = "a", made[0].text = kStory, made[0].source = "one.example";
  made[1].text = "Nothing of the kind was told in the south, where it stayed dry.", made[1].source = "two.example";
  made[2].id = "c", made[2].text = kStory, made[2].source = "two.example";
  return made;
}

TEST(Explain, AnyTwoArticles) {
  const std::vector<Article> made = articles();
  const Explanation same = explain(made[0], made[2], {});
  EXPECT_EQ(same.relation, Relation::exact);
  EXPECT_EQ(same.outcome, Outcome::linked);
  ASSERT_EQ(same.passages.size(), 1U);
  EXPECT_EQ(same.passages.front().first, kStory.substr(0, kStory.size() - 1));
  const Explanation other = explain(made[0], made[1], {});
  EXPECT_EQ(other.relation, std::nullopt);
  EXPECT_EQ(other.outcome, Outcome::apart);
  Options wrong;
  wrong.threshold = 2;
  EXPECT_THROW(static_cast<void>(explain(made[0], made[1], wrong)), Error);
}

}  // namespace
}  // namespace wirecopy
