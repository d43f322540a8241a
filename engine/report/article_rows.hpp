// The positions in the feed of some articles and of the articles of some clusters, read from articles.jsonl.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/name_map.hpp"
#include "inspect/feed_again.hpp"

namespace wirecopy {

/// Articles by cluster and id. Line n of articles.jsonl is article n of the feed.
class ArticleRows {
 public:
  /// Reads articles.jsonl once. Throws Error(io) if its articles are not those of the feed, and Error(state) if a line
  /// is damaged.
  ArticleRows(const std::filesystem::path& result, const FeedAgain& feed,
              const std::unordered_set<std::string>& clusters, const std::unordered_set<std::uint32_t>& articles);

  /// Returns the article with this id in the cluster. If several articles have the id, each call returns another one.
  /// kNoArticle if none is left.
  [[nodiscard]] ArticleId take(const std::string& cluster, const std::string& id);
  /// Like take(), but later calls may return the same article.
  [[nodiscard]] ArticleId find(const std::string& cluster, const std::string& id) const;
  /// The cluster of one of the requested articles; empty if it is in none.
  [[nodiscard]] std::string_view cluster_of(ArticleId article) const;

 private:
  struct Rows {
    NameMap<std::vector<ArticleId>> by_id;
  };
  NameMap<Rows> clusters_;
  std::unordered_map<std::uint32_t, std::string> cluster_of_;
};

}  // namespace wirecopy
