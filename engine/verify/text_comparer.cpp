#include "verify/text_comparer.hpp"

#include <algorithm>
#include <bit>

#include "verify/token_ranges.hpp"

namespace wirecopy {
namespace {

constexpr std::uint32_t kNoEntry = UINT32_MAX;
constexpr std::size_t kFilterBitsAShingle = 32;
// All occurrences of a shingle in the one text are paired with all in the other if they make no more pairs than this.
constexpr std::size_t kMaxPairsOfAShingle = 16;

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

// Nearly all shingles of a text occur once. Those that a filter does not show to be single are sorted.
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
    if (!repeats_.occurs_again(hashes[position])) continue;
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
  mark_ += 2;  // an entry's mark may be one higher
  if (mark_ != 0) return;
  for (Entry& entry : std::span(entries_).first(entry_count_)) {
    entry.seen = entry.covered = 0;  // marks of long ago could be taken for this one's
  }
  mark_ = 2;
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

// A shared shingle occurs once in the first text, and again at some of the repetitions there.
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
  shared_.clear();
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
    if (entry.covered < mark_) covered_.push_back(number);
    entry.covered = mark_ + (entry.covered >= mark_);
    shared_.push_back({number, position});
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
    shared_.clear();
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

std::span<SharedRun> TextComparer::shared_runs() {
  runs_.clear();
  often_.clear();
  for (std::size_t i = 0; i < shared_.size();) {
    const Entry& entry = entries_[shared_[i].entry];
    const bool is_repeated = entry.later != 0 || entry.covered > mark_;
    if (is_repeated) often_.push_back(shared_[i]);
    i = is_repeated ? i + 1 : add_run(i);
  }
  if (!often_.empty()) add_repeated_runs();
  for (SharedRun& run : runs_) {  // so far, `tokens` counts shingles
    run.tokens = second_shingles_.end(run.second + run.tokens - 1) - run.second;
  }
  return runs_;
}

// The run through a shingle that occurs once in each text, over repeated ones to both sides. Returns which of shared_
// comes after it.
std::size_t TextComparer::add_run(std::size_t at) {
  const std::uint32_t first = entries_[shared_[at].entry].place, second = shared_[at].position;
  const auto is_shared = [&](std::size_t i) {
    const std::uint32_t position = shared_[i].position, place = first + (position - second);
    return place < first_shingles_.size() && first_shingles_.hashes()[place] == entries_[shared_[i].entry].shingle &&
           is_editorial(place, first_.boilerplate);
  };
  std::size_t begin = at, end = at + 1;
  while (begin > 0 && shared_[begin - 1].position + 1 == shared_[begin].position && is_shared(begin - 1)) --begin;
  while (end < shared_.size() && shared_[end].position == shared_[end - 1].position + 1 && is_shared(end)) ++end;
  const auto before = static_cast<std::uint32_t>(at - begin);
  while (!often_.empty() && often_.back().position >= second - before) often_.pop_back();
  runs_.push_back({first - before, second - before, static_cast<std::uint32_t>(end - begin)});
  return end;
}

void TextComparer::add_repeated_runs() {
  find_run_ranges();
  std::sort(often_.begin(), often_.end(), [](const SharedShingle& x, const SharedShingle& y) {
    return std::pair(x.entry, x.position) < std::pair(y.entry, y.position);
  });
  pairs_.clear();
  for (std::span<const SharedShingle> rest = often_; !rest.empty();) {
    std::size_t count = 1;
    while (count < rest.size() && rest[count].entry == rest[0].entry) ++count;
    pair_occurrences(rest.first(count));
    rest = rest.subspan(count);
  }
  std::sort(pairs_.begin(), pairs_.end());
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const auto [diagonal, second] = pairs_[i];
    if (i > 0 && pairs_[i - 1].first == diagonal && pairs_[i - 1].second + 1 == second) {
      ++runs_.back().tokens;
    } else {
      runs_.push_back({diagonal + second, second, 1});
    }
  }
}

// Where runs lie in the first text.
void TextComparer::find_run_ranges() {
  run_ranges_.clear();
  for (const SharedRun& run : runs_) run_ranges_.push_back({run.first, run.first + run.tokens});
  std::sort(run_ranges_.begin(), run_ranges_.end(),
            [](const TokenRange& x, const TokenRange& y) { return x.begin < y.begin; });
  std::size_t count = 0;
  for (const TokenRange range : run_ranges_) {
    if (count > 0 && range.begin <= run_ranges_[count - 1].end) {
      run_ranges_[count - 1].end = std::max(run_ranges_[count - 1].end, range.end);
    } else {
      run_ranges_[count++] = range;
    }
  }
  run_ranges_.resize(count);
}

// All pairs of occurrences where they are few.
void TextComparer::pair_occurrences(std::span<const SharedShingle> of_second) {
  gather_occurrences(entries_[of_second.front().entry], std::max(of_second.size(), kMaxPairsOfAShingle + 1));
  const bool are_few = occurrences_.size() * of_second.size() <= kMaxPairsOfAShingle;
  for (std::size_t i = 0; i < of_second.size(); ++i) {
    const std::uint32_t second = of_second[i].position;
    const std::size_t begin = are_few ? 0 : i, end = are_few ? occurrences_.size() : i + 1;
    for (std::size_t k = begin; k < std::min(end, occurrences_.size()); ++k) {
      pairs_.emplace_back(occurrences_[k] - second, second);
    }
  }
}

// The first occurrences in the first text that are in no run, in ascending order, up to a maximum.
void TextComparer::gather_occurrences(const Entry& entry, std::size_t maximum) {
  later_runs_.clear();
  for (std::uint32_t at = entry.later; at != 0; at = later_[at - 1].before) later_runs_.push_back(at - 1);
  occurrences_.clear();
  auto range = run_ranges_.begin();
  const auto gather = [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t position = begin; position < end && occurrences_.size() < maximum; ++position) {
      range = std::partition_point(range, run_ranges_.end(), [&](const TokenRange& r) { return r.end <= position; });
      if (range == run_ranges_.end() || position < range->begin) {
        occurrences_.push_back(position);
      } else {
        position = range->end - 1;
      }
    }
  };
  gather(entry.place, entry.place + 1);
  for (; !later_runs_.empty(); later_runs_.pop_back()) {
    gather(later_[later_runs_.back()].begin, later_[later_runs_.back()].end);
  }
}

void TextComparer::shared_ranges(const ComparedText& second, std::vector<TokenRange>& of_first,
                                 std::vector<TokenRange>& of_second) {
  gather_hits(second);
  match_hits(second, [&](std::uint32_t begin, std::uint32_t end) { append_range(of_second, begin, end); });
  cover_first([&](std::uint32_t begin, std::uint32_t end) { append_range(of_first, begin, end); });
}

}  // namespace wirecopy
