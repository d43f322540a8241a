#include "index/article_records.hpp"

#include "store/bytes.hpp"

namespace wirecopy {

void put_article(PendingStore& store, ArticleKey key, const StoredArticle& article) {
  store.put(head_key(key), encode(article));
  if (article.tokens.size() > kMaxTokensInHead) store.put(text_key(key), encode_text(article));
}

bool read_article(const PendingStore& store, ArticleKey key, StoredArticle& article) {
  if (!store.read(head_key(key), [&](std::string_view bytes) { decode(bytes, article); })) return false;
  if (article.is_text_apart) read_text_apart(store, key, article);
  return true;
}

bool read_head(const PendingStore& store, ArticleKey key, StoredArticle& article) {
  return store.read(head_key(key), [&](std::string_view bytes) { decode_head(bytes, article); });
}

void read_text_apart(const PendingStore& store, ArticleKey key, StoredArticle& article) {
  if (!store.read(text_key(key), [&](std::string_view bytes) { decode_text(bytes, article); })) ByteReader::damaged();
}

}  // namespace wirecopy
