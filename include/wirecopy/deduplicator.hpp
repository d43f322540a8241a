/// @file
/// Start here: the whole engine as one object.
///
///     wirecopy::Deduplicator deduplicator;
///     for (std::uint64_t i = 0; i < articles.size(); ++i) deduplicator.add(articles[i], i);
///     for (const wirecopy::Cluster& cluster : deduplicator.finish().clusters) {
///       for (const wirecopy::Member& member : cluster.members) use(member.ordinal, member.kept);
///     }
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <wirecopy/article.hpp>
#include <wirecopy/cluster.hpp>
#include <wirecopy/error.hpp>
#include <wirecopy/export.hpp>
#include <wirecopy/options.hpp>

/// The public interface of wirecopy.
namespace wirecopy {

/// Finds the copies in a set of articles.
///
/// Memory per article: about 150 bytes, its id and title, four bytes per word, and 16 bytes per band.
class WIRECOPY_API Deduplicator {
 public:
  /// Throws Error(usage) if an option is out of range, or if the kernel is unknown or not supported by this processor.
  explicit Deduplicator(const Options& options = {}, const Resources& resources = {});
  /// Frees all memory. Results returned by finish() remain valid.
  ~Deduplicator();
  /// Moves the state. A moved-from object may only be destroyed or assigned to.
  Deduplicator(Deduplicator&&) noexcept;
  /// Moves the state. A moved-from object may only be destroyed or assigned to.
  Deduplicator& operator=(Deduplicator&&) noexcept;

  /// Adds an article; its views are not used after the call. `ordinal` is the caller's number for the article: results
  /// refer to it, and it defines the order of articles. Ordinals must be distinct, and may be given in any order and
  /// with gaps. Time is linear in the length of the text. May be called concurrently from any number of threads, but
  /// not during or after finish(). Throws Error(usage) if a string of the article is longer than kMaxTextBytes; the
  /// article is not added then.
  void add(const Article& article, std::uint64_t ordinal);

  /// Reads feeds (files, directories, or "-" for standard input) and adds their articles: JSON lines or an array of
  /// objects, plain or compressed by gzip, zstd, bzip2, xz or lz4. Lines that are not articles
  /// are counted in Result::rejected. Ordinals are assigned in input order, starting after the greatest ordinal so far.
  /// Throws Error(io) if an input cannot be read, is of a format that is not read, or has lines of which none is an
  /// article or none has a text (unless `allow_empty`). Must not be called concurrently with add().
  void add_feeds(std::span<const std::string> paths, bool allow_empty = false);

  /// Returns the clusters and matches of all articles added. The result depends only on the articles and their
  /// ordinals, not on the order or the threads in which they were added. Must be called at most once. Throws
  /// Error(cancelled) soon after a stop is requested on `stop`.
  [[nodiscard]] Result finish(std::stop_token stop = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
