// What an index remembers, as its readers see it: records through what is pending, and the public answers made of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <wirecopy/index.hpp>

#include "index/contents.hpp"
#include "index/records.hpp"
#include "index/texts.hpp"

namespace wirecopy {

/// Immutable; any number of threads may use it while the contents do not change.
class IndexView {
 public:
  /// The contents must outlive it.
  explicit IndexView(const IndexContents& contents) : contents_(contents) {}

  // Articles. Each returns false, or nothing, where there is no such article.
  [[nodiscard]] bool read_article(ArticleKey key, StoredArticle& article) const;
  /// Without its tokens.
  [[nodiscard]] bool read_head(ArticleKey key, StoredArticle& article) const;
  [[nodiscard]] bool read_text(ArticleKey key, MarkedText& text) const;
  [[nodiscard]] std::optional<ArticleKey> find_id(std::string_view id, std::int64_t cutoff) const;
  [[nodiscard]] static bool is_living(const StoredArticle& article, std::int64_t cutoff) {
    return !article.removed && article.time >= cutoff;
  }
  /// The article that represents a text.
  [[nodiscard]] ArticleKey representative_of(ArticleKey key) const;
  /// An article that is living and has the text of `representative`: itself, or the first of its duplicates that is.
  [[nodiscard]] std::optional<ArticleKey> living(ArticleKey representative, std::int64_t cutoff) const;

  // Stories and clusters.
  [[nodiscard]] std::optional<Story> story_of(ArticleKey representative) const;
  [[nodiscard]] ClusterNumber cluster_number_of(ArticleKey key) const;
  /// The nodes of a cluster that have a living article.
  [[nodiscard]] static std::vector<const StoryNode*> nodes_of(const Story& story, ClusterNumber cluster,
                                                              std::int64_t cutoff);
  [[nodiscard]] const StoryNode& canonical_of(std::span<const StoryNode* const> nodes) const;

  // What Index promises under the same names.
  [[nodiscard]] std::optional<Index::Member> find(std::string_view id) const;
  [[nodiscard]] std::optional<Index::Cluster> cluster(std::string_view id) const;
  [[nodiscard]] std::string cluster_of(std::string_view article_id) const;
  [[nodiscard]] std::vector<Index::Event> events(std::uint64_t after, std::size_t limit) const;

 private:
  [[nodiscard]] std::optional<ClusterFate> fate_of(ClusterNumber cluster) const;
  /// Its living members, the canonical first, the others in order of arrival.
  [[nodiscard]] std::vector<Index::Member> members_of(StoryKey story, ClusterNumber cluster) const;
  [[nodiscard]] Index::Member member_of(const StoredArticle& article) const;
  void append_members(const StoryNode& node, std::int64_t cutoff,
                      std::vector<std::pair<ArticleKey, Index::Member>>& members) const;

  const IndexContents& contents_;
};

}  // namespace wirecopy
