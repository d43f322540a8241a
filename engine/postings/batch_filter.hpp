// What the filters say of all hashes of a batch where they are not in memory.
//
// The hashes of a thousand articles are so many that nearly every part of a filter is asked. So they are sorted, and
// each part is read once, for all of its hashes; where only a few fall on a part, they are left to the blocks.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "postings/segment.hpp"

namespace wirecopy {

/// Made by Postings::batch_filter(). Then each task must be done once; different ones may be done at the same time.
class BatchFilter {
 public:
  BatchFilter() = default;
  /// `hashes`: of all articles, one after the other. `segments` must outlive it, and not change.
  BatchFilter(const IndexStore& store, std::span<const std::uint64_t> hashes,
              std::span<const PostingSegment* const> segments);

  [[nodiscard]] std::size_t tasks() const { return tasks_.size(); }
  void do_task(std::size_t task);

  /// For `count` hashes from `first` on, whether the segment may hold them; empty where nothing was asked.
  [[nodiscard]] std::span<const std::uint8_t> verdicts(const PostingSegment& segment, std::size_t first,
                                                       std::size_t count) const;

 private:
  struct Hash {
    std::uint64_t hash;
    std::size_t position;  // among all
  };
  struct Filtered {
    const PostingSegment* segment;
    std::vector<std::uint8_t> verdicts;
  };
  struct Task {
    std::size_t filtered;
    std::size_t part;
    std::size_t begin, end;  // of its hashes
  };

  void add_tasks(std::size_t filtered);

  const IndexStore* store_ = nullptr;
  std::vector<Hash> hashes_;  // ascending
  std::vector<Filtered> filtered_;
  std::vector<Task> tasks_;
};

}  // namespace wirecopy
