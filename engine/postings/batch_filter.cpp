#include "postings/batch_filter.hpp"

#include <algorithm>

#include "base/radix_sort.hpp"

namespace wirecopy {
namespace {

/// Reading a part of a filter takes as long as reading so many blocks.
constexpr std::size_t kWorthAPart = 60;

}  // namespace

BatchFilter::BatchFilter(const IndexStore& store, std::span<const std::uint64_t> hashes,
                         std::span<const PostingSegment* const> segments)
    : store_(&store) {
  if (segments.empty() || hashes.size() < kWorthAPart) return;
  hashes_.reserve(hashes.size());
  for (std::size_t i = 0; i < hashes.size(); ++i) hashes_.push_back({hashes[i], i});
  std::vector<Hash> scratch(hashes_.size());
  radix_sort(std::span(hashes_), std::span(scratch), [](const Hash& each) { return each.hash; });
  for (const PostingSegment* segment : segments) {
    filtered_.push_back({segment, std::vector<std::uint8_t>(hashes.size(), 1)});
    add_tasks(filtered_.size() - 1);
  }
}

void BatchFilter::add_tasks(std::size_t filtered) {
  const PostingFilter& filter = filtered_[filtered].segment->filter();
  for (std::size_t begin = 0, end = 0; begin < hashes_.size(); begin = end) {
    const std::size_t part = filter.part_of(hashes_[begin].hash);
    while (end < hashes_.size() && filter.part_of(hashes_[end].hash) == part) ++end;
    if (end - begin >= kWorthAPart && !filter.is_in_memory(part)) tasks_.push_back({filtered, part, begin, end});
  }
}

void BatchFilter::do_task(std::size_t number) {
  const Task& task = tasks_[number];
  auto& [segment, verdicts] = filtered_[task.filtered];
  const PostingFilter::Part words = segment->read_filter(*store_, task.part);
  for (std::size_t i = task.begin; i < task.end; ++i) {
    verdicts[hashes_[i].position] = segment->filter().may_contain(words, hashes_[i].hash) ? 1 : 0;
  }
}

std::span<const std::uint8_t> BatchFilter::verdicts(const PostingSegment& segment, std::size_t first,
                                                    std::size_t count) const {
  const auto found = std::find_if(filtered_.begin(), filtered_.end(),
                                  [&segment](const Filtered& each) { return each.segment == &segment; });
  if (found == filtered_.end()) return {};
  return std::span(found->verdicts).subspan(first, count);
}

}  // namespace wirecopy
