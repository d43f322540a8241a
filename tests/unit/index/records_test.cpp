#include "index/records.hpp"

#include <gtest/gtest.h>

#include <wirecopy/error.hpp>

#include "index/article_records.hpp"
#include "index/parameters.hpp"
#include "store/store.hpp"

namespace wirecopy {
namespace {

StoredArticle made_article() {
  StoredArticle article;
  article.version = 3;
  article.time = 1700000000;
  article.published = 1600000000;
  article.content = {5, 6};
  article.identity = 7;
  article.source = 8;
  article.title_tokens = 1;
  article.text_tokens = 2;
  article.id = "an id";
  article.tokens = {4, 8, 12};
  article.unposted = {1};
  return article;
}

TEST(Records, LongTextsHaveARecordOfTheirOwn) {
  for (const std::size_t tokens : {kMaxTokensInHead, kMaxTokensInHead + 1}) {
    StoredArticle long_article = made_article();
    long_article.tokens.assign(tokens, 4);
    long_article.text_tokens = static_cast<std::uint32_t>(tokens) - long_article.title_tokens;
    const auto store = make_memory_store();
    PendingStore pending(*store);
    put_article(pending, ArticleKey(9), long_article);
    StoredArticle whole, head;
    ASSERT_TRUE(read_article(pending, ArticleKey(9), whole));
    EXPECT_EQ(whole.tokens, long_article.tokens);
    EXPECT_EQ(whole.unposted, long_article.unposted);
    ASSERT_TRUE(read_head(pending, ArticleKey(9), head));
    EXPECT_EQ(head.id, "an id");
    std::string bytes;
    EXPECT_EQ(pending.get(text_key(ArticleKey(9)), bytes), tokens > kMaxTokensInHead);
    EXPECT_FALSE(read_article(pending, ArticleKey(8), whole));
    if (tokens <= kMaxTokensInHead) continue;
    pending.erase(text_key(ArticleKey(9)));
    EXPECT_THROW((void)read_article(pending, ArticleKey(9), whole), Error);
  }
}

TEST(Records, ArticlesComeBack) {
  const std::string bytes = encode(made_article());
  StoredArticle article;
  decode(bytes, article);
  EXPECT_EQ(encode(article), bytes);
  EXPECT_EQ(article.tokens, made_article().tokens);
  StoredArticle head;
  decode_head(bytes, head);
  EXPECT_EQ(head.id, "an id");
  EXPECT_EQ(head.content, article.content);
}

TEST(Records, EventsComeBack) {
  const Index::Event event{
      0, 12, Index::Change::split, cluster_name(ClusterNumber(5)), cluster_name(ClusterNumber(6)), {"a", ""}};
  const Index::Event read = decode_event(encode(event));
  EXPECT_EQ(read.change, event.change);
  EXPECT_EQ(read.cluster, event.cluster);
  EXPECT_EQ(read.other, event.other);
  EXPECT_EQ(read.articles, event.articles);
}

// Every prefix, and every record with a byte too many, is refused.
TEST(Records, NoCutRecordIsTaken) {
  const std::string article = encode(made_article());
  StoredArticle read;
  for (std::size_t size = 0; size < article.size(); ++size) {
    EXPECT_THROW(decode(std::string_view(article).substr(0, size), read), Error);
  }
  EXPECT_THROW(decode(article + "x", read), Error);
  EXPECT_THROW(static_cast<void>(decode_membership("short")), Error);
  EXPECT_THROW(static_cast<void>(decode_fate("short")), Error);
  EXPECT_THROW(static_cast<void>(decode_event("short")), Error);
}

TEST(Records, ClusterNamesAreNumbers) {
  EXPECT_EQ(cluster_name(kNoCluster), "");
  EXPECT_EQ(cluster_name(ClusterNumber(0xabcdef)), "w0000000000abcdef");
  EXPECT_EQ(cluster_number("w0000000000abcdef"), ClusterNumber(0xabcdef));
  for (const char* text : {"", "w", "w0000000000ABCDEF", "x0000000000abcdef", "w0000000000abcdef0"}) {
    EXPECT_EQ(cluster_number(text), kNoCluster) << text;
  }
}

TEST(Parameters, ComeBackAndNameTheDifference) {
  IndexSettings settings;
  settings.options.emplace();
  settings.options->threshold = 0.6;
  settings.options->keep = Keep::source_order;
  settings.options->preferred_sources = {"a\"b", "c"};
  settings.window = 86400;
  const std::string text = encode(new_parameters(settings));
  const IndexParameters read = decode_parameters(text, {});
  EXPECT_EQ(encode(read), text);
  EXPECT_NO_THROW(static_cast<void>(decode_parameters(text, settings)));
  settings.options->threshold = 0.7;
  try {
    static_cast<void>(decode_parameters(text, settings));
    ADD_FAILURE() << "another threshold was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::state);
    EXPECT_NE(std::string_view(error.what()).find("threshold 0.6"), std::string_view::npos) << error.what();
  }
  for (const char* format : {"0", "2", "3"}) {
    const std::string other = "format " + std::string(format) + text.substr(text.find('\n'));
    EXPECT_THROW(static_cast<void>(decode_parameters(other, {})), Error) << format;
  }
  EXPECT_THROW(static_cast<void>(decode_parameters(text.substr(0, text.size() / 2), {})), Error);
}

TEST(Parameters, WhatCannotBeIndexedIsRefused) {
  IndexSettings settings;
  settings.window = 59;
  EXPECT_THROW(static_cast<void>(new_parameters(settings)), Error);
  settings.window = 0;
  settings.options.emplace();
  settings.options->method = Method::minhash;
  EXPECT_THROW(static_cast<void>(new_parameters(settings)), Error);
}

TEST(PendingStore, IsTheStoreWithItsChanges) {
  const auto store = make_memory_store();
  Changes before;
  for (std::uint64_t i = 0; i < 10; i += 2) before[{Table::meta, 0, i}] = "old";
  store->write(std::move(before));
  PendingStore pending(*store);
  pending.put({Table::meta, 0, 3}, "new");
  pending.put({Table::meta, 0, 4}, "newer");
  pending.erase({Table::meta, 0, 6});
  pending.put({Table::meta, 0, 9}, "last");
  std::string told, value;
  const auto tell = [&](const Key& key, std::string_view bytes) {
    told.append(std::to_string(key.minor)).append(bytes).append(" ");
    return true;
  };
  pending.scan({Table::meta, 0, 1}, {Table::meta, 0, 10}, tell);
  EXPECT_EQ(told, "2old 3new 4newer 8old 9last ");
  EXPECT_FALSE(pending.get({Table::meta, 0, 6}, value));
  EXPECT_TRUE(pending.get({Table::meta, 0, 2}, value));
  store->write(pending.take());
  told.clear();
  store->scan({Table::meta, 0, 1}, {Table::meta, 0, 10}, tell);
  EXPECT_EQ(told, "2old 3new 4newer 8old 9last ");
}

}  // namespace
}  // namespace wirecopy
