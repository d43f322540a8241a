#include "index/index_view.hpp"

#include <algorithm>

#include "index/article_id.hpp"
#include "index/article_records.hpp"
#include "index/story_records.hpp"

namespace wirecopy {

bool IndexView::read_article(ArticleKey key, StoredArticle& article) const {
  return wirecopy::read_article(contents_.pending, key, article);
}

bool IndexView::read_head(ArticleKey key, StoredArticle& article) const {
  return wirecopy::read_head(contents_.pending, key, article);
}

bool IndexView::read_text(ArticleKey key, MarkedText& text) const {
  if (!read_article(key, text.article)) return false;
  mark_text(text, contents_.parameters.options, contents_.sources.boilerplate(text.article.source));
  return true;
}

ArticleKey IndexView::representative_of(ArticleKey key) const {
  std::string bytes;
  if (!contents_.pending.get({Table::membership, key, 0}, bytes)) return key;
  const Membership membership = decode_membership(bytes);
  return membership.representative == kNoKey ? key : membership.representative;
}

std::optional<Story> IndexView::story_of(ArticleKey representative) const {
  std::string bytes;
  if (!contents_.pending.get({Table::membership, representative, 0}, bytes)) return std::nullopt;
  const Membership membership = decode_membership(bytes);
  Story story;
  if (membership.representative != kNoKey || !read_story(contents_.pending, membership.story, story))
    return std::nullopt;
  return story;
}

std::optional<ArticleKey> IndexView::living(ArticleKey representative, std::int64_t cutoff) const {
  StoredArticle article;
  if (!read_head(representative, article)) return std::nullopt;
  if (is_living(article, cutoff)) return representative;
  std::optional<ArticleKey> found;
  contents_.pending.scan({Table::duplicate, representative, 0}, {Table::duplicate, representative + 1, 0},
                         [&](const Key& key, std::string_view) {
                           if (read_head(ArticleKey(key.minor), article) && is_living(article, cutoff))
                             found = ArticleKey(key.minor);
                           return !found;
                         });
  return found;
}

std::optional<ArticleKey> IndexView::find_id(std::string_view id, std::int64_t cutoff) const {
  std::optional<ArticleKey> found;
  if (id.empty()) return found;
  const std::uint64_t hash = posting_hash_of_id(id);
  StoredArticle article;
  contents_.postings.find(std::span(&hash, 1), [&](std::size_t, ArticleKey key, std::uint32_t) {
    if (!read_head(key, article) || article.id != id || !is_living(article, cutoff)) return;
    if (!found || *found < key) found = key;
  });
  return found;
}

std::vector<const StoryNode*> IndexView::nodes_of(const Story& story, ClusterNumber cluster, std::int64_t cutoff) {
  std::vector<const StoryNode*> nodes;
  for (const StoryNode& node : story.nodes) {
    if (node.cluster == cluster && node.living > 0 && node.newest >= cutoff) nodes.push_back(&node);
  }
  return nodes;
}

const StoryNode& IndexView::canonical_of(std::span<const StoryNode* const> nodes) const {
  return preferred_node(nodes, contents_.parameters.options,
                        [this](std::uint32_t source) { return contents_.sources.name(source); });
}

Index::Member IndexView::member_of(const StoredArticle& article) const {
  Index::Member member{article.id, contents_.sources.name(article.source), {}, article.time};
  if (article.published != kNoDate) member.published = article.published;
  return member;
}

std::optional<Index::Member> IndexView::find(std::string_view id) const {
  const std::optional<ArticleKey> key = find_id(id, contents_.cutoff());
  StoredArticle article;
  if (!key || !read_head(*key, article)) return std::nullopt;
  return member_of(article);
}

void IndexView::append_members(const StoryNode& node, std::int64_t cutoff,
                               std::vector<std::pair<ArticleKey, Index::Member>>& members) const {
  const auto append = [&](ArticleKey key) {
    StoredArticle article;
    if (!read_head(key, article) || !is_living(article, cutoff)) return;
    members.emplace_back(key, member_of(article));
  };
  append(node.key);
  contents_.pending.scan({Table::duplicate, node.key, 0}, {Table::duplicate, node.key + 1, 0},
                         [&](const Key& key, std::string_view) {
                           append(ArticleKey(key.minor));
                           return true;
                         });
}

std::optional<Index::Cluster> IndexView::cluster(std::string_view id) const {
  const ClusterNumber number = cluster_number(id);
  const std::optional<ClusterFate> fate = fate_of(number);
  if (!fate) return std::nullopt;
  Index::Cluster cluster{std::string(id), cluster_name(fate->became), {}};
  if (fate->became != kNoCluster) return cluster;
  cluster.members = members_of(fate->story, number);
  if (cluster.members.empty()) return std::nullopt;
  return cluster;
}

std::optional<ClusterFate> IndexView::fate_of(ClusterNumber cluster) const {
  if (cluster == kNoCluster) return std::nullopt;
  std::string bytes;
  const auto read = [&](std::uint64_t generation) {
    return contents_.pending.get({Table::cluster, make_key(generation, 0), cluster}, bytes);
  };
  if (read(contents_.generation_at(contents_.counters.now))) return decode_fate(bytes);
  for (const auto& [generation, count] : contents_.counters.articles) {
    if (read(generation)) return decode_fate(bytes);
  }
  return std::nullopt;
}

std::vector<Index::Member> IndexView::members_of(StoryKey key, ClusterNumber cluster) const {
  Story story;
  if (!read_story(contents_.pending, key, story)) return {};
  const std::int64_t cutoff = contents_.cutoff();
  const std::vector<const StoryNode*> nodes = nodes_of(story, cluster, cutoff);
  if (nodes.empty()) return {};
  std::vector<std::pair<ArticleKey, Index::Member>> found;
  for (const StoryNode* node : nodes) append_members(*node, cutoff, found);
  const StoryNode& canonical = canonical_of(nodes);
  const ArticleKey first = living(canonical.key, cutoff).value_or(canonical.key);
  std::sort(found.begin(), found.end(), [first](const auto& a, const auto& b) {
    return std::pair(a.first != first, sequence_of(a.first)) < std::pair(b.first != first, sequence_of(b.first));
  });
  std::vector<Index::Member> members;
  members.reserve(found.size());
  for (auto& [article, member] : found) members.push_back(std::move(member));
  return members;
}

std::string IndexView::cluster_of(std::string_view article_id) const {
  const std::optional<ArticleKey> key = find_id(article_id, contents_.cutoff());
  return key ? cluster_name(cluster_number_of(*key)) : std::string();
}

ClusterNumber IndexView::cluster_number_of(ArticleKey key) const {
  const ArticleKey representative = representative_of(key);
  const std::optional<Story> story = story_of(representative);
  if (!story) return kNoCluster;
  for (const StoryNode& node : story->nodes) {
    if (node.key == representative) return node.cluster;
  }
  return kNoCluster;
}

std::vector<Index::Event> IndexView::events(std::uint64_t after, std::size_t limit) const {
  std::vector<Index::Event> events;
  if (limit == 0) return events;
  contents_.pending.scan({Table::event, 0, 0}, {Table::event, UINT64_MAX, 0},
                         [&](const Key& key, std::string_view bytes) {
                           if (key.minor <= after) return true;
                           events.push_back(decode_event(bytes));
                           events.back().number = key.minor;
                           return events.size() < limit;
                         });
  return events;
}

}  // namespace wirecopy
