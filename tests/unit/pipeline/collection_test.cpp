#include "pipeline/collection.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "unit/base/temporary_directory.hpp"

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

TEST(Collection, FindsTheCopiesAmongArticlesHandedOver) {
  Collection collection({}, {}, FieldMap());
  collection.add(articles(), std::vector<std::uint64_t>{4, 6, 7}, {});
  collection.reject(5, RejectReason::text_type);
  collection.finish({});
  ASSERT_EQ(collection.resolution().clusters.size(), 1U);
  EXPECT_EQ(collection.resolution().duplicates, 1U);
  EXPECT_EQ(collection.corpus().record(ArticleId{2}).ordinal, 7U);
  EXPECT_EQ(collection.corpus().id(ArticleId{1}), "row:6");
  EXPECT_EQ(collection.rejects().front().row, 5U);
  EXPECT_NE(collection.summary().find("\"read\":4,\"kept\":2,\"duplicate\":1,\"rejected\":1"), std::string::npos);
}

TEST(Collection, ReadsFeeds) {
  const TemporaryDirectory directory;
  const std::string path = (directory.path() / "feed.jsonl").native();
  std::ofstream(path) << "{\"id\":\"a\",\"text\":\"" << kStory << "\"}\nno JSON\n{\"id\":\"c\",\"text\":\"" << kStory
                      << "\"}\n";
  Collection collection({}, {}, FieldMap());
  collection.add_feeds(std::vector{path}, {});
  collection.finish({});
  EXPECT_EQ(collection.resolution().duplicates, 1U);
  EXPECT_EQ(collection.counts().articles, 2U);
  ASSERT_EQ(collection.rejects().size(), 1U);
  EXPECT_EQ(collection.rejects().front().reject.place.line, 2U);
}

TEST(Collection, Stops) {
  std::stop_source stop;
  stop.request_stop();
  Collection collection({}, {}, FieldMap());
  collection.add(articles(), std::vector<std::uint64_t>{0, 1, 2}, {});
  EXPECT_THROW(collection.finish(stop.get_token()), Error);
}

}  // namespace
}  // namespace wirecopy
