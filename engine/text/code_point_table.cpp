#include "text/code_point_table.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "text/normal_form.hpp"
#include "text/utf8.hpp"

namespace wirecopy {
namespace {

using Range = std::pair<char32_t, char32_t>;  // both ends are included

// Blocks and individual characters of Unicode 15 by script.
constexpr Range kIdeographs[] = {
    {0x2E80, 0x2FDF},    // CJK and Kangxi radicals
    {0x3005, 0x3007},    // iteration mark, closing mark, ideographic zero
    {0x3021, 0x3029},    // Hangzhou numerals
    {0x3031, 0x3035},    // kana repeat marks
    {0x3038, 0x303C},    // Hangzhou tens, iteration and masu marks
    {0x3041, 0x30FF},    // Hiragana, Katakana
    {0x31F0, 0x31FF},    // Katakana phonetic extensions
    {0x3400, 0x4DBF},    // extension A
    {0x4E00, 0x9FFF},    // unified ideographs
    {0xF900, 0xFAFF},    // compatibility ideographs
    {0x1AFF0, 0x1B16F},  // kana extensions and supplement
    {0x20000, 0x3FFFF},  // the ideographic planes
};
constexpr Range kSyllables[] = {
    {0x0E00, 0x0EFF},  // Thai, Lao
    {0x1000, 0x109F},  // Myanmar
    {0x1780, 0x17FF},  // Khmer
    {0xA9E0, 0xA9FF},  // Myanmar extended B
    {0xAA60, 0xAA7F},  // Myanmar extended A
};
constexpr char32_t kApostrophes[] = {
    '\'',   '`',    0x02B9, 0x02BB, 0x02BC, 0x02BD, 0x02BE, 0x02BF, 0x055A, 0x05F3,
    0x07F4, 0x07F5, 0x2018, 0x2019, 0x201B, 0x2032, 0x2035, 0xA78B, 0xA78C,
};
constexpr char32_t kDoublePrime = 0x02BA;  // a letter to Unicode, but typed for a quotation mark
constexpr std::pair<char32_t, char32_t> kArabicLetters[] = {{0x0643, 0x06A9}, {0x0649, 0x06CC}, {0x064A, 0x06CC}};
constexpr std::int32_t kYehWithHamza = 0x0626, kHamza = 0x0654, kFarsiYeh = 0x06CC;
constexpr std::pair<char32_t, char32_t> kRespelled[] = {
    {0x00B4, '\''}, {0x0149, 'n'}, {0x0384, '\''}, {0x1E9A, 'a'}, {0x1FBD, '\''}, {0x1FBF, '\''}, {0x1FFD, '\''},
};

constexpr auto kFoldOptions = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                             UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
constexpr std::uint16_t kNoSequence = 0xFFFF;

template <std::size_t count>
bool in_any(const Range (&ranges)[count], char32_t code_point) {
  return std::ranges::any_of(ranges,
                             [&](Range range) { return code_point - range.first <= range.second - range.first; });
}

bool is_letter(int category) { return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO; }
bool is_mark(int category) { return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME; }
bool is_number(int category) { return category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO; }

std::uint8_t traits_of(char32_t code_point, int category) {
  if (code_point < 0xA800 && std::ranges::binary_search(kApostrophes, code_point)) return Folding::apostrophe;
  if (code_point == kDoublePrime) return 0;
  if (is_mark(category)) return Folding::mark;
  const bool letter = is_letter(category);
  if (!letter && !is_number(category)) return 0;
  CharClass result = CharClass::word;
  if (code_point >= 0x0E00) {
    if (in_any(kIdeographs, code_point)) result = CharClass::ideograph;
    if (letter && in_any(kSyllables, code_point)) result = CharClass::syllable;
  }
  return static_cast<std::uint8_t>(result);
}

// The folding of a code point that does not change.
Folding unchanged(char32_t code_point, const utf8proc_property_t& property) {
  Folding folding;
  folding.size = static_cast<std::uint8_t>(encode_utf8(code_point, folding.bytes.data()));
  folding.traits = traits_of(code_point, property.category);
  folding.last_ccc = static_cast<std::uint8_t>(property.combining_class);
  if (folding.last_ccc != 0) folding.follows = folding.last_ccc;
  return folding;
}

Folding nothing() { return {.size = 0, .traits = Folding::dropped}; }

// Spells Arabic letters as Persian does.
std::vector<std::int32_t> spelled_alike(std::vector<std::int32_t> code_points) {
  std::vector<std::int32_t> result;
  for (const std::int32_t code_point : code_points) {
    const auto* const letter =
        std::ranges::find(kArabicLetters, static_cast<char32_t>(code_point), &std::pair<char32_t, char32_t>::first);
    if (code_point == kYehWithHamza) {
      result.insert(result.end(), {kFarsiYeh, kHamza});
    } else {
      result.push_back(letter == std::end(kArabicLetters) ? code_point : static_cast<std::int32_t>(letter->second));
    }
  }
  return result;
}

// NFKC_Casefold of one code point, spelled alike.
std::vector<std::int32_t> folded(char32_t code_point) {
  std::int32_t parts[64];
  int boundary = 0;
  const auto count = utf8proc_decompose_char(static_cast<std::int32_t>(code_point), parts, 64, kFoldOptions, &boundary);
  std::vector<std::int32_t> result(parts, parts + std::clamp<utf8proc_ssize_t>(count, 0, 64));
  std::vector<std::int32_t> spare;
  compose(result, spare);
  return spelled_alike(std::move(result));
}

// Whether its neighbours depend on nothing but its class.
bool stands_alone(const Folding& folding, CharClass wanted) {
  const bool is_plain = !folding.has(Folding::mark | Folding::apostrophe | Folding::dropped | Folding::listed);
  return is_plain && folding.is_boundary() && folding.last_ccc == 0 && folding.char_class() == wanted;
}

bool is_plain_punctuation(std::int32_t code_point) {
  const auto at_most = [&](std::int32_t low, std::int32_t high) { return code_point >= low && code_point <= high; };
  // not < = >, which compose with U+0338, and not apostrophes
  return at_most(0x20, 0x26) || at_most(0x28, 0x2F) || code_point == ':' || code_point == ';' || code_point == '?';
}

}  // namespace

const CodePointTable& CodePointTable::instance() {
  static const CodePointTable table;
  return table;
}

CodePointTable::CodePointTable() : entries_(new Folding[kTabled]) {
  for (char32_t code_point = 0; code_point < kTabled; ++code_point) {
    const utf8proc_property_t& property = *utf8proc_get_property(static_cast<std::int32_t>(code_point));
    entries_[code_point] = property.ignorable ? nothing() : unchanged(code_point, property);
    if (property.casefold_seqindex != kNoSequence || property.decomp_seqindex != kNoSequence) {
      changing_.push_back(code_point);
    }
  }
  mark_composing();
  for (const auto& [from, to] : kArabicLetters) entries_[from] = entries_[to];
  fold_changing();
  fill_pairs();
}

// Marks everything after the first position in the canonical decomposition of a code point that survives composition.
void CodePointTable::mark_composing() {
  const auto mark = [this](char32_t code_point) { entries_[code_point].traits |= Folding::may_compose; };
  std::vector<std::int32_t> spare;
  for (char32_t vowel = 0x1160; vowel <= 0x11FF; ++vowel) mark(vowel);  // Hangul syllables compose by arithmetic
  for (const char32_t code_point : changing_) {
    const utf8proc_property_t& property = *utf8proc_get_property(static_cast<std::int32_t>(code_point));
    if (property.decomp_seqindex == kNoSequence || property.decomp_type != 0) continue;
    std::vector<std::int32_t> whole{static_cast<std::int32_t>(code_point)};
    compose(whole, spare);
    if (whole.size() != 1 || whole[0] != static_cast<std::int32_t>(code_point)) continue;
    std::int32_t parts[32];
    int boundary = 0;
    const auto count = utf8proc_decompose_char(whole[0], parts, 32, UTF8PROC_DECOMPOSE, &boundary);
    for (utf8proc_ssize_t at = 1; at < count; ++at) mark(static_cast<char32_t>(parts[at]));
  }
}

void CodePointTable::fold_changing() {
  for (const char32_t code_point : changing_) fold(code_point);
  for (const auto& [from, to] : kRespelled) entries_[from] = entries_[to];
  changing_ = {};
}

void CodePointTable::fill_pairs() {
  for (char32_t code_point = 0x80; code_point < PairFoldings::Row().size(); ++code_point) {
    const Folding folding = entries_[code_point];
    if (stands_alone(folding, CharClass::separator)) pairs_.kind[code_point] = PairFoldings::kSeparator;
    if (!stands_alone(folding, CharClass::word) || folding.size != 2) continue;
    pairs_.kind[code_point] = PairFoldings::kWord;
    pairs_.first[code_point] = folding.bytes[0];
    pairs_.second[code_point] = folding.bytes[1];
  }
  for (char32_t low = 0; low < pairs_.separates.size(); ++low) {
    if (stands_alone(entries_[0x2000 + low], CharClass::separator)) pairs_.separates[low] = 0x80;
  }
}

void CodePointTable::fold(char32_t code_point) {
  if (entries_[code_point].has(Folding::dropped)) return;
  const std::vector<std::int32_t> result = folded(code_point);
  if (result.size() == 1 && result[0] == static_cast<std::int32_t>(code_point)) return;
  if (result.empty()) {
    entries_[code_point] = nothing();
  } else if (result.size() == 1) {
    entries_[code_point] = (*this)[static_cast<char32_t>(result[0])];
  } else if (std::ranges::all_of(result, is_plain_punctuation)) {
    entries_[code_point] = entries_[U' '];  // such as U+2026, whose dots separate just as one space does
  } else if (!join(result, entries_[code_point])) {
    entries_[code_point] = list(result);
  }
}

// Several letters with their marks ("ss" for U+00DF) are treated as one code point if they fit.
bool CodePointTable::join(std::span<const std::int32_t> folded, Folding& joined) const {
  Folding result = (*this)[static_cast<char32_t>(folded[0])];
  if (!result.is_boundary() || result.char_class() != CharClass::word) return false;
  for (const std::int32_t code_point : folded.subspan(1)) {
    const Folding next = (*this)[static_cast<char32_t>(code_point)];
    const bool same_word = next.has(Folding::mark) || next.char_class() == CharClass::word;
    if (!same_word || result.size + next.size > 4) return false;
    std::copy_n(next.bytes.begin(), next.size, result.bytes.begin() + result.size);
    result.size = static_cast<std::uint8_t>(result.size + next.size);
    result.last_ccc = next.last_ccc;
  }
  joined = result;
  return true;
}

Folding CodePointTable::list(std::span<const std::int32_t> folded) {
  Folding folding;
  const auto first = static_cast<std::uint32_t>(parts_.size());
  std::memcpy(folding.bytes.data(), &first, sizeof first);
  folding.size = static_cast<std::uint8_t>(folded.size());
  for (const std::int32_t code_point : folded) {
    parts_.push_back((*this)[static_cast<char32_t>(code_point)]);
    // Inside a folding, an apostrophe does not join.
    parts_.back().traits &= static_cast<std::uint8_t>(~Folding::apostrophe);
  }
  folding.follows = parts_[first].follows;
  folding.last_ccc = parts_.back().last_ccc;
  folding.traits = static_cast<std::uint8_t>(parts_[first].traits | Folding::listed);
  return folding;
}

Folding CodePointTable::beyond_table(char32_t code_point) {
  const utf8proc_property_t& property = *utf8proc_get_property(static_cast<std::int32_t>(code_point));
  return property.ignorable ? nothing() : unchanged(code_point, property);
}

std::span<const Folding> CodePointTable::parts(const Folding& listed) const {
  std::uint32_t first = 0;
  std::memcpy(&first, listed.bytes.data(), sizeof first);
  return {parts_.data() + first, listed.size};
}

}  // namespace wirecopy
