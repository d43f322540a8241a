// What of the remembered articles an article copies: the passes that change nothing.
//
// *Sketch*: tokens, digests, sampled shingles, as in the batch program. *Look up*: postings give candidates among what
// is remembered; then, in order, candidates within the batch. *Judge*: candidates are compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/index.hpp>

#include "cluster/resolution.hpp"
#include "index/arrivals.hpp"
#include "index/feed_clock.hpp"
#include "index/incoming.hpp"
#include "index/index_view.hpp"
#include "index/workers.hpp"
#include "postings/batch_filter.hpp"

namespace wirecopy {

/// Any number of threads may use it while the contents do not change.
class Lookup {
 public:
  /// All references must outlive it.
  Lookup(const IndexContents& contents, const IndexView& view, const Arrivals& arrivals, const IndexSettings& settings,
         unsigned threads)
      : contents_(contents),
        view_(view),
        arrivals_(arrivals),
        settings_(settings),
        workers_(contents.parameters.options, threads) {}

  // What Index promises under the same names.
  [[nodiscard]] std::vector<Index::Decision> query(std::span<const Article> articles) const;
  [[nodiscard]] std::vector<std::string> shared_passages(const Article& article, std::string_view id) const;
  /// See IndexEngine::find_copies().
  [[nodiscard]] std::vector<std::optional<KnownCopy>> find_copies(const Corpus& corpus,
                                                                  std::span<const ArticleId> articles,
                                                                  const Options& options) const;

  /// The passes, for articles that will be remembered. `clock` runs on.
  [[nodiscard]] Batch sketch(std::span<const Article> articles, FeedClock& clock) const;
  [[nodiscard]] FeedClock clock() const { return {settings_.max_clock_jump, contents_.counters.now, contents_.clock}; }
  /// All of a batch, each by itself.
  void look_up(Batch& batch) const;
  /// Among those of the batch that came before; their keys must be set.
  void look_up_within(Batch& batch) const;
  void judge(Batch& batch) const;

  /// Compares two texts. `arriving`: one that is not in the store yet.
  [[nodiscard]] ComparedArticle compare(ArticleKey a, ArticleKey b, const Incoming& arriving) const;
  /// The same, both being in the store.
  [[nodiscard]] ComparedArticle compare(ArticleKey a, ArticleKey b) const;

  /// Says in a decision what the article matches best, if anything; of a query, also in which cluster that is.
  void describe_match(const Incoming& incoming, Index::Decision& decision) const;
  /// Says in a decision in which cluster a remembered article is.
  void describe_cluster(const Incoming& incoming, ArticleKey member, Index::Decision& decision) const;
  /// The same where its story is known, and the article that represents its text there.
  void describe_cluster(const Incoming& incoming, const Story& story, ArticleKey representative,
                        Index::Decision& decision) const;

 private:
  /// `first`: the position of its hashes in the filter.
  void look_up(Incoming& incoming, const BatchFilter& filter, std::size_t first, IndexWorker& worker) const;
  void add_candidates(Incoming& incoming, std::vector<PostingHit>& hits) const;
  void judge(const Batch& batch, Incoming& incoming, IndexWorker& worker) const;
  /// Compares the text that the worker's judge has loaded, `text`, with a remembered one, if that is there and counts.
  [[nodiscard]] std::optional<ComparedArticle> compare_remembered(const MarkedText& text, ArticleKey key,
                                                                  std::int64_t cutoff, IndexWorker& worker) const;
  /// The same with any other text; a much longer one is held for the comparisons that follow.
  [[nodiscard]] ComparedArticle compare_text(const MarkedText& text, ArticleKey key, const MarkedText& other,
                                             IndexWorker& worker) const;
  [[nodiscard]] static ComparedArticle compare(const MarkedText& a, ArticleKey key, const MarkedText& b,
                                               IndexWorker& worker);
  [[nodiscard]] bool is_duplicate(const Incoming& incoming, const StoryNode& canonical) const;
  [[nodiscard]] std::optional<KnownCopy> known_copy(const Incoming& incoming, const Options& options) const;
  [[nodiscard]] std::int64_t arrival_of(const Article& article) const;

  const IndexContents& contents_;
  const IndexView& view_;
  const Arrivals& arrivals_;
  const IndexSettings& settings_;
  mutable IndexWorkers workers_;
};

}  // namespace wirecopy
