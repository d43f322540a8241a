#include "report/outlet_table.hpp"

#include <gtest/gtest.h>

namespace wirecopy {
namespace {

ListedMember member(const std::string& source, bool kept, double own, const std::string& agency) {
  ListedMember made;
  made.source = source;
  made.kept = kept;
  made.own = own;
  made.agency = agency;
  return made;
}

/// b.example publishes a story `lag` seconds after a.example.
ListedCluster story(std::int64_t lag) {
  ListedCluster cluster;
  cluster.agency = "AFP";
  cluster.outlets = {{"a.example", 1000, 0}, {"b.example", 1000 + lag, lag}, {"c.example", std::nullopt, std::nullopt}};
  cluster.members = {member("a.example", true, 0.5, "AFP"), member("b.example", false, 0.1, ""),
                     member("c.example", true, 0.3, "")};
  return cluster;
}

const OutletFigures& figures(const OutletTable& table, const std::string& name) {
  for (const OutletFigures& outlet : table.outlets()) {
    if (outlet.name == name) return outlet;
  }
  throw std::out_of_range(name);
}

TEST(OutletTable, CountsFirstPublicationsAndLags) {
  OutletTable table;
  for (const std::int64_t lag : {60, 600, 6000}) table.add(story(lag));
  table.finish();
  EXPECT_EQ(figures(table, "a.example").first, 3U);
  EXPECT_EQ(figures(table, "b.example").first, 0U);
  EXPECT_EQ(figures(table, "b.example").stories, 3U);
  EXPECT_EQ(figures(table, "b.example").removed, 3U);
  EXPECT_EQ(figures(table, "b.example").median_lag, 600);
  EXPECT_NEAR(figures(table, "b.example").own / 3, 0.1, 1e-9);
  ASSERT_EQ(table.flows().size(), 1U);  // an outlet without dates has no flows
  EXPECT_EQ(table.flows().front().stories, 3U);
  EXPECT_EQ(table.flows().front().median_lag, 600);
}

TEST(OutletTable, AgenciesAreCountedByStoryCopyAndOutlet) {
  OutletTable table;
  for (const std::int64_t lag : {1, 2}) table.add(story(lag));
  table.finish();
  ASSERT_EQ(table.agencies().size(), 1U);
  EXPECT_EQ(table.agencies().front().name, "AFP");
  EXPECT_EQ(table.agencies().front().stories, 2U);
  EXPECT_EQ(table.agencies().front().copies, 6U);
  EXPECT_EQ(table.agencies().front().outlets, 3U);
}

TEST(OutletTable, WithTheFeedAllArticlesAreCounted) {
  OutletTable without, with;
  without.add(story(1));
  without.finish();
  EXPECT_EQ(figures(without, "a.example").articles, 1U);
  EXPECT_EQ(figures(without, "a.example").credited, 1U);
  with.add(story(1));
  for (int i = 0; i < 10; ++i) with.add_article("a.example", i < 4 ? "Reuters" : "");
  with.finish();
  EXPECT_EQ(figures(with, "a.example").articles, 10U);
  EXPECT_EQ(figures(with, "a.example").credited, 4U);
  EXPECT_EQ(figures(with, "a.example").agency, "Reuters");
}

TEST(OutletTable, TheBusiestHaveTheMostCopies) {
  OutletTable table;
  table.add(story(1));
  ListedCluster other = story(2);
  other.members.push_back(member("c.example", false, 0, ""));
  table.add(other);
  table.add_article("quiet.example", "");
  table.finish();
  const auto busiest = table.busiest(10);
  ASSERT_EQ(busiest.size(), 3U);
  EXPECT_EQ(table.outlets()[busiest.front()].name, "c.example");
  EXPECT_EQ(table.busiest(1).size(), 1U);
}

}  // namespace
}  // namespace wirecopy
