#include "index/stories.hpp"

#include <algorithm>
#include <unordered_set>

#include "corpus/corpus.hpp"
#include "index/article_records.hpp"
#include "index/story_records.hpp"
#include "verify/relation.hpp"

namespace wirecopy {
namespace {

/// Takes nodes out; edges follow.
template <typename IsOut>
void erase_nodes(Story& story, IsOut is_out) {
  std::vector<std::uint32_t> position(story.nodes.size(), UINT32_MAX);
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < story.nodes.size(); ++i) {
    if (is_out(story.nodes[i])) continue;
    position[i] = kept;
    story.nodes[kept++] = story.nodes[i];
  }
  story.nodes.resize(kept);
  std::erase_if(story.edges, [&](StoryEdge& edge) {
    edge.a = position[edge.a], edge.b = position[edge.b];
    return edge.a == UINT32_MAX || edge.b == UINT32_MAX;
  });
}

void append_node(Story& story, StoryNode node) {
  node.slot = story.next_slot++;
  story.nodes.push_back(node);
}

/// `SomeStory`: a story, const or not; so is the node.
template <typename SomeStory>
auto find_node(SomeStory& story, ArticleKey key) {
  const auto found =
      std::find_if(story.nodes.begin(), story.nodes.end(), [key](const StoryNode& node) { return node.key == key; });
  return found == story.nodes.end() ? nullptr : &*found;
}

StoryEdge make_edge(std::uint32_t a, std::uint32_t b, const ComparedArticle& compared) {
  return {a, b, compared.kinship, compared.similarity.agreement(), compared.similarity.jaccard()};
}

/// Whether a node comes before another by content, as the batch numbers them.
auto before_in(const Story& story) {
  return [&story](std::uint32_t a, std::uint32_t b) {
    return std::pair(story.nodes[a].content, story.nodes[a].key) <
           std::pair(story.nodes[b].content, story.nodes[b].key);
  };
}

std::vector<std::uint32_t> order_by_content(const Story& story) {
  std::vector<std::uint32_t> order(story.nodes.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), before_in(story));
  return order;
}

/// The nodes of a cluster except one, the first ones by content, at most `count`.
std::vector<std::uint32_t> first_members(const Story& story, ClusterNumber cluster, std::uint32_t but,
                                         std::size_t count) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t i = 0; i < story.nodes.size(); ++i) {
    if (i != but && story.nodes[i].cluster == cluster) members.push_back(i);
  }
  const std::size_t kept = std::min(count, members.size());
  std::partial_sort(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(kept), members.end(),
                    before_in(story));
  members.resize(kept);
  return members;
}

}  // namespace

std::optional<Membership> Stories::membership_of(ArticleKey key) const {
  std::string bytes;
  if (!context_.store.get({Table::membership, key, 0}, bytes)) return std::nullopt;
  return decode_membership(bytes);
}

ArticleKey Stories::representative_of(ArticleKey key) const {
  const std::optional<Membership> membership = membership_of(key);
  return membership && membership->representative != kNoKey ? membership->representative : key;
}

StoredArticle Stories::read_article(ArticleKey key) const {
  if (arrival_ != nullptr && arrival_->key == key) return without_tokens(*arrival_->article);
  StoredArticle article;
  if (!read_head(context_.store, key, article)) {
    throw Error(ErrorKind::state, "the index is damaged: an article of a story is missing");
  }
  return article;
}

TitleWords Stories::read_title(ArticleKey key) const {
  if (arrival_ != nullptr && arrival_->key == key) return title_words(*arrival_->article);
  StoredArticle article;
  return wirecopy::read_article(context_.store, key, article) ? title_words(article) : TitleWords();
}

StoryNode Stories::make_node(ArticleKey key, const StoredArticle& article, const TitleWords& title) const {
  return {key,
          article.content,
          kNoCluster,
          article.time,
          article.removed ? 0U : 1U,
          article.text_tokens,
          article.published,
          article.source,
          article.agency,
          0,
          kNoStory,
          kNoCluster,
          title};
}

template <typename Use>
void Stories::for_each_living(const StoryNode& node, Use use) const {
  const auto use_one = [&](ArticleKey key) {
    StoredArticle article = read_article(key);
    return article.removed || use(article);
  };
  if (!use_one(node.key)) return;
  context_.store.scan({Table::duplicate, node.key, 0}, {Table::duplicate, node.key + 1, 0},
                      [&](const Key& key, std::string_view) { return use_one(ArticleKey(key.minor)); });
}

std::vector<std::string> Stories::ids_of(const StoryNode& node) const {
  std::vector<std::string> ids;
  for_each_living(node, [&](StoredArticle& article) {
    ids.push_back(std::move(article.id));
    return true;
  });
  return ids;
}

std::int64_t Stories::newest_of(const StoryNode& node) const {
  std::int64_t newest = 0;
  for_each_living(node, [&](const StoredArticle& article) {
    newest = std::max(newest, article.time);
    return true;
  });
  return newest;
}

Story Stories::story_of(ArticleKey representative) {
  Story story;
  const std::optional<Membership> membership = membership_of(representative);
  if (!membership) {
    append_node(story, make_node(representative, read_article(representative), read_title(representative)));
    return story;
  }
  if (!read_story(context_.store, membership->story, story)) {
    throw Error(ErrorKind::state, "the index is damaged: a story is missing");
  }
  const auto is_gone = [&](const StoryNode& node) { return node.living == 0 || node.newest < context_.cutoff; };
  for (const StoryNode& node : story.nodes) {
    if (is_gone(node)) context_.store.erase({Table::membership, node.key, 0});
  }
  erase_nodes(story, is_gone);
  return story;
}

void Stories::take_in(Story& story, Story&& other) {
  if (story.key == kNoStory && story.nodes.empty()) {
    story = std::move(other);
    return;
  }
  if (other.key != kNoStory) {
    read_edges(context_.store, other);
    erase_story(context_.store, other);
    for (const StoryNode& node : other.nodes) {  // save() writes them where the story will be
      if (node.cluster != kNoCluster)
        context_.store.erase({Table::cluster, make_key(generation_of(other.key), 0), node.cluster});
    }
  }
  const auto shift = static_cast<std::uint32_t>(story.nodes.size());
  for (StoryNode node : other.nodes) {
    if (other.key != kNoStory) node.named_for = kNoCluster;
    append_node(story, node);
  }
  for (StoryEdge edge : other.edges) {
    edge.a += shift, edge.b += shift;
    story.edges.push_back(edge);
  }
}

// Every node's membership names the story by its key, and so do its clusters; the key names the newest node's
// generation, so that all of it is dropped with that one.
void Stories::save(Story& story) {
  std::uint64_t generation = 0, sequence = UINT64_MAX;
  for (const StoryNode& node : story.nodes) {
    generation = std::max(generation, generation_of(node.key));
    sequence = std::min(sequence, sequence_of(node.key));
  }
  // No other story has the number of an article that is just arriving, as its nodes may have left those of their own.
  if (arrival_ != nullptr) sequence = sequence_of(arrival_->key);
  if (story.key != kNoStory) sequence = sequence_of(story.key);
  const StoryKey key(make_key(generation, sequence));
  if (story.key != kNoStory && story.key != key) {
    read_edges(context_.store, story);
    erase_story(context_.store, story);
    story.pieces_of_nodes = story.pieces_of_edges = 0;
    for (const StoryNode& node : story.nodes) {
      const std::uint64_t before = make_key(generation_of(story.key), 0);
      if (node.cluster != kNoCluster && generation_of(story.key) != generation) {
        context_.store.erase({Table::cluster, before, node.cluster});
      }
    }
  }
  story.key = key;
  const std::string membership = encode(Membership{key, kNoKey}), fate = encode(ClusterFate{key, kNoCluster});
  for (StoryNode& node : story.nodes) {
    const bool has_moved = std::exchange(node.placed_in, key) != key;
    if (has_moved) context_.store.put({Table::membership, node.key, 0}, membership);
    const bool is_named = std::exchange(node.named_for, node.cluster) == node.cluster && !has_moved;
    if (node.cluster != kNoCluster && !is_named) {
      context_.store.put({Table::cluster, make_key(generation, 0), node.cluster}, fate);
    }
  }
  write_story(context_.store, story);
}

void Stories::erase(const Story& story) {
  if (story.key != kNoStory) erase_story(context_.store, story);
  for (const StoryNode& node : story.nodes) context_.store.erase({Table::membership, node.key, 0});
}

Stories::Added Stories::add(const Arrival& arrival) {
  arrival_ = &arrival;
  // A version whose text nobody else has hands its membership over to the next one; others just leave.
  std::optional<ArticleKey> before = arrival.replaced;
  if (before && !stands_alone(*before)) {
    remove(*before);
    before.reset();
  }
  for (const ComparedArticle& match : arrival.matches) {
    if (!match.is_equal || generation_of(match.key) != generation_of(arrival.key)) continue;
    const ArticleKey representative = representative_of(match.key);
    if (representative != match.key && read_article(representative).content != arrival.article->content) continue;
    if (before) remove(*before);
    return add_duplicate(arrival.key, *arrival.article, representative);
  }
  if (arrival.matches.empty() && !before) return {std::nullopt, arrival.key, false};
  return add_node(arrival, before);
}

bool Stories::stands_alone(ArticleKey key) {
  const std::optional<Membership> membership = membership_of(key);
  if (!membership || membership->representative != kNoKey) return false;
  const Story story = story_of(key);
  const StoryNode* node = find_node(story, key);
  return node != nullptr && node->living == 1;
}

Stories::Added Stories::add_duplicate(ArticleKey key, const StoredArticle& article, ArticleKey representative) {
  Story story = story_of(representative);
  StoryNode* const node = find_node(story, representative);
  if (node == nullptr) throw Error(ErrorKind::state, "the index is damaged: an article is missing in its story");
  attach(*node, key, article);
  if (node->cluster != kNoCluster) {
    emit(Index::Change::joined, node->cluster, kNoCluster, {article.id});
  } else {
    settle(story, parts_as_they_are(story), std::nullopt);
  }
  save(story);
  return {std::move(story), representative, true};
}

void Stories::attach(StoryNode& node, ArticleKey key, const StoredArticle& article) {
  ++node.living;
  node.newest = std::max(node.newest, article.time);
  context_.store.put({Table::duplicate, node.key, key}, {});
  context_.store.put({Table::membership, key, 0}, encode(Membership{kNoStory, node.key}));
}

Story Stories::gather(const std::vector<ComparedArticle>& matches) {
  Story story;
  std::unordered_set<ArticleKey> taken;
  for (const ComparedArticle& match : matches) {
    const ArticleKey representative = representative_of(match.key);
    if (taken.contains(representative)) continue;
    Story other = story_of(representative);
    if (!story.nodes.empty() && story.nodes.size() + other.nodes.size() > kMaxTexts) continue;
    for (const StoryNode& node : other.nodes) taken.insert(node.key);
    take_in(story, std::move(other));
  }
  return story;
}

Story Stories::divide(Story story, const std::vector<ComparedArticle>& matches, std::optional<ArticleKey> before) {
  std::unordered_set<ArticleKey> texts;
  std::unordered_set<ClusterNumber> clusters;
  for (const ComparedArticle& match : matches) {
    const ArticleKey representative = representative_of(match.key);
    texts.insert(representative);
    if (const StoryNode* node = find_node(story, representative)) clusters.insert(node->cluster);
  }
  if (before) texts.insert(*before);
  clusters.erase(kNoCluster);
  const auto leaves = [&](const StoryNode& node) {
    return texts.contains(node.key) || clusters.contains(node.cluster);
  };
  const auto leaving = static_cast<std::size_t>(std::count_if(story.nodes.begin(), story.nodes.end(), leaves));
  if (2 * leaving > story.nodes.size()) return story;

  read_edges(context_.store, story);
  Story part;
  std::vector<std::uint32_t> position(story.nodes.size(), UINT32_MAX);  // in the part
  for (std::uint32_t i = 0; i < story.nodes.size(); ++i) {
    StoryNode node = story.nodes[i];
    if (!leaves(node)) continue;
    if (node.cluster != kNoCluster) {
      context_.store.erase({Table::cluster, make_key(generation_of(story.key), 0), node.cluster});
    }
    node.named_for = kNoCluster;
    position[i] = static_cast<std::uint32_t>(part.nodes.size());
    append_node(part, node);
  }
  for (StoryEdge edge : story.edges) {
    edge.a = position[edge.a], edge.b = position[edge.b];
    if (edge.a != UINT32_MAX && edge.b != UINT32_MAX) part.edges.push_back(edge);
  }
  erase_nodes(story, leaves);
  save(story);
  return part;
}

Stories::Added Stories::add_node(const Arrival& arrival, std::optional<ArticleKey> before) {
  std::vector<ComparedArticle> matches = arrival.matches;
  std::sort(matches.begin(), matches.end(), is_better);
  Story story = gather(matches);
  if (story.nodes.size() >= kMaxTexts) story = divide(std::move(story), matches, before);
  ClusterNumber inherited;
  if (before) {
    if (find_node(story, *before) == nullptr) take_in(story, story_of(*before));
    if (const StoryNode* node = find_node(story, *before)) inherited = node->cluster;
    erase_nodes(story, [&](const StoryNode& node) { return node.key == *before; });
    context_.store.erase({Table::membership, *before, 0});
  }
  const auto newcomer = static_cast<std::uint32_t>(story.nodes.size());
  append_node(story, make_node(arrival.key, *arrival.article, title_words(*arrival.article)));
  story.nodes.back().cluster = inherited;
  link(story, newcomer, matches);
  if (newcomer >= kMaxTexts) {
    if (const auto representative = follow(story, newcomer, *arrival.article, matches))
      return {std::move(story), *representative, false};
  }
  const Parts parts = newcomer < kMaxClusteredAgain ? cluster_again(story) : cluster_newcomer(story, newcomer);
  settle(story, parts, newcomer);
  save(story);
  return {std::move(story), arrival.key, false};
}

void Stories::link(Story& story, std::uint32_t newcomer, const std::vector<ComparedArticle>& matches) {
  std::unordered_map<ArticleKey, std::uint32_t> position;
  for (std::uint32_t i = 0; i < newcomer; ++i) position.emplace(story.nodes[i].key, i);
  std::vector<std::uint32_t> representatives;
  for (const ComparedArticle& match : matches) {
    if (const auto found = position.find(match.key); found != position.end()) {
      story.edges.push_back(make_edge(newcomer, found->second, match));
    } else if (const auto representative = position.find(representative_of(match.key));
               representative != position.end()) {
      representatives.push_back(representative->second);
    }
  }
  for (const std::uint32_t representative : representatives)
    kinship(story, newcomer, representative);  // their texts may not be those that match
}

// Beyond kMaxTexts: the newcomer becomes a duplicate of a text of its generation, if it holds with that one's cluster.
std::optional<ArticleKey> Stories::follow(Story& story, std::uint32_t newcomer, const StoredArticle& article,
                                          const std::vector<ComparedArticle>& matches) {
  const StoryNode node = story.nodes[newcomer];
  for (const ComparedArticle& match : matches) {
    StoryNode* const representative = find_node(story, representative_of(match.key));
    if (representative == nullptr || representative->cluster == kNoCluster ||
        generation_of(representative->key) != generation_of(node.key))
      continue;
    if (!holds(story, newcomer, representative->cluster)) continue;
    if (node.cluster != kNoCluster) emit(Index::Change::left, node.cluster, kNoCluster, {article.id});
    emit(Index::Change::joined, representative->cluster, kNoCluster, {article.id});
    const ArticleKey followed = representative->key;
    attach(*representative, node.key, article);
    erase_nodes(story, [&](const StoryNode& each) { return each.key == node.key; });
    story.next_slot = node.slot;  // nothing that was written names it
    save(story);
    return followed;
  }
  return std::nullopt;
}

void Stories::remove(ArticleKey key) {
  const std::optional<Membership> membership = membership_of(key);
  if (!membership) return;
  const ArticleKey representative = membership->representative != kNoKey ? membership->representative : key;
  Story story = story_of(representative);
  StoryNode* const node = find_node(story, representative);
  if (node == nullptr) return;  // too old
  --node->living;
  const StoredArticle article = read_article(key);
  if (article.time == node->newest) node->newest = newest_of(*node);
  if (node->cluster != kNoCluster) emit(Index::Change::left, node->cluster, kNoCluster, {article.id});
  if (node->living == 0) {
    erase_nodes(story, [&](const StoryNode& each) { return each.key == representative; });
    context_.store.erase({Table::membership, representative, 0});
  } else {
    hand_over(story, static_cast<std::uint32_t>(node - story.nodes.data()));
  }
  const bool is_small = story.nodes.size() <= kMaxClusteredAgain;
  settle(story, is_small ? cluster_again(story) : parts_as_they_are(story), std::nullopt);
  if (story.nodes.empty() || is_lone_representative(story)) return erase(story);
  save(story);
}

// Of the articles that have a text, the first represents it, as in the batch: its source decides what is boilerplate
// and what a match requires. When the representative leaves, its record keeps the text, and takes over what the next
// one says.
void Stories::hand_over(Story& story, std::uint32_t at) {
  StoryNode& node = story.nodes[at];
  StoredArticle representative = read_article(node.key);
  if (!representative.removed) return;
  std::optional<StoredArticle> first;
  for_each_living(node, [&first](StoredArticle& article) {
    first = std::move(article);
    return false;
  });
  node.published = first->published, node.agency = first->agency;
  if (node.source == first->source) return;
  (void)wirecopy::read_article(context_.store, node.key, representative);
  node.source = representative.source = first->source;
  put_article(context_.store, node.key, representative);
  read_edges(context_.store, story);
  std::vector<std::uint32_t> compared;
  std::erase_if(story.edges, [&](const StoryEdge& edge) {
    if (edge.a == at || edge.b == at) compared.push_back(edge.a == at ? edge.b : edge.a);
    return edge.a == at || edge.b == at;
  });
  for (const std::uint32_t other : compared) kinship(story, at, other);
}

/// Whether the story is one living article that represents itself: then it need not be remembered. A lone
/// duplicate of a text that has left is found by its representative's membership only.
bool Stories::is_lone_representative(const Story& story) const {
  if (story.nodes.size() != 1 || story.nodes.front().living != 1) return false;
  return !read_article(story.nodes.front().key).removed;
}

Kinship Stories::kinship(Story& story, std::uint32_t a, std::uint32_t b) {
  for (const StoryEdge& edge : story.edges) {
    if ((edge.a == a && edge.b == b) || (edge.a == b && edge.b == a)) return edge.kinship;
  }
  story.edges.push_back(make_edge(a, b, context_.compare(story.nodes[a].key, story.nodes[b].key)));
  return story.edges.back().kinship;
}

Stories::Parts Stories::cluster_again(Story& story) {
  read_edges(context_.store, story);
  const std::vector<std::uint32_t> order = order_by_content(story);
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  const Families families = families_of(story, order);
  Agglomeration clusters(static_cast<std::uint32_t>(order.size()), CohesionRule{}, [&](auto a, auto b) {
    if (families.are_apart(a, b)) return Kinship::none;
    const ComparedArticle compared = context_.compare(story.nodes[order[a]].key, story.nodes[order[b]].key);
    story.edges.push_back(make_edge(order[a], order[b], compared));
    return compared.kinship;
  });
  std::vector<StrongPair> matches;
  for (const StoryEdge& edge : story.edges) {
    const bool are_apart = families.are_apart(rank[edge.a], rank[edge.b]);
    const Kinship kinship = are_apart ? Kinship::none : edge.kinship;
    clusters.know(rank[edge.a], rank[edge.b], kinship);
    if (kinship == Kinship::match) matches.push_back({rank[edge.a], rank[edge.b], edge.share, edge.jaccard});
  }
  clusters.run(std::move(matches));
  Parts parts(order.size());
  for (std::uint32_t i = 0; i < parts.size(); ++i) parts[i] = order[clusters.find(rank[i])];
  return parts;
}

Stories::Parts Stories::parts_as_they_are(const Story& story) {
  std::unordered_map<ClusterNumber, std::uint32_t> part_of;
  Parts parts(story.nodes.size());
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    const ClusterNumber cluster = story.nodes[i].cluster;
    parts[i] = cluster == kNoCluster ? i : part_of.try_emplace(cluster, i).first->second;
  }
  return parts;
}

Families Stories::families_of(const Story& story, std::span<const std::uint32_t> order) const {
  std::vector<FamilyMember> members(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const StoryNode& node = story.nodes[order[i]];
    members[i].source = node.source;
    if (!context_.source_name(node.source).empty()) members[i].title = node.title;
  }
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  std::vector<NodePair> matches;
  for (const StoryEdge& edge : story.edges) {
    if (edge.kinship == Kinship::match) matches.push_back({rank[edge.a], rank[edge.b]});
  }
  return Families(members, matches);
}

std::vector<char> Stories::apart_from(const Story& story, std::uint32_t newcomer) const {
  const auto is_of_its_source = [&](const StoryNode& node) { return node.source == story.nodes[newcomer].source; };
  const auto of_its_source = std::count_if(story.nodes.begin(), story.nodes.end(), is_of_its_source);
  if (static_cast<std::size_t>(of_its_source) < FamilyRule{}.least_stories) return {};
  const std::vector<std::uint32_t> order = order_by_content(story);
  const Families families = families_of(story, order);
  if (families.empty()) return {};
  std::vector<char> is_apart;
  const auto rank = static_cast<std::uint32_t>(std::find(order.begin(), order.end(), newcomer) - order.begin());
  is_apart.resize(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) is_apart[order[i]] = families.are_apart(rank, i) ? 1 : 0;
  return is_apart;
}

Stories::Parts Stories::cluster_newcomer(Story& story, std::uint32_t newcomer) {
  const ClusterNumber inherited = std::exchange(story.nodes[newcomer].cluster, kNoCluster);
  Parts parts = parts_as_they_are(story);
  const std::vector<char> is_apart = apart_from(story, newcomer);
  std::vector<StoryEdge> matches;
  for (const StoryEdge& edge : story.edges) {
    if (edge.kinship != Kinship::match || (edge.a != newcomer && edge.b != newcomer)) continue;
    if (is_apart.empty() || is_apart[edge.a == newcomer ? edge.b : edge.a] == 0) matches.push_back(edge);
  }
  std::stable_sort(matches.begin(), matches.end(),
                   [](const StoryEdge& a, const StoryEdge& b) { return a.share > b.share; });
  std::vector<std::uint32_t> refused;
  for (const StoryEdge& edge : matches) {
    const std::uint32_t other = edge.a == newcomer ? edge.b : edge.a;
    if (std::find(refused.begin(), refused.end(), parts[other]) != refused.end()) continue;
    if (story.nodes[other].cluster == kNoCluster || holds(story, newcomer, story.nodes[other].cluster)) {
      parts[newcomer] = parts[other];
      break;
    }
    refused.push_back(parts[other]);
  }
  story.nodes[newcomer].cluster = inherited;
  return parts;
}

bool Stories::holds(Story& story, std::uint32_t newcomer, ClusterNumber cluster) {
  const CohesionRule rule;
  const std::vector<char> is_apart = apart_from(story, newcomer);
  const std::vector<std::uint32_t> tested = first_members(story, cluster, newcomer, rule.pairs);
  std::size_t matching = 0, unrelated = 0;
  for (const std::uint32_t member : tested) {
    const Kinship kin = !is_apart.empty() && is_apart[member] != 0 ? Kinship::none : kinship(story, newcomer, member);
    matching += kin == Kinship::match;
    unrelated += kin == Kinship::none;
  }
  return matching > unrelated && static_cast<double>(matching) >= rule.least_share * static_cast<double>(tested.size());
}

}  // namespace wirecopy
