#include "index/article_id.hpp"

#include <gtest/gtest.h>

#include <string>

namespace wirecopy {
namespace {

const Article kArticle{"", "a title", "a text", "an outlet", "", "en", 17};

TEST(IdRule, TakesTheIdThenTheUrlThenTheContent) {
  const IdRule rule(1);
  Article article = kArticle;
  const IndexedId digest = rule.id_of(article);
  EXPECT_TRUE(digest.is_digest);
  EXPECT_EQ(digest.id.size(), 7U + 32U);
  EXPECT_TRUE(digest.id.starts_with("digest:"));
  article.url = "https://a.example/1";
  EXPECT_EQ(rule.id_of(article).id, "https://a.example/1");
  EXPECT_FALSE(rule.id_of(article).is_digest);
  article.id = "a1";
  EXPECT_EQ(rule.id_of(article).id, "a1");
}

TEST(IdRule, ADigestIsOfSourceTitleAndText) {
  const IdRule rule(1);
  const std::string id = rule.id_of(kArticle).id;
  Article same = kArticle;
  same.language = "de", same.published.reset();
  EXPECT_EQ(rule.id_of(same).id, id);
  for (std::string_view Article::*field : {&Article::source, &Article::title, &Article::text}) {
    Article other = kArticle;
    other.*field = "another";
    EXPECT_NE(rule.id_of(other).id, id);
  }
  // No field runs into the next one.
  EXPECT_NE(rule.id_of({"", "ab", "c", "s", "", "", {}}).id, rule.id_of({"", "a", "bc", "s", "", "", {}}).id);
  EXPECT_NE(IdRule(2).id_of(kArticle).id, id) << "collisions made for one seed hold for no other";
}

TEST(IdRule, NobodyCanClaimTheDigestOfAnother) {
  const IdRule rule(1);
  const std::string id = rule.id_of(kArticle).id;
  const Article thief{id, "another title", "another text", "another outlet", "", "", {}};
  EXPECT_NE(rule.id_of(thief).id, id);
  EXPECT_TRUE(rule.id_of(thief).is_digest);
  Article again = kArticle;
  again.id = id;
  EXPECT_EQ(rule.id_of(again).id, id) << "its own it may give";
  // What only looks like one is a name like any other.
  for (std::string name : {id + "0", id.substr(0, 38), "Digest" + id.substr(6)}) {
    again.id = name;
    EXPECT_EQ(rule.id_of(again).id, name);
  }
}

}  // namespace
}  // namespace wirecopy
