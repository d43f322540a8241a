// The index as one object: what wirecopy/index.hpp promises, over a store.
//
// A batch goes through five passes. *Sketch* (parallel): tokens, digests, sampled shingles, as in the batch program.
// *Look up* (parallel): postings give candidates among what is remembered; then, in order, candidates within the batch.
// *Judge* (parallel): candidates are compared. *Settle* (in order): versions, stories, events. *Write*: one atomic
// write, then the postings. A single article goes the same way without leaving its thread.
#pragma once

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>
#include <wirecopy/index.hpp>

#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "index/article_id.hpp"
#include "index/feed_clock.hpp"
#include "index/parameters.hpp"
#include "index/sources.hpp"
#include "index/stories.hpp"
#include "index/texts.hpp"
#include "pipeline/sketcher.hpp"
#include "postings/postings.hpp"

namespace wirecopy {

class IndexEngine {
 public:
  /// `path` empty: in memory.
  IndexEngine(const std::filesystem::path& path, const IndexSettings& settings);
  ~IndexEngine();
  IndexEngine(const IndexEngine&) = delete;
  IndexEngine& operator=(const IndexEngine&) = delete;

  std::vector<Index::Decision> add(std::span<const Article> articles);
  [[nodiscard]] std::vector<Index::Decision> query(std::span<const Article> articles) const;
  /// For articles that a batch run has sketched: what of the index they copy, as Options::drop says. Throws
  /// Error(state) where `options` sketch or compare texts in another way than the index does.
  [[nodiscard]] std::vector<std::optional<KnownCopy>> find_copies(const Corpus& corpus,
                                                                  std::span<const ArticleId> articles,
                                                                  const Options& options) const;
  [[nodiscard]] std::vector<std::string> shared_passages(const Article& article, std::string_view id) const;
  [[nodiscard]] std::optional<Index::Member> find(std::string_view id) const;
  bool remove(std::string_view id);
  std::uint64_t expire(std::int64_t before);
  [[nodiscard]] std::optional<Index::Cluster> cluster(std::string_view id) const;
  [[nodiscard]] std::string cluster_of(std::string_view article_id) const;
  [[nodiscard]] std::vector<Index::Event> events(std::uint64_t after, std::size_t limit) const;
  [[nodiscard]] Index::Statistics statistics() const;
  void flush();
  void compact(const std::stop_token& stop);
  void snapshot(const std::filesystem::path& path, const std::stop_token& stop) const;
  [[nodiscard]] std::uint64_t verify(const std::stop_token& stop) const;

 private:
  /// What stands in the store beside the records.
  struct Counters {
    std::uint64_t next_sequence = 1;
    std::map<std::uint64_t, std::uint64_t> articles;  ///< remembered, by generation
    std::uint64_t added = 0;
    std::int64_t now = 0;
    std::int64_t before = 0;  ///< of expire()
    StoryCounts stories;
    std::uint64_t event_generation = 0;  ///< where events go; not kept in the store, see set_now()
  };

  /// A text that shares sampled shingles with an article.
  struct Candidate {
    ArticleKey key = 0;
    std::uint32_t hits = 0;
  };

  /// An article on its way.
  struct Incoming {
    ArticleKey key = kNoKey;  ///< of a query, none; in a batch, of what stands for it once it is settled
    std::string_view source_name;
    std::int64_t now = 0;  ///< its arrival
    bool has_clock_started = true;
    bool is_too_old = false;
    bool is_comparable = false;
    bool is_named_by_content = false;  ///< its id is a digest
    bool is_remembered = false;
    MarkedText text;
    std::vector<std::uint64_t> hashes;  ///< of what is posted: shingles, then content, then id
    std::size_t samples = 0;            ///< of them, shingles
    std::optional<ArticleKey> known;    ///< remembered with this id
    std::vector<Candidate> candidates;
    std::vector<ComparedArticle> compared;  ///< matches, and the best of the others
  };

  struct Hit {
    ArticleKey key = 0;
    std::uint32_t samples = 0;  ///< that the article has posted
  };

  /// Scratch of one thread.
  struct Worker {
    explicit Worker(const Options& options) : judge(options), long_text(options) {}
    SketchScratch sketch;
    SketchBlock block;
    SourceTable sources;
    TextJudge judge;
    MarkedText first, second;
    LongText long_text;
    std::vector<Hit> hits;
  };

  using Batch = std::vector<Incoming>;

  // lifecycle
  void create();
  void load();
  void restore_postings();
  void check_writable() const;
  void write_counters();
  void write();
  void drop_old_generations();
  void sync_in_background();

  // sketch, look up, judge: without changing anything
  [[nodiscard]] Batch sketch(std::span<const Article> articles, FeedClock& clock) const;
  void sketch_one(const Article& article, Incoming& incoming, Worker& worker) const;
  void take_record(const ArticleRecord& record, std::span<const Token> tokens, std::string_view source,
                   Incoming& incoming) const;
  [[nodiscard]] std::optional<KnownCopy> known_copy(const Incoming& incoming, const Options& options) const;
  void hash(Incoming& incoming, std::span<const std::uint64_t> sample) const;
  /// The hashes that an article is found by: distinct sampled shingles that are no boilerplate, content, id. Of an
  /// article whose text another one stands for, the id only. Returns the number of shingles.
  std::size_t append_postings(const StoredArticle& article, std::span<const std::uint64_t> sample,
                              std::vector<std::uint64_t>& hashes) const;
  /// All of a batch, each by itself.
  void look_up(Batch& batch) const;
  /// `first`: the place of its hashes in the filter.
  void look_up(Incoming& incoming, const BatchFilter& filter, std::size_t first, Worker& worker) const;
  void look_up_within(Batch& batch) const;
  void add_candidates(Incoming& incoming, std::vector<Hit>& hits) const;
  void judge(const Batch& batch, Incoming& incoming, Worker& worker) const;
  /// Compares the text that the worker's judge has loaded, `text`, with a remembered one, if that is there and counts.
  [[nodiscard]] std::optional<ComparedArticle> compare_remembered(const MarkedText& text, ArticleKey key,
                                                                  std::int64_t cutoff, Worker& worker) const;
  /// The same with any other text; a much longer one is held for the comparisons that follow.
  [[nodiscard]] ComparedArticle compare_text(const MarkedText& text, ArticleKey key, const MarkedText& other,
                                             Worker& worker) const;
  [[nodiscard]] ComparedArticle compare(ArticleKey a, ArticleKey b) const;
  template <typename Body>
  void for_all(std::size_t count, std::size_t grain, Body body) const;

  // settle and write
  [[nodiscard]] Index::Decision settle(Batch& batch, Incoming& incoming);
  /// Puts it into the stories; `replaced`: its version before.
  void remember(Incoming& incoming, std::optional<ArticleKey> replaced, Index::Decision& decision);
  void drop_who_left(Incoming& incoming) const;
  [[nodiscard]] std::optional<ArticleKey> known_version(const Batch& batch, const Incoming& incoming) const;
  void put_article(ArticleKey key, const StoredArticle& article);
  void forget(ArticleKey key, StoredArticle& article);
  void commit(const Batch& batch);
  [[nodiscard]] Stories stories();

  // reading, through what is pending
  [[nodiscard]] bool read_article(ArticleKey key, StoredArticle& article) const;
  /// Without its tokens.
  [[nodiscard]] bool read_head(ArticleKey key, StoredArticle& article) const;
  [[nodiscard]] bool read_text(ArticleKey key, MarkedText& text) const;
  [[nodiscard]] static bool is_living(const StoredArticle& article, std::int64_t cutoff) {
    return !article.removed && article.time >= cutoff;
  }
  [[nodiscard]] ArticleKey host_of(ArticleKey key) const;
  [[nodiscard]] std::optional<Story> story_of(ArticleKey host) const;
  /// An article that is living and has the text of `host`: itself, or the first of its satellites that is.
  [[nodiscard]] std::optional<ArticleKey> living(ArticleKey host, std::int64_t cutoff) const;
  [[nodiscard]] std::optional<ArticleKey> find_id(std::string_view id, std::int64_t cutoff) const;
  [[nodiscard]] ClusterNumber cluster_number_of(ArticleKey key) const;
  [[nodiscard]] std::optional<ClusterFate> fate_of(ClusterNumber cluster) const;
  /// Its living members, the canonical first, the others in order of arrival.
  [[nodiscard]] std::vector<Index::Member> members_of(StoryKey story, ClusterNumber cluster) const;
  void describe_match(const Incoming& incoming, Index::Decision& decision) const;
  void describe_cluster(const Incoming& incoming, ArticleKey member, Index::Decision& decision) const;
  [[nodiscard]] bool is_duplicate(const Incoming& incoming, const StoryNode& canonical) const;
  [[nodiscard]] std::vector<const StoryNode*> nodes_of(const Story& story, ClusterNumber cluster,
                                                       std::int64_t cutoff) const;
  [[nodiscard]] const StoryNode& canonical_of(std::span<const StoryNode* const> nodes) const;
  [[nodiscard]] Index::Member member_of(const StoredArticle& article) const;
  void append_members(const StoryNode& node, std::int64_t cutoff,
                      std::vector<std::pair<ArticleKey, Index::Member>>& members) const;

  [[nodiscard]] static std::uint64_t id_hash(std::string_view id);
  /// The article's text where it has these tokens of what is compared.
  [[nodiscard]] std::vector<std::string> cut_passages(const Article& article,
                                                      const std::vector<TokenRange>& tokens) const;

  [[nodiscard]] std::int64_t arrival_of(const Article& article) const;
  [[nodiscard]] FeedClock clock() const { return {settings_.max_clock_jump, counters_.now, clock_}; }
  void keep_clock(const FeedClock& clock);
  void set_now(std::int64_t now, bool has_clock_started);
  [[nodiscard]] std::int64_t cutoff_at(std::int64_t now) const;
  [[nodiscard]] std::uint64_t generation_at(std::int64_t time) const;

  IndexSettings settings_;
  IndexParameters parameters_;
  std::unique_ptr<IndexStore> store_;
  std::unique_ptr<PendingStore> pending_;
  std::unique_ptr<IdRule> ids_;
  std::unique_ptr<Sketcher> sketcher_;
  std::unique_ptr<Sources> sources_;
  std::unique_ptr<Postings> postings_;
  Counters counters_;
  FeedClock::State clock_;
  std::uint64_t first_sequence_ = 0;  // of the batch that is being added
  std::uint64_t moment_ = 0;          // grows whenever a remembered text, or what is boilerplate in it, has changed
  std::uint64_t released_at_ = 0;     // articles that had been added when free memory was given back last
  bool is_on_disk_ = false;
  bool is_broken_ = false;  // a write failed, so memory and store may differ

  mutable std::shared_mutex mutex_;
  mutable oneapi::tbb::task_arena arena_;
  mutable oneapi::tbb::enumerable_thread_specific<Worker> workers_;

  std::mutex sync_mutex_;
  std::condition_variable sync_wake_;
  bool is_closing_ = false;  // guarded by sync_mutex_
  std::atomic<bool> unsynced_{false};
  std::thread syncer_;
};

template <typename Body>
void IndexEngine::for_all(std::size_t count, std::size_t grain, Body body) const {
  if (count <= grain || arena_.max_concurrency() == 1) {
    Worker& worker = workers_.local();
    for (std::size_t i = 0; i < count; ++i) body(i, worker);
    return;
  }
  using oneapi::tbb::blocked_range;
  arena_.execute([&] {
    oneapi::tbb::parallel_for(blocked_range<std::size_t>(0, count, grain),
                              [&](const blocked_range<std::size_t>& range) {
                                Worker& worker = workers_.local();
                                for (std::size_t i = range.begin(); i != range.end(); ++i) body(i, worker);
                              });
  });
}

}  // namespace wirecopy
