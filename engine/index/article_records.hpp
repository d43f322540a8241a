// The records of an article in the store: one, or two if its text is long.
//
// Every arrival asks for the heads of the articles that it resembles. The head of a giant text must not cost its
// tokens, so these have a record of their own.
#pragma once

#include "index/records.hpp"
#include "store/store.hpp"

namespace wirecopy {

/// The key of an article's head, and of the text that is apart from it.
[[nodiscard]] constexpr Key head_key(ArticleKey article) { return {Table::article, article, 0}; }
[[nodiscard]] constexpr Key text_key(ArticleKey article) { return {Table::article, article, 1}; }

void put_article(PendingStore& store, ArticleKey key, const StoredArticle& article);
/// All of an article, or all but its tokens. False if there is none; throw Error(state) for damage.
[[nodiscard]] bool read_article(const PendingStore& store, ArticleKey key, StoredArticle& article);
[[nodiscard]] bool read_head(const PendingStore& store, ArticleKey key, StoredArticle& article);
/// Completes an article that was decoded from its head.
void read_text_apart(const PendingStore& store, ArticleKey key, StoredArticle& article);

}  // namespace wirecopy
