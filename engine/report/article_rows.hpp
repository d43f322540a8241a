// Where the articles of a cluster stand in the feed: articles.jsonl, asked for some clusters and some articles.
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

/// Articles by cluster and id. Lines of articles.jsonl are numbered as articles of the feed are.
class ArticleRows {
 public:
  /// Reads articles.jsonl once. Throws Error(io) where its articles are not those of the feed, Error(state) for
  /// damaged lines.
  ArticleRows(const std::filesystem::path& result, const FeedAgain& feed,
              const std::unordered_set<std::string>& clusters, const std::unordered_set<std::uint32_t>& articles);

  /// The article with this id in the cluster; of several with one id, another at each call. kNoArticle if none is left.
  [[nodiscard]] ArticleId take(const std::string& cluster, const std::string& id);
  /// The same, without taking it.
  [[nodiscard]] ArticleId find(const std::string& cluster, const std::string& id) const;
  /// The cluster of one of the articles asked for; empty for none.
  [[nodiscard]] std::string_view cluster_of(ArticleId article) const;

 private:
  struct Rows {
    NameMap<std::vector<ArticleId>> by_id;
  };
  NameMap<Rows> clusters_;
  std::unordered_map<std::uint32_t, std::string> cluster_of_;
};

}  // namespace wirecopy
