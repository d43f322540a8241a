// All postings of an index, by generation: a table in memory for the articles that came last, segments on disk.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "postings/batch_filter.hpp"
#include "postings/posting_table.hpp"
#include "postings/segment.hpp"

namespace wirecopy {

/// What the postings of an index on disk may take. None of it changes what is found.
struct PostingLimits {
  /// Postings of all tables together; with more, the largest one is written as a segment. 0: all stay in memory.
  std::uint64_t in_tables = 0;
  /// Bytes for filters and what is held of segments beside them (about 3 an article, which are held in any case).
  std::uint64_t of_segments = 0;
};

/// For one writer; any number of threads may ask while nobody writes.
class Postings {
 public:
  Postings(IndexStore& store, PostingLimits limits) : store_(store), limits_(limits) {}

  /// Finds the segments of the store.
  void load();
  /// Articles of the generation up to this one are in segments; kNoKey: none.
  [[nodiscard]] ArticleKey last_in_segments(std::uint64_t generation) const;

  /// Keys ascend within a generation. `samples`: how many of the hashes are of shingles.
  void add(ArticleKey article, std::span<const std::uint64_t> hashes, std::size_t samples);
  /// Writes tables as segments while they are too large, and merges segments. Returns whether anything was written.
  bool settle();
  void drop_before(std::uint64_t generation);

  /// What the filters say of all hashes of a batch where they are not in memory; valid until something is written.
  [[nodiscard]] BatchFilter batch_filter(std::span<const std::uint64_t> hashes) const;

  /// Calls `use(i, article, samples)` for the articles that hold hash i, of each generation the kMaxOfOneHash that
  /// came last; `samples` is how many shingles it has posted. `filter`: of a batch whose hashes from `first` on are
  /// these.
  template <typename Use>
  void find(std::span<const std::uint64_t> hashes, Use&& use, const BatchFilter& filter = {},
            std::size_t first = 0) const {
    if (hashes.empty()) return;  // an article without an id whose text is too short to compare
    std::vector<std::uint32_t> room;
    std::vector<ArticleKey> articles;
    for (const auto& [number, generation] : generations_) {
      room.assign(hashes.size(), kMaxOfOneHash);
      for (auto table = generation.tables.rbegin(); table != generation.tables.rend(); ++table) {
        const auto give = [&](std::size_t i) {
          take_latest(room[i], articles, [&](ArticleKey key) { use(i, key, table->samples(key)); });
        };
        std::size_t before = 0;
        table->find(hashes, [&](std::size_t i, ArticleKey key) {
          if (i != before) give(std::exchange(before, i));
          articles.push_back(key);
        });
        give(before);
      }
      for (auto segment = generation.segments.rbegin(); segment != generation.segments.rend(); ++segment) {
        segment->find(store_, hashes, filter.verdicts(*segment, first, hashes.size()),
                      [&](std::size_t i, std::vector<ArticleKey>& keys) {
                        take_latest(room[i], keys, [&](ArticleKey key) { use(i, key, segment->samples(key)); });
                      });
      }
    }
  }

  [[nodiscard]] std::size_t generations() const { return generations_.size(); }
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] std::uint64_t memory_bytes() const;
  void verify(const std::stop_token& stop = {}) const;

 private:
  struct Generation {
    std::vector<PostingSegment> segments;
    std::vector<PostingTable> tables;  // the last one takes what comes
    ArticleKey last;                   // article added
    std::uint64_t next_segment = 0;

    [[nodiscard]] std::uint64_t in_tables() const;
  };

  /// Uses the latest of `articles`, no more than there is room for; they are gone then.
  template <typename Use>
  static void take_latest(std::uint32_t& room, std::vector<ArticleKey>& articles, Use use) {
    if (articles.size() > room) {
      std::nth_element(articles.begin(), articles.begin() + room, articles.end(), std::greater<>());
      articles.resize(room);
    }
    room -= static_cast<std::uint32_t>(articles.size());
    for (const ArticleKey key : articles) use(key);
    articles.clear();
  }

  void write_segment(std::uint64_t number, Generation& generation);
  bool merge_segments(std::uint64_t number, Generation& generation);
  void keep_filters();

  IndexStore& store_;
  PostingLimits limits_;
  std::map<std::uint64_t, Generation> generations_;
};

}  // namespace wirecopy
