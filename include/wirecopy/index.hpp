/// @file
/// An index that remembers: for the job that asks of each article as it arrives whether it was seen before.
///
///     wirecopy::IndexSettings settings;
///     settings.window = 14 * 86400;
///     wirecopy::Index index = wirecopy::Index::open("stories.index", settings);
///     const wirecopy::Index::Decision decision = index.add(article);
///     if (decision.relation) copy_of(decision.match, decision.cluster);  // else: something new
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/article.hpp>
#include <wirecopy/error.hpp>
#include <wirecopy/export.hpp>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

namespace wirecopy {

/// How an index is opened. What is fixed at its creation (options, window, boilerplate model) may be left out when an
/// index is opened that is there; where it is given, it must be the same.
struct IndexSettings {
  /// What decides which articles match. Method::sample and Method::exact only. Default at creation: Options().
  std::optional<Options> options{};
  /// Seconds for which an article is remembered, 60 or more; 0: for ever. Default at creation: 0.
  std::optional<std::int64_t> window{};
  /// A boilerplate model that `dedup --boilerplate-model` wrote, whose text counts as boilerplate beside what the index
  /// learns. Read at creation only, and kept in the index. Empty: none.
  std::filesystem::path boilerplate_model{};

  /// Whether a missing index is made.
  bool create = true;
  /// Only what does not change the index is allowed (the const functions); any number of processes may read at once,
  /// also while another one writes. What is seen is the index at the moment of opening.
  bool read_only = false;
  /// With read_only: an index that holds less than it must is opened all the same, so that snapshot() can save what is
  /// left. Without, and for writing, that is an Error(state).
  bool incomplete = false;
  /// True: when add() returns, the decision is on the disk, and survives a power cut. False: it survives the death of
  /// the process; a power cut may take what was decided in the last `sync_interval` milliseconds.
  bool sync = false;
  unsigned sync_interval = 100;  ///< milliseconds, 1 to 60,000
  /// What an index on disk may take, 16 MiB or more: for caches, write buffers, postings and their filters. What does
  /// not fit is read when it is needed, so less memory is slower and decides the same. Filters of all postings would
  /// take about 70 bytes an article of 2 KB; a fifth of this is for them. What is held in any case: the articles of a
  /// batch while it is decided, 3 bytes an article, what sources have taught. So it is a bound from about 256 MiB on;
  /// with the least, 16 MiB, an index that takes batches of 1,000 was seen to need 60 MB. An index in memory keeps all,
  /// about 3 KB an article of 2 KB.
  std::size_t memory = std::size_t{256} << 20;
  /// Threads and kernel; block_size is not used.
  Resources resources{};
  /// For feeds of the past: an article arrives when it was published. The clock is the latest date so far, or, without
  /// dates, stays where it is. A date that lies more than `max_clock_jump` ahead of it moves nothing when it comes: the
  /// article arrives now. Six such dates, three of one source at most, are a gap in the feed: the clock goes on to the
  /// earliest of them (see Statistics::dated_ahead). As long as all articles are of one source, six of that one do. A
  /// date around now takes back the oldest of those that wait, so wild dates do not add up. What the clock shows
  /// depends on the articles and their order only, not on batches, and is kept in the index.
  bool feed_clock = false;
  /// Seconds, 1 to 100 years. A feed that is often silent for longer needs more.
  std::int64_t max_clock_jump = 3 * 86400;
  /// The time at which an article arrives, in seconds since 1970-01-01 UTC; empty: the system's clock, or `feed_clock`.
  /// An article never arrives before the one before it.
  std::function<std::int64_t(const Article& article)> clock{};
};

/// Articles in the order in which they arrived, and which of them tell the same story.
///
/// What is remembered is an article's tokens, id and source, not its text. Its *time* is `published`, but never later
/// than its arrival; the arrival where `published` is missing. Articles whose time is more than `window` seconds before
/// the latest arrival match nothing from that moment on, and are freed an eighth of a window at a time. Boilerplate of
/// each source, and formulas that unrelated stories of many sources share, are learnt as articles come, by the rules of
/// the batch, anew whenever their number has doubled or the window has moved on by itself.
///
/// Clusters are those that a Deduplicator makes of the remembered articles: after each addition, the articles
/// that matches connect with the new one are clustered anew by the batch's rule (engine/cluster/cohesion.hpp); ids
/// stay with the parts that keep most of their members. In connected parts of more than a hundred different texts the
/// new article is only tested against the cluster that it matches best.
///
/// All functions may be called from any number of threads; additions and removals wait for each other, queries run side
/// by side. Errors: Error(usage) for settings out of range, Error(io) where the disk fails, Error(state) for an index
/// that is damaged, of another version, made with other options (the message names the first difference) or in use by
/// another writer. After an Error(io) of an addition the index should be opened anew.
class WIRECOPY_API Index {
 public:
  /// What became of an article that was handed over.
  enum class Outcome {
    added,      ///< remembered from now on
    unchanged,  ///< the id is known with the same title and text (see Decision::id): nothing was changed
    updated,    ///< the id is known with other text: this is a new version, which takes the place of the old one
    too_old,    ///< compared, but not remembered: its time is before the window
    queried,    ///< compared only, as query() does
  };

  /// What was found out about an article.
  struct Decision {
    /// What the index knows the article by: its id; where that is missing, its url; where that is missing too,
    /// "digest:" and 32 hexadecimal digits, 128 bits of its source, title and text as they were given.
    std::string id;
    Outcome outcome = Outcome::added;  ///< what became of it
    /// What the article is to `match`; none: nothing like it is remembered, it is new. Relation::partial: they share
    /// passages but do not match; it is in no cluster for that.
    std::optional<Relation> relation;
    std::string match;      ///< id of the remembered article that it agrees with best
    Similarity similarity;  ///< of the article (first) and `match` (second)
    std::string cluster;    ///< id of its cluster; empty for an article that stands alone
    std::string canonical;  ///< id of the member of the cluster that Options::keep prefers; may be the article itself
    /// What the canonical would say of it: whether the article is a copy that Options::drop removes and has hardly any
    /// text of its own, as in dedup. An article whose id is a digest is a copy when it comes again.
    bool duplicate = false;
    std::uint32_t version = 1;  ///< counts the texts that came under this id
  };

  /// A remembered article.
  struct Member {
    std::string id;                         ///< the article's id
    std::string source;                     ///< its source, as it was given
    std::optional<std::int64_t> published;  ///< as it was given, in seconds since 1970-01-01 UTC
    std::int64_t time = 0;                  ///< what windows go by, see Index; in seconds since 1970-01-01 UTC
  };

  /// A story as it is now, or what became of it.
  struct Cluster {
    std::string id;               ///< "w" and 16 hexadecimal digits, given at its creation and kept
    std::string became;           ///< the cluster that it was merged into; empty while it lives
    std::vector<Member> members;  ///< the canonical first, the others in order of arrival
  };

  /// What happened to a cluster.
  enum class Change {
    created,  ///< `articles` are a cluster from now on
    joined,   ///< `articles` came to the cluster
    left,     ///< `articles` left it, because they were removed or have another text now
    merged,   ///< all members of `other` are members of the cluster now; `other` is no more
    split,    ///< `articles` left the cluster for the cluster `other`, or to stand alone where `other` is empty
  };

  /// A change of the clusters. Who applies all events in order has the clusters of the index, articles too old
  /// included.
  struct Event {
    std::uint64_t number = 0;           ///< 1, 2, 3...
    std::int64_t time = 0;              ///< arrival of the article that caused it, in seconds since 1970-01-01 UTC
    Change change = Change::created;    ///< what happened
    std::string cluster;                ///< id of the cluster that it happened to
    std::string other;                  ///< id of the other cluster of a merge or split; may be empty
    std::vector<std::string> articles;  ///< ids of the articles that came or went
  };

  /// Counts and parameters of an index.
  struct Statistics {
    std::uint64_t articles = 0;      ///< remembered
    std::uint64_t added = 0;         ///< ever, new versions included
    std::uint64_t clusters = 0;      ///< ever created
    std::uint64_t events = 0;        ///< ever
    std::uint64_t sources = 0;       ///< ever seen
    std::uint64_t boilerplate = 0;   ///< shingles learnt or given, over all sources
    std::uint64_t formulas = 0;      ///< shingles of formulas that many sources share, learnt or given
    std::uint64_t generations = 0;   ///< that hold articles
    std::uint64_t postings = 0;      ///< of sampled shingles, ids and contents
    std::uint64_t memory_bytes = 0;  ///< filters and tables of postings; an index in memory: its records too
    std::uint64_t disk_bytes = 0;    ///< of all files; 0 in memory
    std::int64_t now = 0;            ///< the latest arrival, in seconds since 1970-01-01 UTC; 0 before the first
    std::int64_t cutoff = 0;         ///< articles of an earlier time are too old
    std::int64_t window = 0;         ///< seconds; 0: for ever
    std::uint64_t dated_ahead = 0;   ///< articles so far ahead of a feed clock that their dates did not move it
    Options options;                 ///< fixed at creation
  };

  /// An index in memory. Throws Error(usage).
  explicit Index(const IndexSettings& settings = {});
  /// An index on disk, in the directory `path`, which it has for itself. Throws Error(usage) for settings out of range
  /// or a directory that holds something else, Error(io) where there is no index and none is to be made, or the disk
  /// fails, Error(state) where it is damaged, was made with other settings, or another process writes to it.
  [[nodiscard]] static Index open(const std::filesystem::path& path, const IndexSettings& settings = {});
  /// Flushes what is not yet on the disk; errors go unheard, so call flush() before where they matter.
  ~Index();
  /// Takes the state of another, which may only be destroyed or assigned to afterwards.
  Index(Index&&) noexcept;
  /// Takes the state of another, which may only be destroyed or assigned to afterwards.
  Index& operator=(Index&&) noexcept;

  /// Decides an article and remembers it, under Decision::id. An article without id and url is named by its content, so
  /// the same one again changes nothing, and another one never takes its place; an id or url that looks like such a
  /// name counts as missing. Linear in its text and those of the articles that share sampled shingles with it, at most
  /// 32 of them. Throws Error(usage) for an article with a string of more than kMaxTextBytes; the same holds for all
  /// functions that take articles, and nothing is remembered of a batch with such an article.
  Decision add(const Article& article);
  /// The same for many, in this order, in parallel: several times as fast. One write, so all or none of them survive a
  /// crash. Boilerplate is learnt between batches. Cut the feed into batches of about 1,000.
  std::vector<Decision> add_batch(std::span<const Article> articles);
  /// Decides without remembering.
  [[nodiscard]] Decision query(const Article& article) const;
  /// The same for many, in parallel; they are not compared with each other.
  [[nodiscard]] std::vector<Decision> query_batch(std::span<const Article> articles) const;

  /// The passages of the article's text that stand in the remembered article `id` as well, without markup, in order.
  /// Empty where the id is not remembered.
  [[nodiscard]] std::vector<std::string> shared_passages(const Article& article, std::string_view id) const;

  /// What is remembered of the article `id`, in its latest version; none where it is not remembered.
  [[nodiscard]] std::optional<Member> find(std::string_view id) const;

  /// Forgets an article; false where the id is not remembered.
  bool remove(std::string_view id);
  /// Articles of a time before `before`, in seconds since 1970-01-01 UTC, match nothing from now on, whatever the
  /// window; returns how many generations were freed. A generation is an eighth of the window, or 90 days without one
  /// (every article is looked for in each: an archive of many years costs a few microseconds an article and year), and
  /// is freed when all of it is too old, at once, without reading it.
  std::uint64_t expire(std::int64_t before);

  /// The cluster `id` as it is now, or what became of it; none where the id was never given, or is forgotten.
  [[nodiscard]] std::optional<Cluster> cluster(std::string_view id) const;
  /// Id of the cluster of an article, by the article's id; empty where it is not remembered or stands alone.
  [[nodiscard]] std::string cluster_of(std::string_view article_id) const;
  /// Events with a number greater than `after`, at most `limit`, rising. They are kept for a window, or until expire().
  [[nodiscard]] std::vector<Event> events(std::uint64_t after = 0, std::size_t limit = SIZE_MAX) const;

  /// What the index holds now. Quick, whatever its size.
  [[nodiscard]] Statistics statistics() const;
  /// Brings all to the disk: what was decided survives a power cut from now on. Nothing to do in memory.
  void flush();
  /// Rewrites the files so that nothing forgotten takes space. Takes as long as reading and writing all of them. Throws
  /// Error(cancelled) soon after `stop` is asked to stop; the index is as good as before then.
  void compact(const std::stop_token& stop = {});
  /// A copy of the index as it is now, in a new directory, which takes hardly any space or time where it is on the same
  /// file system. Of an index open for reading, it is the index as its writer has it now. Throws Error(usage) for an
  /// index in memory or a path that is there, Error(cancelled) soon after `stop` is asked to stop; nothing is at the
  /// path then.
  void snapshot(const std::filesystem::path& path, const std::stop_token& stop = {}) const;
  /// Reads all and checks it; throws Error(state) naming the first damage, Error(cancelled) soon after `stop` is asked
  /// to stop. Returns the number of records.
  std::uint64_t verify(const std::stop_token& stop = {}) const;

 private:
  class Engine;
  explicit Index(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

/// Stable name, as `wirecopy stream` writes it: "added", "unchanged", "updated", "too-old", "queried".
[[nodiscard]] WIRECOPY_API std::string_view name(Index::Outcome outcome);
/// Stable name, as `wirecopy events` writes it: "created", "joined", "left", "merged", "split".
[[nodiscard]] WIRECOPY_API std::string_view name(Index::Change change);

}  // namespace wirecopy
