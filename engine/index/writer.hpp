// What changes an index: the passes that settle articles in order of arrival, and the writing of what they changed.
//
// *Settle* (in order): versions, stories, events. *Write*: one atomic write a batch, then the postings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>
#include <wirecopy/index.hpp>

#include "index/arrivals.hpp"
#include "index/contents.hpp"
#include "index/feed_clock.hpp"
#include "index/incoming.hpp"
#include "index/index_view.hpp"
#include "index/lookup.hpp"
#include "index/stories.hpp"

namespace wirecopy {

/// For one thread, while nobody reads.
class IndexWriter {
 public:
  /// All references must outlive it.
  IndexWriter(IndexContents& contents, const IndexView& view, const Arrivals& arrivals, const Lookup& lookup,
              const IndexSettings& settings, bool is_on_disk)
      : contents_(contents),
        view_(view),
        arrivals_(arrivals),
        lookup_(lookup),
        settings_(settings),
        is_on_disk_(is_on_disk) {}

  /// Writes the first records of a new index. `model`: the boilerplate that was given, encoded; empty: none.
  void create(std::string model);
  /// Reads what the store holds beside the records, and makes the postings that no segment has.
  void load();

  // What Index promises under the same names. Once a change has failed half-way, memory and store may differ:
  // is_broken() is true then, and nothing more may be changed.
  std::vector<Index::Decision> add(std::span<const Article> articles);
  bool remove(std::string_view id);
  std::uint64_t expire(std::int64_t before);

  [[nodiscard]] bool is_broken() const { return is_broken_; }

 private:
  void restore_postings();
  void set_now(std::int64_t now, bool has_clock_started);
  void keep_clock(const FeedClock& clock);

  [[nodiscard]] Index::Decision settle(Batch& batch, Incoming& incoming);
  /// Puts it into the stories; `replaced`: its version before.
  void remember(Incoming& incoming, std::optional<ArticleKey> replaced, Index::Decision& decision);
  void drop_who_left(Incoming& incoming) const;
  [[nodiscard]] std::optional<ArticleKey> known_version(const Batch& batch, const Incoming& incoming) const;
  /// `arriving`: what is not in the store yet; null: nothing.
  [[nodiscard]] Stories stories(const Incoming* arriving);
  void put_article(ArticleKey key, const StoredArticle& article);
  void forget(ArticleKey key, StoredArticle& article);

  void commit(const Batch& batch);
  void write();
  void drop_old_generations();

  IndexContents& contents_;
  const IndexView& view_;
  const Arrivals& arrivals_;
  const Lookup& lookup_;
  const IndexSettings& settings_;
  bool is_on_disk_;
  bool is_broken_ = false;
  std::uint64_t event_generation_ = 0;  // where events go; see set_now()
  std::uint64_t first_sequence_ = 0;    // of the batch that is being added
  std::uint64_t released_at_ = 0;       // articles that had been added when free memory was given back last
};

}  // namespace wirecopy
