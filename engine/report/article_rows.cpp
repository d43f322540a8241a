#include "report/article_rows.hpp"

#include <fmt/format.h>

#include <wirecopy/error.hpp>

#include "base/line_file.hpp"
#include "feed/json_object.hpp"

namespace wirecopy {

ArticleRows::ArticleRows(const std::filesystem::path& result, const FeedAgain& feed,
                         const std::unordered_set<std::string>& clusters,
                         const std::unordered_set<std::uint32_t>& articles) {
  const std::filesystem::path path = result / "articles.jsonl";
  LineFile file(path);
  const Corpus& corpus = feed.corpus();
  std::uint32_t row = 0;
  JsonObject object;
  for (std::string line; file.next(line); ++row) {
    if (!object.read(line)) {
      throw Error(ErrorKind::state, fmt::format("{}:{}: not a JSON object", path.native(), row + 1));
    }
    const auto id = object.text("/id");
    if (row >= corpus.size() || id != corpus.id(ArticleId{row})) {
      throw Error(ErrorKind::io, fmt::format("{}:{}: not the article in the feed", path.native(), row + 1));
    }
    const std::string cluster(object.text("/cluster").value_or(""));
    if (clusters.contains(cluster)) clusters_[cluster].by_id[std::string(*id)].push_back(ArticleId{row});
    if (articles.contains(row)) cluster_of_[row] = cluster;
  }
  if (row != corpus.size()) {
    throw Error(ErrorKind::io, fmt::format("{}: {} articles, but the feed has {}", path.native(), row, corpus.size()));
  }
}

ArticleId ArticleRows::take(const std::string& cluster, const std::string& id) {
  const auto rows = clusters_.find(cluster);
  if (rows == clusters_.end()) return kNoArticle;
  const auto found = rows->second.by_id.find(id);
  if (found == rows->second.by_id.end() || found->second.empty()) return kNoArticle;
  const ArticleId article = found->second.front();
  if (found->second.size() > 1) found->second.erase(found->second.begin());
  return article;
}

ArticleId ArticleRows::find(const std::string& cluster, const std::string& id) const {
  const auto rows = clusters_.find(cluster);
  if (rows == clusters_.end()) return kNoArticle;
  const auto found = rows->second.by_id.find(id);
  return found == rows->second.by_id.end() ? kNoArticle : found->second.front();
}

std::string_view ArticleRows::cluster_of(ArticleId article) const {
  const auto found = cluster_of_.find(number(article));
  return found == cluster_of_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace wirecopy
