#include "verify/text_aligner.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// In quarters of a word, or in tokens.
constexpr std::int32_t kMinScore = 16;        // of an alignment
constexpr std::int32_t kDrop = 12;            // an extension ends this far below its best score,
constexpr std::int32_t kMaxWithoutGain = 16;  // or after so many tokens that brought no better one
constexpr std::int32_t kBand = 4;             // tokens to both sides of the diagonal
constexpr std::uint32_t kMaxReach = 4096;     // tokens of an extension; what lies beyond is extended from its own run
constexpr std::int32_t kNever = -1'000'000;

std::int32_t weigh(Token token) { return static_cast<std::int32_t>(quarter_words(kind_of(token))); }

bool comes_first(std::span<const Token> a, std::span<const Token> b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return !std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end());
}

}  // namespace

void TextAligner::Side::load(const ComparedText& text) {
  for (const TokenRange& range : boilerplate) set(range.begin, range.end, false);  // of the text before
  tokens = text.tokens;
  boilerplate.assign(text.boilerplate.begin(), text.boilerplate.end());
  if (taken.size() * 64 < tokens.size()) taken.resize(tokens.size() / 64 + 1, 0);
  for (const TokenRange& range : boilerplate) set(range.begin, range.end, true);
}

void TextAligner::Side::set(std::uint32_t begin, std::uint32_t end, bool value) {
  end = std::min(end, static_cast<std::uint32_t>(tokens.size()));
  while (begin < end) {
    const std::uint32_t until = std::min(end, (begin / 64 + 1) * 64);
    const std::uint64_t bits = ~std::uint64_t{0} >> (64 - (until - begin)) << (begin % 64);
    std::uint64_t& word = taken[begin / 64];
    word = value ? word | bits : word & ~bits;
    begin = until;
  }
}

std::uint32_t TextAligner::Side::quarters(std::uint32_t begin, std::uint32_t end) const {
  std::uint32_t sum = 0;
  for (const Token token : tokens.subspan(begin, end - begin)) sum += quarter_words(kind_of(token));
  return sum;
}

void TextAligner::load(const ComparedText& first) { loaded_.load(first); }

Alignment TextAligner::align(const ComparedText& second, std::span<SharedRun> runs, std::uint32_t min_quarters) {
  other_.load(second);
  const bool is_loaded_first = comes_first(loaded_.tokens, second.tokens);
  Side &a = is_loaded_first ? loaded_ : other_, &b = is_loaded_first ? other_ : loaded_;
  if (!is_loaded_first) {
    for (SharedRun& run : runs) std::swap(run.first, run.second);
  }
  std::sort(runs.begin(), runs.end(), [](const SharedRun& x, const SharedRun& y) {
    return std::tuple(y.tokens, x.first, x.second) < std::tuple(x.tokens, y.first, y.second);
  });
  aligned_.clear();
  for (const SharedRun& run : runs) align_run(a, b, run, min_quarters);

  std::uint32_t of_a = 0, of_b = 0;
  for (const auto& [in_a, in_b] : aligned_) {
    of_a += a.quarters(in_a.begin, in_a.end);
    of_b += b.quarters(in_b.begin, in_b.end);
    a.set(in_a.begin, in_a.end, false);
    b.set(in_b.begin, in_b.end, false);
  }
  return is_loaded_first ? Alignment{of_a, of_b} : Alignment{of_b, of_a};
}

void TextAligner::align_run(Side& a, Side& b, SharedRun run, std::uint32_t min_quarters) {
  const auto is_free = [&](const SharedRun& r, std::uint32_t at) {
    return a.is_free(r.first + at) && b.is_free(r.second + at);
  };
  while (run.tokens > 0 && !is_free(run, 0)) ++run.first, ++run.second, --run.tokens;
  std::uint32_t tokens = 0;
  while (tokens < run.tokens && is_free(run, tokens)) ++tokens;
  const std::uint32_t quarters = a.quarters(run.first, run.first + tokens);
  if (tokens == 0 || quarters < min_quarters) return;

  const Extension after = extend<1>(a, run.first + tokens, b, run.second + tokens);
  const Extension before = extend<-1>(a, run.first, b, run.second);
  if (static_cast<std::int32_t>(quarters) + after.score + before.score < kMinScore) return;
  const auto widen = [&](std::uint32_t begin, std::int32_t back, std::int32_t on) {
    return TokenRange{begin - static_cast<std::uint32_t>(back), begin + tokens + static_cast<std::uint32_t>(on)};
  };
  const TokenRange in_a = widen(run.first, before.a, after.a), in_b = widen(run.second, before.b, after.b);
  a.set(in_a.begin, in_a.end, true);
  b.set(in_b.begin, in_b.end, true);
  aligned_.emplace_back(in_a, in_b);
}

std::uint32_t TextAligner::Side::free_after(std::uint32_t position) const {
  const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(tokens.size(), std::size_t{position} + kMaxReach));
  for (std::uint32_t at = position; at < end; at = (at / 64 + 1) * 64) {
    const std::uint64_t bits = taken[at / 64] >> (at % 64);
    if (bits != 0) return std::min(end, at + static_cast<std::uint32_t>(std::countr_zero(bits))) - position;
  }
  return end - position;
}

std::uint32_t TextAligner::Side::free_before(std::uint32_t position) const {
  const std::uint32_t begin = position - std::min(position, kMaxReach);
  for (std::uint32_t at = position; at > begin; at = (at - 1) / 64 * 64) {
    const std::uint64_t bits = taken[(at - 1) / 64] << (63 - (at - 1) % 64);
    if (bits != 0) return position - std::max(begin, at - static_cast<std::uint32_t>(std::countl_zero(bits)));
  }
  return position - begin;
}

// Row x holds the best scores of alignments of x tokens of a with x + d of b, for d from -kBand to kBand: cell d is
// row[kCentre + d]. A cell that no alignment reaches holds so little that it never counts.
template <int kStep>
TextAligner::Extension TextAligner::extend(const Side& a, std::uint32_t at_a, const Side& b, std::uint32_t at_b) {
  constexpr std::int32_t kCentre = kBand + 1, kLastCell = 2 * kBand + 1;
  const auto size_a = static_cast<std::int32_t>(kStep > 0 ? a.free_after(at_a) : a.free_before(at_a));
  const auto size_b = static_cast<std::int32_t>(kStep > 0 ? b.free_after(at_b) : b.free_before(at_b));
  const auto token_of_a = [first = a.tokens.data() + at_a - (kStep < 0)](std::int32_t at) { return first[kStep * at]; };
  const auto token_of_b = [first = b.tokens.data() + at_b - (kStep < 0)](std::int32_t at) { return first[kStep * at]; };

  std::array<std::int32_t, kLastCell + 2> row;  // and a cell that is never reached at both ends
  row.fill(kNever);
  row[kCentre] = 0;
  for (std::int32_t d = 1; d <= std::min(kBand, size_b); ++d) {
    row[kCentre + d] = row[kCentre + d - 1] - weigh(token_of_b(d - 1));
  }
  Extension best;
  for (std::int32_t x = 1; x <= size_a && x - best.a <= kMaxWithoutGain; ++x) {
    const Token own = token_of_a(x - 1);
    const std::int32_t weight = weigh(own), to_b = x - kCentre - 1;  // cell c takes the token c + to_b of b
    const std::int32_t begin = std::max(1, -to_b), end = std::min(kLastCell, size_b - 1 - to_b);
    if (begin > 1) row[begin - 1] = row[begin] - weight;  // x tokens of a, none of b
    std::int32_t best_of_row = kNever;
    for (std::int32_t cell = begin; cell <= end; ++cell) {
      const Token other = token_of_b(cell + to_b);
      const std::int32_t other_weight = weigh(other);
      const std::int32_t paired = other == own ? weight : -std::max(weight, other_weight);
      row[cell] = std::max({row[cell] + paired, row[cell + 1] - weight, row[cell - 1] - other_weight});
      best_of_row = std::max(best_of_row, row[cell]);
    }
    for (std::int32_t cell = std::max(end + 1, 1); cell <= kLastCell; ++cell) {  // all of b is taken
      row[cell] = row[cell + 1] - weight;
      best_of_row = std::max(best_of_row, row[cell]);
    }
    if (best_of_row < best.score - kDrop) break;
    if (best_of_row <= best.score) continue;
    const std::int32_t cell = static_cast<std::int32_t>(std::find(row.begin(), row.end(), best_of_row) - row.begin());
    best = {x, x + cell - kCentre, best_of_row};
  }
  return best;
}

}  // namespace wirecopy
