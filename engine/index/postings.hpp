// All postings of an index, by generation: a table in memory for the articles that came last, segments on disk.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "index/posting_table.hpp"
#include "index/segment.hpp"

namespace wirecopy {

/// For one writer; any number of threads may ask while nobody writes.
class Postings {
 public:
  /// `most_in_memory`: postings of a generation that are gathered before they are written as a segment; 0: all stay in
  /// memory.
  Postings(IndexStore& store, std::uint64_t most_in_memory) : store_(store), most_in_memory_(most_in_memory) {}

  /// Finds the segments of the store.
  void load();
  /// Articles of the generation up to this one are in segments; kNoKey: none.
  [[nodiscard]] ArticleKey last_in_segments(std::uint64_t generation) const;

  /// Keys come rising within a generation. `samples`: how many of the hashes are of shingles.
  void add(ArticleKey article, std::span<const std::uint64_t> hashes, std::size_t samples);
  /// Writes the tables that are full as segments, and merges segments.
  void settle();
  void drop_before(std::uint64_t generation);

  /// Calls `use(i, article, samples)` for every article that holds hash i; `samples` is how many shingles it has
  /// posted.
  template <typename Use>
  void find(std::span<const std::uint64_t> hashes, Use&& use) const {
    for (const auto& [number, generation] : generations_) {
      for (const PostingSegment& segment : generation.segments) {
        segment.find(store_, hashes, [&](std::size_t i, ArticleKey key) { use(i, key, segment.samples(key)); });
      }
      for (const PostingTable& table : generation.tables) {
        table.find(hashes, [&](std::size_t i, ArticleKey key) { use(i, key, table.samples(key)); });
      }
    }
  }

  [[nodiscard]] std::size_t generations() const { return generations_.size(); }
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] std::uint64_t memory_bytes() const;
  void verify() const;

 private:
  struct Generation {
    std::vector<PostingSegment> segments;
    std::vector<PostingTable> tables;  // the last one takes what comes
    ArticleKey last = 0;               // article added
    std::uint64_t next_segment = 0;
  };

  void write_segment(std::uint64_t number, Generation& generation);
  bool merge_segments(std::uint64_t number, Generation& generation);

  IndexStore& store_;
  std::uint64_t most_in_memory_;
  std::map<std::uint64_t, Generation> generations_;
};

}  // namespace wirecopy
