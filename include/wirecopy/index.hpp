/// @file
/// A persistent index that decides for each arriving article whether it is a copy of an earlier one.
///
///     wirecopy::IndexSettings settings;
///     settings.window = 14 * 86400;
///     wirecopy::Index index = wirecopy::Index::open("stories.index", settings);
///     const wirecopy::Index::Decision decision = index.add(article);
///     if (decision.relation) copy_of(decision.match, decision.cluster);  // otherwise the article is new
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

/// How an index is opened. The settings fixed at creation (options, window, boilerplate model) may be omitted when an
/// existing index is opened; if given, they must equal those of the index.
struct IndexSettings {
  /// Options that decide which articles match; the method must be Method::sample or Method::exact. Fixed at creation.
  /// Default at creation: Options().
  std::optional<Options> options{};
  /// How long an article is remembered, in seconds, 60 to 100 years; 0: forever. Fixed at creation. Default at
  /// creation: 0.
  std::optional<std::int64_t> window{};
  /// A boilerplate model written by `dedup --boilerplate-model`. Its text counts as boilerplate in addition to what the
  /// index learns. Read only at creation, and stored in the index. Empty: none.
  std::filesystem::path boilerplate_model{};

  /// Whether to create the index if it does not exist.
  bool create = true;
  /// Allows only the const functions. Any number of processes may open an index read-only, even while another process
  /// writes to it; each sees the index as it was when it was opened.
  bool read_only = false;
  /// With read_only: opens an index even if part of it is lost, so that snapshot() can save the rest. Otherwise opening
  /// such an index throws Error(state).
  bool incomplete = false;
  /// True: add() returns only when the decision is on the disk, so it survives a power failure. False: it survives a
  /// crash of the process, but a power failure may lose the decisions of the last `sync_interval` milliseconds.
  bool sync = false;
  unsigned sync_interval = 100;  ///< milliseconds, 1 to 60,000
  /// Memory in bytes, at least 16 MiB, for the caches, write buffers, postings and filters of an index on disk. What
  /// does not fit is read from disk when needed, so less memory is slower but gives the same decisions. Filters of all
  /// postings take about 70 bytes per article of 2 KB; a fifth of the memory is reserved for them. Not included are the
  /// articles of the current batch, 3 bytes per article, and what was learned from sources. The limit is therefore met
  /// from about 256 MiB on; with the minimum of 16 MiB, an index was measured to use 60 MB for batches of 1,000. An
  /// index in memory ignores this setting and uses about 3 KB per article of 2 KB.
  std::size_t memory = std::size_t{256} << 20;
  /// Threads and kernel; block_size is ignored.
  Resources resources{};
  /// For feeds from the past: an article arrives at its publication date. The clock is the latest date so far; articles
  /// without date do not move it. A date more than `max_clock_jump` ahead of the clock does not move it either: the
  /// article arrives at the current time of the clock. Six such dates, at most three of them counted per source,
  /// indicate a gap in the feed, and the clock advances to the earliest of them (see Statistics::dated_ahead). As long
  /// as all articles are from a single source, six dates of that source suffice. Each date near the clock discards the
  /// oldest pending one, so isolated wrong dates do not accumulate. The clock depends only on the articles and their
  /// order, not on batches, and is stored in the index.
  bool feed_clock = false;
  /// Maximum jump of the feed clock, in seconds, 1 to 100 years. Increase it for a feed with frequent longer gaps.
  std::int64_t max_clock_jump = 3 * 86400;
  /// Returns the arrival time of an article, in seconds since 1970-01-01 UTC; must be empty with `feed_clock`. Empty:
  /// the system clock or the feed clock. Arrival times never decrease: an earlier value counts as the latest arrival.
  std::function<std::int64_t(const Article& article)> clock{};
};

/// Remembers articles in the order of their arrival, and groups those that tell the same story.
///
/// The index stores an article's tokens, id and source, but not its text. The *time* of an article is `published`, or
/// its arrival if `published` is missing or later. Articles whose time is more than `window` seconds before the latest
/// arrival no longer match, and their space is freed in steps of an eighth of the window. Boilerplate of each source
/// and shared boilerplate, which occurs in unrelated stories of many sources, are learned by the rules of the batch.
/// They are learned again each time the number of articles has doubled or the window has advanced by its own length.
///
/// The clusters are those that a Deduplicator finds among the remembered articles: after each addition, the articles
/// connected to the new one by matches are clustered again by the rule of the batch (engine/cluster/cohesion.hpp). A
/// cluster's id stays with the part that retains most of its members. In a connected component of more than a hundred
/// different texts, the new article is only tested against the cluster that it matches best.
///
/// All functions may be called from any number of threads. Additions and removals are serialized; queries run
/// concurrently. Errors: Error(usage) for a setting out of range; Error(io) if the disk fails; Error(state) if the
/// index is damaged, of another version, created with other options (the message names the first difference) or in use
/// by another writer. After an addition throws Error(io), reopen the index.
class WIRECOPY_API Index {
 public:
  /// What happened to an article.
  enum class Outcome {
    added,      ///< now remembered
    unchanged,  ///< the id is known with the same title and text (see Decision::id); the index did not change
    updated,    ///< the id is known with another text; this new version replaces the old one
    too_old,    ///< compared but not remembered: its time is before the window
    queried,    ///< only compared, by query()
  };

  /// The decision about an article.
  struct Decision {
    /// The id under which the index knows the article: its id; if missing, its url; if that is missing too, "digest:"
    /// and 32 hexadecimal digits, a 128-bit digest of its source, title and text as given.
    std::string id;
    Outcome outcome = Outcome::added;  ///< what happened to the article
    /// Relation of the article to `match`; empty if no similar article is remembered, that is, if the article is new.
    /// With Relation::partial the two share passages but do not match, and the article does not join the cluster.
    std::optional<Relation> relation;
    std::string match;      ///< id of the remembered article with the best score
    Similarity similarity;  ///< scores of the article (first) and `match` (second)
    std::string cluster;    ///< id of the article's cluster; empty if it is in none
    std::string canonical;  ///< id of the member that Options::keep prefers, possibly the article itself
    /// Whether dedup would remove the article, judged against the canonical: it has a relation in Options::drop and
    /// hardly any text of its own. An article identified by a digest is a duplicate when it arrives again.
    bool duplicate = false;
    std::uint32_t version = 1;  ///< number of different texts received under this id
  };

  /// A remembered article.
  struct Member {
    std::string id;                         ///< the article's id
    std::string source;                     ///< its source, as given
    std::optional<std::int64_t> published;  ///< as given, in seconds since 1970-01-01 UTC
    std::int64_t time = 0;  ///< time compared with the window, see Index; in seconds since 1970-01-01 UTC
  };

  /// The current state of a cluster.
  struct Cluster {
    std::string id;               ///< "w" and 16 hexadecimal digits, assigned at creation and never changed
    std::string became;           ///< id of the cluster that it was merged into; empty while it exists
    std::vector<Member> members;  ///< the canonical first, the others in order of arrival
  };

  /// Kind of change of a cluster.
  enum class Change {
    created,  ///< `articles` form a new cluster
    joined,   ///< `articles` joined the cluster
    left,     ///< `articles` left the cluster because they were removed or replaced by a new version
    merged,   ///< all members of `other` moved to the cluster; `other` no longer exists
    split,    ///< `articles` left the cluster for the cluster `other`; if `other` is empty, they are in no cluster
  };

  /// A change of a cluster. Replaying all events in order reproduces the clusters of the index, including articles that
  /// are too old.
  struct Event {
    std::uint64_t number = 0;           ///< consecutive, starting at 1
    std::int64_t time = 0;              ///< arrival of the article that caused it, in seconds since 1970-01-01 UTC
    Change change = Change::created;    ///< kind of change
    std::string cluster;                ///< id of the cluster that changed
    std::string other;                  ///< id of the other cluster of a merge or split; may be empty
    std::vector<std::string> articles;  ///< ids of the articles that joined or left
  };

  /// Counts and parameters of an index.
  struct Statistics {
    std::uint64_t articles = 0;            ///< articles currently remembered
    std::uint64_t added = 0;               ///< articles ever added, including new versions
    std::uint64_t clusters = 0;            ///< clusters ever created
    std::uint64_t events = 0;              ///< events ever recorded
    std::uint64_t sources = 0;             ///< sources ever seen
    std::uint64_t boilerplate = 0;         ///< boilerplate shingles of all sources, learned or from the model
    std::uint64_t shared_boilerplate = 0;  ///< shingles of shared boilerplate, learned or from the model
    std::uint64_t generations = 0;         ///< generations that hold articles, see expire()
    std::uint64_t postings = 0;            ///< postings of sampled shingles, ids and contents
    std::uint64_t memory_bytes = 0;        ///< size of the postings' filters and tables; in memory, also of all records
    std::uint64_t disk_bytes = 0;          ///< size of all files; 0 for an index in memory
    std::int64_t now = 0;                  ///< latest arrival, in seconds since 1970-01-01 UTC; 0 before the first
    std::int64_t cutoff = 0;        ///< articles with an earlier time are too old; in seconds since 1970-01-01 UTC
    std::int64_t window = 0;        ///< in seconds; 0: forever
    std::uint64_t dated_ahead = 0;  ///< articles dated too far ahead to move the feed clock
    Options options;                ///< fixed at creation
  };

  /// Creates an index in memory. Throws Error(usage) if a setting is out of range.
  explicit Index(const IndexSettings& settings = {});
  /// Opens or creates an index on disk in the directory `path`, which must hold nothing else. Throws Error(usage) if a
  /// setting is out of range or the directory holds other files; Error(io) if there is no index and `create` is false,
  /// or if the disk fails; Error(state) if the index is damaged, was created with other settings, or is in use by
  /// another writer.
  [[nodiscard]] static Index open(const std::filesystem::path& path, const IndexSettings& settings = {});
  /// Flushes pending decisions to the disk. Errors are ignored; call flush() first to detect them.
  ~Index();
  /// Moves the state. A moved-from object may only be destroyed or assigned to.
  Index(Index&&) noexcept;
  /// Moves the state. A moved-from object may only be destroyed or assigned to.
  Index& operator=(Index&&) noexcept;

  /// Decides an article and remembers it under Decision::id. An article without id and url is identified by its
  /// content: adding it again changes nothing, and no other article can replace it. An id or url that has the form of
  /// such a digest counts as missing. Time is linear in the article's text and in the texts of the articles that share
  /// sampled shingles with it, at most 32. Throws Error(usage) if a string of the article is longer than kMaxTextBytes;
  /// this holds for all functions that take articles, and a batch with such an article is not remembered at all.
  Decision add(const Article& article);
  /// Like add() for several articles in the given order, in parallel and several times as fast. They are written at
  /// once, so a crash loses all or none of them. Boilerplate is learned between batches. Batches of about 1,000 are
  /// recommended.
  std::vector<Decision> add_batch(std::span<const Article> articles);
  /// Decides an article without remembering it.
  [[nodiscard]] Decision query(const Article& article) const;
  /// Like query() for several articles, in parallel. They are not compared with each other.
  [[nodiscard]] std::vector<Decision> query_batch(std::span<const Article> articles) const;

  /// Returns the passages of the article's text that also occur in the remembered article `id`, in order and without
  /// markup; empty if the id is not remembered.
  [[nodiscard]] std::vector<std::string> shared_passages(const Article& article, std::string_view id) const;

  /// Returns the latest version of the article `id`; empty if it is not remembered.
  [[nodiscard]] std::optional<Member> find(std::string_view id) const;

  /// Forgets an article. Returns false if the id is not remembered.
  bool remove(std::string_view id);
  /// Makes articles with a time before `before`, in seconds since 1970-01-01 UTC, too old to match, regardless of the
  /// window. Returns the number of generations freed. A generation spans an eighth of the window, or 90 days without a
  /// window, and is freed as a whole, without being read, when all of its articles are too old. Every article is looked
  /// up in every generation: an archive costs a few microseconds per article and year.
  std::uint64_t expire(std::int64_t before);

  /// Returns the cluster `id`, or the cluster that it was merged into in Cluster::became; empty if the id was never
  /// assigned or is forgotten.
  [[nodiscard]] std::optional<Cluster> cluster(std::string_view id) const;
  /// Returns the id of the cluster of an article; empty if the article is not remembered or in no cluster.
  [[nodiscard]] std::string cluster_of(std::string_view article_id) const;
  /// Returns at most `limit` events with a number greater than `after`, in ascending order. Events are kept for the
  /// length of the window, or until expire().
  [[nodiscard]] std::vector<Event> events(std::uint64_t after = 0, std::size_t limit = SIZE_MAX) const;

  /// Returns counts and parameters. Takes constant time.
  [[nodiscard]] Statistics statistics() const;
  /// Writes all decisions to the disk, so that they survive a power failure. No effect for an index in memory.
  void flush();
  /// Rewrites the files to reclaim the space of forgotten articles. Takes as long as reading and writing all files.
  /// Throws Error(cancelled) soon after a stop is requested on `stop`; the index remains valid.
  void compact(const std::stop_token& stop = {});
  /// Copies the index into the new directory `path`. The copy is fast and takes little space on the same file system. A
  /// read-only index is copied in its writer's current state. Throws Error(usage) for an index in memory or a path that
  /// exists, and Error(cancelled) soon after a stop is requested on `stop`; nothing is left at the path then.
  void snapshot(const std::filesystem::path& path, const std::stop_token& stop = {}) const;
  /// Reads and checks all records. Returns their number. Throws Error(state) that names the first damage, and
  /// Error(cancelled) soon after a stop is requested on `stop`.
  std::uint64_t verify(const std::stop_token& stop = {}) const;

 private:
  class Engine;
  explicit Index(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

/// Stable name, as written by `wirecopy stream`: "added", "unchanged", "updated", "too-old", "queried".
[[nodiscard]] WIRECOPY_API std::string_view name(Index::Outcome outcome);
/// Stable name, as written by `wirecopy events`: "created", "joined", "left", "merged", "split".
[[nodiscard]] WIRECOPY_API std::string_view name(Index::Change change);

}  // namespace wirecopy
