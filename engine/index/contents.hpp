// What an index remembers, in one place for its parts: the view and the look-up read it, the writer changes it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "boilerplate/model.hpp"
#include "index/feed_clock.hpp"
#include "index/parameters.hpp"
#include "index/sources.hpp"
#include "index/stories.hpp"
#include "postings/postings.hpp"
#include "sketch/excerpt_sample.hpp"
#include "store/store.hpp"

namespace wirecopy {

/// What is counted beside the records; kept in the store.
struct IndexCounters {
  std::uint64_t next_sequence = 1;
  std::map<std::uint64_t, std::uint64_t> articles;  ///< remembered, by generation
  std::uint64_t added = 0;
  std::int64_t now = 0;
  std::int64_t before = 0;  ///< of expire()
  StoryCounts stories;
};

[[nodiscard]] std::string encode(const IndexCounters& counters);
/// Throws Error(state) for damage.
[[nodiscard]] IndexCounters decode_counters(std::string_view bytes);

/// Any number of threads may read while the writer does not change it.
struct IndexContents {
  IndexContents(IndexStore& of_store, const IndexParameters& fixed, const ExcerptSample& sample, BoilerplateModel given,
                PostingLimits limits)
      : store(of_store),
        parameters(fixed),
        pending(of_store),
        sources(parameters.options, sample, std::move(given)),
        postings(of_store, limits) {}
  IndexContents(const IndexContents&) = delete;
  IndexContents& operator=(const IndexContents&) = delete;

  /// What arrived before this is forgotten.
  [[nodiscard]] std::int64_t cutoff_at(std::int64_t now) const;
  [[nodiscard]] std::int64_t cutoff() const { return cutoff_at(counters.now); }
  [[nodiscard]] std::uint64_t generation_at(std::int64_t time) const;

  IndexStore& store;
  const IndexParameters parameters;
  PendingStore pending;
  Sources sources;
  Postings postings;
  IndexCounters counters;
  FeedClock::State clock;
  std::uint64_t text_version = 0;  ///< grows whenever a remembered text, or what is boilerplate in it, has changed
};

}  // namespace wirecopy
