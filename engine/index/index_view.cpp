// What an index tells of what it remembers.
#include <algorithm>

#include "base/cancellation.hpp"
#include "cluster/clustering.hpp"
#include "index/engine.hpp"
#include "index/story_records.hpp"
#include "store/bytes.hpp"
#include "verify/relation.hpp"

namespace wirecopy {

bool IndexEngine::read_article(ArticleKey key, StoredArticle& article) const {
  return pending_->read({Table::article, key, 0}, [&](std::string_view bytes) { decode(bytes, article); });
}

bool IndexEngine::read_head(ArticleKey key, StoredArticle& article) const {
  return pending_->read({Table::article, key, 0}, [&](std::string_view bytes) { decode_head(bytes, article); });
}

bool IndexEngine::read_text(ArticleKey key, MarkedText& text) const {
  if (!read_article(key, text.article)) return false;
  mark_text(text, parameters_.options, sources_->boilerplate(text.article.source));
  return true;
}

ArticleKey IndexEngine::host_of(ArticleKey key) const {
  std::string bytes;
  if (!pending_->get({Table::place, key, 0}, bytes)) return key;
  const Place place = decode_place(bytes);
  return place.host == kNoKey ? key : place.host;
}

std::optional<Story> IndexEngine::story_of(ArticleKey host) const {
  std::string bytes;
  if (!pending_->get({Table::place, host, 0}, bytes)) return std::nullopt;
  const Place place = decode_place(bytes);
  Story story;
  if (place.host != kNoKey || !read_story(*pending_, place.story, story)) return std::nullopt;
  return story;
}

std::optional<ArticleKey> IndexEngine::living(ArticleKey host, std::int64_t cutoff) const {
  StoredArticle article;
  if (!read_head(host, article)) return std::nullopt;
  if (is_living(article, cutoff)) return host;
  std::optional<ArticleKey> found;
  pending_->scan({Table::satellite, host, 0}, {Table::satellite, host + 1, 0}, [&](const Key& key, std::string_view) {
    if (read_head(key.minor, article) && is_living(article, cutoff)) found = key.minor;
    return !found;
  });
  return found;
}

std::optional<ArticleKey> IndexEngine::find_id(std::string_view id, std::int64_t cutoff) const {
  std::optional<ArticleKey> found;
  if (id.empty()) return found;
  const std::uint64_t hash = id_hash(id);
  StoredArticle article;
  postings_->find(std::span(&hash, 1), [&](std::size_t, ArticleKey key, std::uint32_t) {
    if (!read_head(key, article) || article.id != id || !is_living(article, cutoff)) return;
    if (!found || *found < key) found = key;
  });
  return found;
}

void IndexEngine::describe_match(const Incoming& incoming, Index::Decision& decision) const {
  if (incoming.compared.empty()) return;
  const std::int64_t cutoff = cutoff_at(incoming.now);
  for (const ComparedArticle& best : incoming.compared) {
    const std::optional<ArticleKey> match = living(best.key, cutoff);
    StoredArticle article;
    if (!match || !read_head(*match, article)) continue;
    decision.relation = best.relation;
    decision.match = article.id;
    decision.similarity = best.similarity;
    const bool is_member = best.kinship == Kinship::match && incoming.key == kNoKey;
    if (is_member) describe_cluster(incoming, *match, decision);
    return;
  }
}

void IndexEngine::describe_cluster(const Incoming& incoming, ArticleKey member, Index::Decision& decision) const {
  const ArticleKey host = host_of(member);
  const std::optional<Story> story = story_of(host);
  StoredArticle article;
  if (!story) {
    if (incoming.key == kNoKey && read_head(member, article)) decision.canonical = article.id;
    return;
  }
  const auto node = std::find_if(story->nodes.begin(), story->nodes.end(),
                                 [host](const StoryNode& each) { return each.key == host; });
  if (node == story->nodes.end() || node->cluster == 0) return;
  const std::int64_t cutoff = cutoff_at(incoming.now);
  const std::vector<const StoryNode*> nodes = nodes_of(*story, node->cluster, cutoff);
  if (nodes.empty()) return;
  const StoryNode& canonical = canonical_of(nodes);
  const ArticleKey kept = living(canonical.key, cutoff).value_or(canonical.key);
  if (!read_head(kept, article)) return;
  decision.cluster = cluster_name(node->cluster);
  decision.canonical = article.id;
  decision.duplicate = kept != incoming.key && is_duplicate(incoming, canonical);
}

bool IndexEngine::is_duplicate(const Incoming& incoming, const StoryNode& canonical) const {
  const Options& options = parameters_.options;
  if (canonical.content == incoming.text.article.content) return options.drop.contains(Relation::exact);
  const auto known = std::find_if(incoming.compared.begin(), incoming.compared.end(),
                                  [&](const ComparedArticle& each) { return each.key == canonical.key; });
  ComparedArticle compared;
  if (known != incoming.compared.end()) {
    compared = *known;
  } else {
    Worker& worker = workers_.local();
    worker.judge.load(incoming.text);
    const auto found = compare_remembered(incoming.text, canonical.key, cutoff_at(incoming.now), worker);
    if (!found) return false;
    compared = *found;
  }
  if (compared.kinship != Kinship::match || !options.drop.contains(compared.relation)) return false;
  return compared.is_equal || compared.similarity.containment() >= 1 - kMostOwnText;
}

std::vector<const StoryNode*> IndexEngine::nodes_of(const Story& story, ClusterNumber cluster,
                                                    std::int64_t cutoff) const {
  std::vector<const StoryNode*> nodes;
  for (const StoryNode& node : story.nodes) {
    if (node.cluster == cluster && node.living > 0 && node.newest >= cutoff) nodes.push_back(&node);
  }
  return nodes;
}

const StoryNode& IndexEngine::canonical_of(std::span<const StoryNode* const> nodes) const {
  return preferred_node(nodes, parameters_.options, [this](std::uint32_t source) { return sources_->name(source); });
}

Index::Member IndexEngine::member_of(const StoredArticle& article) const {
  Index::Member member{article.id, sources_->name(article.source), {}, article.time};
  if (article.published != kNoDate) member.published = article.published;
  return member;
}

std::optional<Index::Member> IndexEngine::find(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  const std::optional<ArticleKey> key = find_id(id, cutoff_at(counters_.now));
  StoredArticle article;
  if (!key || !read_head(*key, article)) return std::nullopt;
  return member_of(article);
}

void IndexEngine::append_members(const StoryNode& node, std::int64_t cutoff,
                                 std::vector<std::pair<ArticleKey, Index::Member>>& members) const {
  const auto append = [&](ArticleKey key) {
    StoredArticle article;
    if (!read_head(key, article) || !is_living(article, cutoff)) return;
    members.emplace_back(key, member_of(article));
  };
  append(node.key);
  pending_->scan({Table::satellite, node.key, 0}, {Table::satellite, node.key + 1, 0},
                 [&](const Key& key, std::string_view) {
                   append(key.minor);
                   return true;
                 });
}

std::optional<Index::Cluster> IndexEngine::cluster(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  const ClusterNumber number = cluster_number(id);
  const std::optional<ClusterFate> fate = fate_of(number);
  if (!fate) return std::nullopt;
  Index::Cluster cluster{std::string(id), cluster_name(fate->became), {}};
  if (fate->became != 0) return cluster;
  cluster.members = members_of(fate->story, number);
  if (cluster.members.empty()) return std::nullopt;
  return cluster;
}

std::optional<ClusterFate> IndexEngine::fate_of(ClusterNumber cluster) const {
  if (cluster == 0) return std::nullopt;
  std::string bytes;
  const auto read = [&](std::uint64_t generation) {
    return pending_->get({Table::cluster, make_key(generation, 0), cluster}, bytes);
  };
  if (read(generation_at(counters_.now))) return decode_fate(bytes);
  for (const auto& [generation, count] : counters_.articles) {
    if (read(generation)) return decode_fate(bytes);
  }
  return std::nullopt;
}

std::vector<Index::Member> IndexEngine::members_of(StoryKey key, ClusterNumber cluster) const {
  Story story;
  if (!read_story(*pending_, key, story)) return {};
  const std::int64_t cutoff = cutoff_at(counters_.now);
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

std::string IndexEngine::cluster_of(std::string_view article_id) const {
  const std::shared_lock lock(mutex_);
  const std::optional<ArticleKey> key = find_id(article_id, cutoff_at(counters_.now));
  return key ? cluster_name(cluster_number_of(*key)) : std::string();
}

ClusterNumber IndexEngine::cluster_number_of(ArticleKey key) const {
  const ArticleKey host = host_of(key);
  const std::optional<Story> story = story_of(host);
  if (!story) return 0;
  for (const StoryNode& node : story->nodes) {
    if (node.key == host) return node.cluster;
  }
  return 0;
}

std::vector<Index::Event> IndexEngine::events(std::uint64_t after, std::size_t limit) const {
  const std::shared_lock lock(mutex_);
  std::vector<Index::Event> events;
  if (limit == 0) return events;
  pending_->scan({Table::event, 0, 0}, {Table::event, UINT64_MAX, 0}, [&](const Key& key, std::string_view bytes) {
    if (key.minor <= after) return true;
    events.push_back(decode_event(bytes));
    events.back().number = key.minor;
    return events.size() < limit;
  });
  return events;
}

std::uint64_t IndexEngine::verify(const std::stop_token& stop) const {
  const std::shared_lock lock(mutex_);
  store_->verify(stop);
  postings_->verify(stop);
  std::uint64_t records = 0;
  const auto for_each = [&](Table table, auto use) {
    store_->scan({table, 0, 0}, {table, UINT64_MAX, 0}, [&](const Key& key, std::string_view bytes) {
      throw_if_stopped(stop);
      use(key, bytes);
      ++records;
      return true;
    });
  };
  StoredArticle article;
  std::map<std::uint64_t, std::uint64_t> articles;
  std::uint64_t newest = 0;
  for_each(Table::article, [&](const Key& key, std::string_view bytes) {
    decode(bytes, article);
    if (!article.removed) ++articles[generation_of(key.major)];
    newest = std::max(newest, sequence_of(key.major));
    if (article.source >= sources_->size()) ByteReader::damaged();
  });
  Story story;
  for_each(Table::story, [&](const Key& key, std::string_view) {
    if (key.minor != 0) return;  // a piece of one
    if (!read_story(*pending_, key.major, story)) ByteReader::damaged();
    read_edges(*pending_, story);
  });
  for_each(Table::place, [&](const Key& key, std::string_view bytes) {
    const Place place = decode_place(bytes);
    std::string other;
    const bool is_sound = place.host != kNoKey ? store_->get({Table::satellite, place.host, key.major}, other)
                                               : store_->get({Table::story, place.story, 0}, other);
    if (!is_sound) ByteReader::damaged();
  });
  for_each(Table::cluster, [](const Key&, std::string_view bytes) { static_cast<void>(decode_fate(bytes)); });
  for_each(Table::event, [](const Key&, std::string_view bytes) { static_cast<void>(decode_event(bytes)); });
  for (const auto& [generation, count] : counters_.articles) {
    if (articles[generation] != count) {
      throw Error(ErrorKind::state, "the index is damaged: there are not as many articles as were added");
    }
  }
  if (newest >= counters_.next_sequence) ByteReader::damaged();
  return records;
}

}  // namespace wirecopy
