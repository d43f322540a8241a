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

/// Everything that wirecopy's headers declare.
namespace wirecopy {

/// Finds the copies among a set of articles.
///
/// Memory: about 150 bytes an article, its id and title, four bytes a word, and 16 bytes a band.
class WIRECOPY_API Deduplicator {
 public:
  /// Throws Error(usage) when an option is out of range, or the kernel is unknown or not to be had on this processor.
  explicit Deduplicator(const Options& options = {}, const Resources& resources = {});
  /// Frees all; clusters and matches that finish() returned stay.
  ~Deduplicator();
  /// Takes the state of another, which may only be destroyed or assigned to afterwards.
  Deduplicator(Deduplicator&&) noexcept;
  /// Takes the state of another, which may only be destroyed or assigned to afterwards.
  Deduplicator& operator=(Deduplicator&&) noexcept;

  /// Takes an article; its views are not used after the call. `ordinal` is the caller's number for it, which results
  /// use and which gives articles their order; ordinals must differ, and may come in any order and with gaps. Linear in
  /// the text. May be called from any number of threads at once, but not during or after finish(). Throws Error(usage)
  /// for an article with a string of more than kMaxTextBytes, which is not taken then.
  void add(const Article& article, std::uint64_t ordinal);

  /// Reads feeds (files, directories, or "-" for standard input) and takes their articles; lines that are no articles
  /// are counted in Result::rejected. Ordinals are given in input order, after the greatest one given so far.
  /// Throws Error(io) when an input cannot be read. Not to be called at the same time as add().
  void add_feeds(std::span<const std::string> paths);

  /// Clusters and matches of all articles taken. The result depends on the articles and their ordinals only, not on the
  /// order or the threads that they came by. Call it once. Throws Error(cancelled) soon after a stop is requested of
  /// `stop`.
  [[nodiscard]] Result finish(std::stop_token stop = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
