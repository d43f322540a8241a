#include "verify/text_comparer.hpp"

#include <algorithm>
#include <bit>

#include "text/shingler.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {
namespace {

void append_range(std::vector<TokenRange>& ranges, std::uint32_t begin, std::uint32_t end) {
  if (!ranges.empty() && begin <= ranges.back().end + kBridgedTokens) {
    ranges.back().end = std::max(ranges.back().end, end);
  } else {
    ranges.push_back({begin, end});
  }
}

}  // namespace

TextProfile TextComparer::load(const ComparedText& first) {
  reserve(first.tokens.size() + 1);
  TextProfile profile = measure_editorial(first.tokens, words_, first.boilerplate);
  EditorialCursor cursor(first.boilerplate);
  for_each_shingle(first.tokens, words_, [&](std::uint64_t hash, std::size_t token, std::size_t count) {
    const auto position = static_cast<std::uint32_t>(positions_.size());
    const auto begin = static_cast<std::uint32_t>(token), end = static_cast<std::uint32_t>(token + count);
    const std::uint32_t number = insert(hash);
    Entry& entry = entries_[number];
    const bool is_editorial = cursor.is_editorial(position);
    profile.editorial_shingles += is_editorial && !entry.is_editorial;
    entry.is_editorial |= is_editorial;
    positions_.push_back({number, begin, end - begin, is_editorial});
  });
  profile.raw_shingles = static_cast<std::uint32_t>(entries_.size());
  return profile;
}

void TextComparer::reserve(std::size_t shingles) {
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(64, 2 * shingles));
  if (slots_.size() < size) slots_.resize(size);
  std::fill_n(slots_.begin(), size, 0U);
  mask_ = size - 1;
  mark_ = 0;
  entries_.clear();
  positions_.clear();
}

std::uint32_t TextComparer::insert(std::uint64_t shingle) {
  std::size_t at = shingle & mask_;  // hashes are uniform: their low bits can index the table as they are
  while (slots_[at] != 0 && entries_[slots_[at] - 1].shingle != shingle) at = (at + 1) & mask_;
  if (slots_[at] == 0) {
    entries_.push_back({shingle, 0, 0, false});
    slots_[at] = static_cast<std::uint32_t>(entries_.size());
  }
  return slots_[at] - 1;
}

TextComparer::Entry* TextComparer::find(std::uint64_t shingle) {
  for (std::size_t at = shingle & mask_; slots_[at] != 0; at = (at + 1) & mask_) {
    Entry& entry = entries_[slots_[at] - 1];
    if (entry.shingle == shingle) return &entry;
  }
  return nullptr;
}

void TextComparer::next_mark() {
  if (++mark_ != 0) return;
  for (Entry& entry : entries_) entry.seen = entry.covered = 0;  // marks of long ago could be taken for this one's
  mark_ = 1;
}

template <typename Cover>
Overlap TextComparer::stream_second(const ComparedText& second, Cover&& cover) {
  next_mark();
  Overlap overlap;
  EditorialCursor cursor(second.boilerplate);
  std::uint32_t position = 0;
  for_each_shingle(second.tokens, words_, [&](std::uint64_t hash, std::size_t token, std::size_t count) {
    const std::uint32_t here = position++;
    Entry* const entry = find(hash);
    if (entry == nullptr) return;
    overlap.raw_shared += entry->seen != mark_;
    entry->seen = mark_;
    if (!entry->is_editorial || !cursor.is_editorial(here)) return;
    overlap.editorial_shared += entry->covered != mark_;
    entry->covered = mark_;
    cover(static_cast<std::uint32_t>(token), static_cast<std::uint32_t>(token + count));
  });
  return overlap;
}

template <typename Cover>
void TextComparer::cover_first(Cover&& cover) const {
  for (const Position& position : positions_) {
    if (position.is_editorial && entries_[position.entry].covered == mark_) {
      cover(position.token, position.token + position.count);
    }
  }
}

Overlap TextComparer::compare(const ComparedText& second) {
  TokenCounter of_first(kBridgedTokens), of_second(kBridgedTokens);
  Overlap overlap = stream_second(second, [&](std::uint32_t begin, std::uint32_t end) { of_second.add(begin, end); });
  if (overlap.editorial_shared == 0) return overlap;
  cover_first([&](std::uint32_t begin, std::uint32_t end) { of_first.add(begin, end); });
  overlap.covered_first = of_first.count();
  overlap.covered_second = of_second.count();
  return overlap;
}

void TextComparer::shared_ranges(const ComparedText& second, std::vector<TokenRange>& of_first,
                                 std::vector<TokenRange>& of_second) {
  stream_second(second, [&](std::uint32_t begin, std::uint32_t end) { append_range(of_second, begin, end); });
  cover_first([&](std::uint32_t begin, std::uint32_t end) { append_range(of_first, begin, end); });
}

}  // namespace wirecopy
