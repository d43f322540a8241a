// Clusters in a stream.
//
// Problem. The batch clusters a connected component when it is complete: strongest match first, joining only what holds
// together (cluster/agglomeration.hpp). In a stream a component is never complete, and an article may show that two
// clusters are one story, or that one is two.
//
// Idea. A *story* is a connected component as far as it is known: its texts, and every pair of them that was compared.
// An arriving article brings its matches; the stories that they lead to become one, and the batch's rule clusters it
// again. So what the index says of the articles it remembers is what the batch says, whatever the order they came in.
// Comparisons are remembered, so that each pair is compared once. Clusters keep their ids by overlap: the part with
// most of a cluster's texts is that cluster; of several clusters in one part, the one with most texts gives its id to
// it. Every change is an event.
//
// Texts that are equal within a generation are one node, as in the batch; its other articles are its duplicates.
//
// Cost. Clustering a story of n texts again costs O(n + compared pairs), on every arrival. Beyond kMaxClusteredAgain
// texts an article is only tested against the clusters that it matches best. Beyond kMaxTexts, one that matches a text
// of its own generation becomes its duplicate, or else the clusters that it matches become a story of their own. What
// an arrival writes is bounded too (story_records.hpp). So is the cost of an arrival, whatever floods in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>
#include <wirecopy/index.hpp>

#include "index/records.hpp"
#include "index/texts.hpp"
#include "store/store.hpp"

namespace wirecopy {

/// Texts up to which a story is clustered again, and up to which texts are taken in as nodes.
inline constexpr std::size_t kMaxClusteredAgain = 100;
inline constexpr std::size_t kMaxTexts = 400;

/// What the index counts; kept in the store.
struct StoryCounts {
  std::uint64_t clusters = 0;
  std::uint64_t events = 0;
};

/// One arrival's view of the stories; for the writer.
class Stories {
 public:
  /// What the surroundings give.
  struct Context {
    PendingStore& store;
    const Options& options;
    std::int64_t now = 0;
    std::int64_t cutoff = 0;
    std::uint64_t generation_now = 0;
    std::uint64_t event_generation = 0;  ///< events go there; it never falls
    StoryCounts& counts;
    /// The name of a source; empty if its articles name none.
    std::function<const std::string&(std::uint32_t)> source_name;
    /// Compares two texts, each remembered or arriving.
    std::function<ComparedArticle(ArticleKey, ArticleKey)> compare;
  };

  struct Arrival {
    ArticleKey key;
    const StoredArticle* article = nullptr;  ///< must outlive add()
    std::vector<ComparedArticle> matches;    ///< with remembered articles that count
    std::optional<ArticleKey> replaced;      ///< the version before, which is marked as removed already
  };

  /// What became of an arrival.
  struct Added {
    std::optional<Story> story;  ///< the story it is in, as it was written; none if nothing is known like it
    ArticleKey representative;   ///< the article that represents its text there
    bool is_duplicate = false;   ///< its text is kept with that of an equal article
  };

  explicit Stories(Context context) : context_(std::move(context)) {}

  /// Adds an article. Its own record need not be in the store yet.
  Added add(const Arrival& arrival);
  /// Takes an article out that is marked as removed.
  void remove(ArticleKey article);

 private:
  using Parts = std::vector<std::uint32_t>;  // of each node: the number of its part

  [[nodiscard]] std::optional<Membership> membership_of(ArticleKey key) const;
  [[nodiscard]] ArticleKey representative_of(ArticleKey key) const;
  [[nodiscard]] StoryNode make_node(ArticleKey key, const StoredArticle& article, const TitleWords& title) const;
  [[nodiscard]] TitleWords read_title(ArticleKey key) const;
  [[nodiscard]] StoredArticle read_article(ArticleKey key) const;
  /// Until `use` returns false.
  template <typename Use>
  void for_each_living(const StoryNode& node, Use use) const;
  [[nodiscard]] std::int64_t newest_of(const StoryNode& node) const;
  [[nodiscard]] std::vector<std::string> ids_of(const StoryNode& node) const;
  /// Of those of the nodes that are in the cluster; kNoCluster: that are in none.
  [[nodiscard]] std::vector<std::string> ids_of(const Story& story, const std::vector<std::uint32_t>& nodes,
                                                ClusterNumber cluster) const;

  /// The story of a text, without what is too old; one of a single node where it has none.
  [[nodiscard]] Story story_of(ArticleKey representative);
  void take_in(Story& story, Story&& other);
  void save(Story& story);
  void erase(const Story& story);

  /// Whether nobody else has the text of this article, and its story knows it.
  [[nodiscard]] bool stands_alone(ArticleKey key);
  [[nodiscard]] bool is_lone_representative(const Story& story) const;
  Added add_duplicate(ArticleKey key, const StoredArticle& article, ArticleKey representative);
  void attach(StoryNode& node, ArticleKey key, const StoredArticle& article);
  /// Lets the first living article of a text represent it, if its representative has left.
  void hand_over(Story& story, std::uint32_t node);
  Added add_node(const Arrival& arrival, std::optional<ArticleKey> before);
  /// All that the matches lead to, in one story.
  [[nodiscard]] Story gather(const std::vector<ComparedArticle>& matches);
  /// Takes the clusters and single texts that the matches lead to, and `before`, out of a story that is too large for
  /// more texts. Returns them as a story of their own, or all of the story if they are most of it.
  [[nodiscard]] Story divide(Story story, const std::vector<ComparedArticle>& matches,
                             std::optional<ArticleKey> before);
  void link(Story& story, std::uint32_t newcomer, const std::vector<ComparedArticle>& matches);
  /// Returns the article that the newcomer follows; nothing if it follows none.
  std::optional<ArticleKey> follow(Story& story, std::uint32_t newcomer, const StoredArticle& article,
                                   const std::vector<ComparedArticle>& matches);

  [[nodiscard]] Parts cluster_again(Story& story);
  [[nodiscard]] static Parts parts_as_they_are(const Story& story);
  [[nodiscard]] Parts cluster_newcomer(Story& story, std::uint32_t newcomer);
  /// Whether a newcomer holds together with a cluster: the batch's rule for a cluster of one.
  [[nodiscard]] bool holds(Story& story, std::uint32_t newcomer, ClusterNumber cluster);
  /// Whether a family keeps the newcomer apart from another node, by node; empty: from none.
  [[nodiscard]] std::vector<char> apart_from(const Story& story, std::uint32_t newcomer) const;
  Kinship kinship(Story& story, std::uint32_t a, std::uint32_t b);
  /// Of the nodes in this order, which must be that of content.
  [[nodiscard]] Families families_of(const Story& story, std::span<const std::uint32_t> order) const;

  /// Gives the parts their ids, and emits what has changed.
  void settle(Story& story, const Parts& parts, std::optional<std::uint32_t> newcomer);
  [[nodiscard]] bool settle_simply(Story& story, const Parts& parts, std::uint32_t newcomer);
  void end_cluster(const Story& story, ClusterNumber cluster, ClusterNumber became);
  [[nodiscard]] ClusterNumber new_cluster();
  void emit(Index::Change change, ClusterNumber cluster, ClusterNumber other, std::vector<std::string> articles);

  Context context_;
  const Arrival* arrival_ = nullptr;  // that is being added
};

/// The node of a cluster that Options::keep prefers. `nodes` is not empty.
[[nodiscard]] const StoryNode& preferred_node(std::span<const StoryNode* const> nodes, const Options& options,
                                              const std::function<std::string(std::uint32_t)>& source_name);

}  // namespace wirecopy
