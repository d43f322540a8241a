#include "verify/text_comparer.hpp"

#include <algorithm>
#include <bit>

#include "verify/token_ranges.hpp"

namespace wirecopy {
namespace {

constexpr std::uint32_t kNoEntry = UINT32_MAX;
constexpr std::size_t kFilterBitsAShingle = 32;

void append_range(std::vector<TokenRange>& ranges, std::uint32_t begin, std::uint32_t end) {
  if (!ranges.empty() && begin <= ranges.back().end + kBridgedTokens) {
    ranges.back().end = std::max(ranges.back().end, end);
  } else {
    ranges.push_back({begin, end});
  }
}

}  // namespace

TextProfile TextComparer::load(const ComparedText& first) {
  hold(first);
  return profile_of(first, first_shingles_);
}

TextProfile TextComparer::measure(const ComparedText& text) {
  second_shingles_.assign(text.tokens, words_, kernel_);
  return profile_of(text, second_shingles_);
}

// Nearly all shingles of a text stand in it once. Those that a filter does not tell to be single are sorted.
TextProfile TextComparer::profile_of(const ComparedText& text, const ShingleList& shingles) {
  const std::span<const std::uint64_t> hashes = shingles.hashes();
  const auto count = static_cast<std::uint32_t>(hashes.size());
  repeats_.start(hashes.size(), kFilterBitsAShingle);
  for (const std::uint64_t shingle : hashes) repeats_.meet(shingle);
  TextProfile profile = measure_editorial(text.tokens, words_, text.boilerplate);
  profile.raw_shingles = profile.editorial_shingles = count;
  for (const TokenRange range : text.boilerplate) {
    profile.editorial_shingles -= std::min(range.end, count) - std::min(range.begin, count);
  }

  repeated_.clear();
  EditorialCursor cursor(text.boilerplate);
  for (std::uint32_t position = 0; position < count; ++position) {
    if (!repeats_.met_again(hashes[position])) continue;
    const bool is_editorial = cursor.is_editorial(position);
    repeated_.emplace_back(hashes[position], !is_editorial);
    profile.raw_shingles -= 1, profile.editorial_shingles -= is_editorial;
  }
  std::sort(repeated_.begin(), repeated_.end());  // of equal ones, editorial text first
  for (std::size_t i = 0; i < repeated_.size(); ++i) {
    if (i > 0 && repeated_[i].first == repeated_[i - 1].first) continue;
    profile.raw_shingles += 1, profile.editorial_shingles += !repeated_[i].second;
  }
  return profile;
}

void TextComparer::hold(const ComparedText& first) {
  first_ = first;
  first_shingles_.assign(first.tokens, words_, kernel_);
  is_indexed_ = false;
  set_filter();
}

void TextComparer::set_filter() {
  const std::size_t words = std::bit_ceil(first_shingles_.size() * kFilterBitsAShingle + 64) / 64;
  filter_.assign(words, 0);
  filter_mask_ = words - 1;
  std::uint32_t repetitions = 0;
  for (const std::uint64_t shingle : first_shingles_.hashes()) {
    std::uint64_t& word = filter_[shingle >> 6 & filter_mask_];
    const std::uint64_t bit = std::uint64_t{1} << (shingle & 63);
    repetitions += (word & bit) != 0;
    word |= bit;
  }
  repetitions_ = repetitions;
}

void TextComparer::index() {
  if (is_indexed_) return;
  is_indexed_ = true;
  make_room(first_shingles_.size());
  EditorialCursor cursor(first_.boilerplate);
  std::uint32_t position = 0;
  for (const std::uint64_t shingle : first_shingles_.hashes()) {
    const bool is_editorial = cursor.is_editorial(position);
    std::size_t at = shingle & mask_;  // hashes are uniform: their low bits can index the table as they are
    while (slots_[at] != 0 && entries_[slots_[at] - 1].shingle != shingle) at = (at + 1) & mask_;
    if (slots_[at] == 0) {
      entries_[entry_count_] = {shingle, 0, 0, kNowhere, 0};
      slots_[at] = ++entry_count_;
    }
    if (is_editorial) add_place(entries_[slots_[at] - 1], position);
    ++position;
  }
}

void TextComparer::add_place(Entry& entry, std::uint32_t position) {
  if (entry.place == kNowhere) {
    entry.place = position;
  } else if (entry.later != 0 && later_[entry.later - 1].end == position) {
    ++later_[entry.later - 1].end;
  } else {
    later_.push_back({position, position + 1, entry.later});
    entry.later = static_cast<std::uint32_t>(later_.size());
  }
}

void TextComparer::make_room(std::size_t shingles) {
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(64, 4 * shingles));
  slots_.assign(size, 0);
  mask_ = size - 1;
  mark_ = 0;
  entry_count_ = 0;
  later_.clear();
  places_.start(shingles);
  if (entries_.size() < shingles) entries_.resize(shingles);
}

std::uint32_t TextComparer::find(std::uint64_t shingle) const {
  for (std::size_t at = shingle & mask_; slots_[at] != 0; at = (at + 1) & mask_) {
    if (entries_[slots_[at] - 1].shingle == shingle) return slots_[at] - 1;
  }
  return kNoEntry;
}

void TextComparer::next_mark() {
  if (++mark_ != 0) return;
  for (Entry& entry : std::span(entries_).first(entry_count_)) {
    entry.seen = entry.covered = 0;  // marks of long ago could be taken for this one's
  }
  mark_ = 1;
}

void TextComparer::gather_hits(const ComparedText& second) {
  second_shingles_.assign(second.tokens, words_, kernel_);
  if (hits_.size() < second_shingles_.size()) hits_.resize(second_shingles_.size());
  std::uint32_t count = 0, position = 0;
  for (const std::uint64_t shingle : second_shingles_.hashes()) {
    hits_[count] = position++;
    count += filter_[shingle >> 6 & filter_mask_] >> (shingle & 63) & 1;
  }
  hit_count_ = count;
}

std::uint32_t TextComparer::most_covered_of_second() const {
  TokenCounter tokens(kBridgedTokens);
  for (const std::uint32_t position : std::span(hits_).first(hit_count_)) {
    tokens.add(position, second_shingles_.end(position));
  }
  return tokens.count();
}

// A shared shingle stands once in the first text, and again at some of the repetitions there.
std::uint32_t TextComparer::most_covered_of_first() const {
  const std::uint64_t positions = std::uint64_t{hit_count_} + repetitions_;
  const std::uint64_t tokens = positions * (first_shingles_.longest() + kBridgedTokens);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(tokens, first_.tokens.size()));
}

template <typename Cover>
Overlap TextComparer::match_hits(const ComparedText& second, Cover&& cover) {
  index();
  next_mark();
  covered_.clear();
  Overlap overlap;
  EditorialCursor cursor(second.boilerplate);
  const std::span<const std::uint64_t> shingles = second_shingles_.hashes();
  std::uint32_t next = 0;
  for (const std::uint32_t position : std::span(hits_).first(hit_count_)) {
    const bool runs_on = next < entry_count_ && entries_[next].shingle == shingles[position];
    const std::uint32_t number = runs_on ? next : find(shingles[position]);
    if (number == kNoEntry) continue;
    next = number + 1;
    Entry& entry = entries_[number];
    overlap.raw_shared += entry.seen != mark_;
    entry.seen = mark_;
    if (entry.place == kNowhere || !cursor.is_editorial(position)) continue;
    if (entry.covered != mark_) covered_.push_back(number);
    entry.covered = mark_;
    cover(position, second_shingles_.end(position));
  }
  overlap.editorial_shared = static_cast<std::uint32_t>(covered_.size());
  return overlap;
}

// The shingles of a run of positions cover the run and the rest of its last shingle.
template <typename Cover>
void TextComparer::cover_first(Cover&& cover) {
  for (const std::uint32_t number : covered_) {
    places_.add(entries_[number].place);
    for (std::uint32_t at = entries_[number].later; at != 0; at = later_[at - 1].before) {
      places_.add(later_[at - 1].begin, later_[at - 1].end);
    }
  }
  places_.take_runs([&](std::uint32_t begin, std::uint32_t end) { cover(begin, first_shingles_.end(end - 1)); });
}

std::uint32_t TextComparer::count_covered_of_first() {
  TokenCounter tokens(kBridgedTokens);
  cover_first([&](std::uint32_t begin, std::uint32_t end) { tokens.add(begin, end); });
  return tokens.count();
}

Overlap TextComparer::compare_second(const ComparedText& second) {
  if (hit_count_ == 0) {
    covered_.clear();
    return {};
  }
  TokenCounter tokens(kBridgedTokens);
  Overlap overlap = match_hits(second, [&](std::uint32_t begin, std::uint32_t end) { tokens.add(begin, end); });
  overlap.covered_second = tokens.count();
  return overlap;
}

Overlap TextComparer::compare(const ComparedText& second) {
  gather_hits(second);
  Overlap overlap = compare_second(second);
  overlap.covered_first = count_covered_of_first();
  return overlap;
}

std::optional<Overlap> TextComparer::compare_if(const ComparedText& second, double least_of_first,
                                                double least_of_second) {
  gather_hits(second);
  const bool is_first_enough = most_covered_of_first() >= least_of_first;
  if (!is_first_enough && most_covered_of_second() < least_of_second) return std::nullopt;
  Overlap overlap = compare_second(second);
  if (!is_first_enough && overlap.covered_second < least_of_second) return std::nullopt;
  overlap.covered_first = count_covered_of_first();
  return overlap;
}

void TextComparer::shared_ranges(const ComparedText& second, std::vector<TokenRange>& of_first,
                                 std::vector<TokenRange>& of_second) {
  gather_hits(second);
  match_hits(second, [&](std::uint32_t begin, std::uint32_t end) { append_range(of_second, begin, end); });
  cover_first([&](std::uint32_t begin, std::uint32_t end) { append_range(of_first, begin, end); });
}

}  // namespace wirecopy
