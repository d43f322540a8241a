// Datelines and bylines.
#include <algorithm>
#include <array>

#include "provenance/credit_lines.hpp"
#include "provenance/credit_text.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kLongestDateline = 80;  // bytes before the name
constexpr std::size_t kMostSpaces = 9;
constexpr std::size_t kLongestByline = 80;

bool is_upper_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool has_lower_ascii(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// What may follow a dateline: a dash, alone or after a stop, or a colon.
bool ends_dateline(std::string_view rest) {
  rest = trim_left(rest);
  if (rest.starts_with(':') || rest.starts_with("=") || rest.starts_with("：")) return true;
  if (rest.starts_with('.') || rest.starts_with(',')) rest = trim_left(rest.substr(1));
  return dash_at(rest) != 0;
}

/// "Reuters - ", "REUTERS: ", "TASS, November 18", or nothing else on the line.
bool opens_line(const AgencyForm& form, std::string_view name, std::string_view rest, bool line_ends) {
  const std::string_view after = trim_left(rest);
  if (line_ends && after.empty()) return !form.is_feed_mark;
  if (form.is_feed_mark || !is_word_end(rest)) return false;
  if (after.starts_with(':')) return is_upper_ascii(name) && name.size() >= 5;
  if (after.starts_with(',')) {
    return !form.is_ambiguous && after.substr(0, 20).find_first_of("0123456789") != std::string_view::npos;
  }
  const std::size_t dash = dash_at(after);
  return dash != 0 && (after.size() == dash || space_at(after.substr(dash)) != 0 || dash > 1);
}

/// "By Jane Doe, The Associated Press" as a line.
const AgencyForm* long_byline(std::string_view line, const CreditTables& tables) {
  if (line.size() > kLongestByline) return nullptr;
  const std::string_view text = trim_right(line);
  const auto* name = tables.names.at_end(text);
  if (name == nullptr || name->value.is_feed_mark) return nullptr;
  const std::string_view before = trim_right(text.substr(0, text.size() - name->name.size()));
  const bool is_apart = before.ends_with(',') || before.ends_with('|') || before.ends_with('/') ||
                        (dash_before(before) != 0 && before.size() + name->name.size() < text.size());
  return is_apart || (name->value.has_many_words && (before.ends_with(" of") || before.ends_with(" for")))
             ? &name->value
             : nullptr;
}

/// Signs that a credit may stand behind, by their first byte.
enum class Sign : std::uint8_t { none = 0, space = 1, digit, stop, slash, bracket_or_dash };

struct Signs {
  std::array<Sign, 256> of{};

  constexpr Signs() {
    for (unsigned char digit = '0'; digit <= '9'; ++digit) of[digit] = Sign::digit;
    for (const unsigned char stop : {',', '.', ':'}) of[stop] = Sign::stop;
    for (const unsigned char first : {0x28, 0x5B, 0x2D, 0xE2, 0xE3, 0xEF}) of[first] = Sign::bracket_or_dash;
    of[' '] = Sign::space;
    of['/'] = Sign::slash;
  }
};
constexpr Signs kSigns;

/// Whether the start of a line may hold a dateline: it is short, or has a digit, a bracket, a slash or a dash (or a
/// byte that such a sign begins with). Most lines do not, and 64 bytes at a time are passed in a few instructions.
bool may_hold_dateline(std::string_view text) {
  constexpr std::size_t kShort = 64;
  if (text.size() <= kShort) return true;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  unsigned char digit = 255, sign = 255;  // least distances, so that compilers see a reduction
  for (std::size_t i = 0; i < kShort; ++i) {
    digit = std::min(digit, static_cast<unsigned char>(bytes[i] - '0'));
    for (const unsigned char wanted : {0x28, 0x5B, 0x2D, 0x2F, 0xE2, 0xE3, 0xEF}) {
      sign = std::min(sign, static_cast<unsigned char>(bytes[i] ^ wanted));
    }
  }
  return digit < 10 || sign == 0;
}

const AgencyForm* after_word(const CreditWordEntry& word, std::string_view text, bool line_ends,
                             const CreditTables& tables) {
  if (word.value == CreditWord::tail || word.value == CreditWord::owner) return nullptr;
  if (const AgencyForm* form = credit_after(word, text, tables)) return form;
  return word.value == CreditWord::byline && line_ends ? long_byline(text, tables) : nullptr;
}

/// Goes through the start of a line, up to where a dateline would have ended.
class DatelineReader {
 public:
  DatelineReader(std::string_view text, bool line_ends, const CreditTables& tables)
      : text_(text), line_ends_(line_ends), tables_(tables) {}

  Credit read() {
    const std::size_t end = std::min(text_.size(), kLongestDateline);
    for (std::size_t at = 0; at < end;) {
      const Sign sign = kSigns.of[static_cast<unsigned char>(text_[at])];
      if (sign <= Sign::space) {  // no branch tells them apart: words are too irregular for it
        spaces_ += static_cast<std::size_t>(sign);
        ++at;
      } else if (spaces_ > kMostSpaces) {
        break;
      } else if (sign == Sign::digit) {
        read_number(at);
      } else if (const AgencyForm* form = step(sign, at)) {
        return credit_of(form);
      }
    }
    return {};
  }

 private:
  /// Looks at the sign at `at` and moves on behind it.
  const AgencyForm* step(Sign sign, std::size_t& at) {
    const std::size_t start = at++;
    if (!is_likely(start)) return nullptr;
    const std::string_view here = text_.substr(start);
    if (sign == Sign::slash) return between_slashes(start);
    if (sign == Sign::stop) return after_sign(start, 1);
    if (const std::size_t size = open_bracket_at(here)) return bracket(start, size, at);
    if (const std::size_t size = dash_at(here)) return after_sign(start, size);
    return nullptr;
  }

  /// Whether the sign at `start` may be one: after a stop only a date makes a dateline, and wide letters share their
  /// first byte with wide signs.
  [[nodiscard]] bool is_likely(std::size_t start) const {
    const auto first = static_cast<unsigned char>(text_[start]);
    const auto second = static_cast<unsigned char>(start + 1 < text_.size() ? text_[start + 1] : 0);
    switch (first) {
      case '.':
        return has_day_;
      case 0xE2:
      case 0xE3:
        return second == 0x80 || second == 0x88;
      case 0xEF:
        return second == 0xBC;
      default:
        return true;
    }
  }

  void read_number(std::size_t& at) {
    std::size_t digits = 0, value = 0;
    for (; at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; ++at, ++digits) {
      value = std::min<std::size_t>(value * 10 + static_cast<std::size_t>(text_[at] - '0'), 9999);
    }
    has_day_ = has_day_ || (digits <= 2 && value >= 1 && value <= 31);
  }

  /// "LONDON (Reuters) -", "(ANSA) - ROMA", "أبوظبي (وام)" as a line.
  const AgencyForm* bracket(std::size_t start, std::size_t size, std::size_t& at) {
    constexpr std::size_t kLongest = 80;
    std::size_t end = start + size, depth = 1;
    const std::size_t limit = std::min(text_.size(), end + kLongest);
    std::size_t close = 0;
    for (; end < limit; ++end) {
      const std::string_view here = text_.substr(end);
      if (open_bracket_at(here) != 0) ++depth;
      close = close_bracket_at(here);
      if (close != 0 && --depth == 0) break;
    }
    if (end >= limit) return nullptr;
    at = end + close;
    const AgencyForm* form = bracket_credit(text_.substr(start + size, end - start - size), tables_);
    return form != nullptr && is_dateline(start, *form, text_.substr(at)) ? form : nullptr;
  }

  [[nodiscard]] bool is_dateline(std::size_t start, const AgencyForm& form, std::string_view rest) const {
    if (start == 0) return true;
    const std::string_view place = text_.substr(0, start);
    const bool is_mixed = has_lower_ascii(place.substr(0, place.find(' ')));
    if (form.is_ambiguous && !has_day_ && is_mixed && spaces_ > 3) return false;
    if (line_ends_ && trim_left(rest).empty()) {
      return has_day_ || (spaces_ <= 4 && !(form.is_ambiguous && has_lower_ascii(place)));
    }
    return ends_dateline(rest) ||
           (!form.is_ambiguous && spaces_ <= 4 && !has_lower_ascii(place) && is_upper_place(place));
  }

  static bool is_upper_place(std::string_view place) {
    return !place.empty() && place.front() >= 'A' && place.front() <= 'Z';
  }

  /// "18 ноября. /ТАСС/."
  const AgencyForm* between_slashes(std::size_t start) {
    const bool is_apart = start == 0 || space_before(text_.substr(0, start)) != 0 || text_[start - 1] == '.';
    if (!is_apart && !has_day_) return nullptr;
    const std::string_view inside = trim_left(text_.substr(start + 1));
    const auto* name = tables_.names.at_begin(inside);
    if (name == nullptr || !trim_left(inside.substr(name->name.size())).starts_with('/')) return nullptr;
    return spaces_ <= 6 ? &name->value : nullptr;
  }

  /// "МОСКВА, 18 ноя - РИА Новости. ", "Москва. 18 ноября. INTERFAX.RU - ", "LONDON - Reuters - ", "الرياض : واس".
  const AgencyForm* after_sign(std::size_t start, std::size_t size) {
    const std::string_view after = trim_left(text_.substr(start + size));
    const auto* name = tables_.names.at_begin(after);
    if (name == nullptr || name->value.is_feed_mark) return nullptr;
    const std::string_view rest = after.substr(name->name.size());
    const bool is_whole = line_ends_ && trim_left(rest).empty();
    const bool is_dash = text_[start] == '-' || size > 1;
    if (is_dash && start + size < text_.size() && space_at(text_.substr(start + size)) == 0 && start > 0 &&
        space_before(text_.substr(0, start)) == 0) {
      return nullptr;  // a hyphen inside a word
    }
    if (has_day_ && spaces_ <= 6) {
      if (!is_word_end(rest)) return nullptr;
      return is_whole || ends_dateline(rest) || rest.starts_with('.') ? &name->value : nullptr;
    }
    if (text_[start] == '.' || name->value.is_ambiguous) return nullptr;
    if (is_whole) return spaces_ <= 2 ? &name->value : nullptr;
    return is_dash && spaces_ <= 4 && is_word_end(rest) && dash_at(trim_left(rest)) != 0 ? &name->value : nullptr;
  }

  std::string_view text_;
  bool line_ends_;
  const CreditTables& tables_;
  std::size_t spaces_ = 0;
  bool has_day_ = false;  // a number that may be the day of a month
};

}  // namespace

Credit head_credit(const CreditLine& line, const CreditTables& tables) {
  const std::string_view text = trim_marks_left(line.text);
  if (text.size() < 2) return {};
  if (const auto* phrase = tables.phrases.at_begin(text)) return {phrase->value, false};
  if (const CreditWordEntry* word = credit_word(text, tables)) {
    if (word->value == CreditWord::photo) return {};
    if (const AgencyForm* form = after_word(*word, text, line.ends, tables)) return credit_of(form);
  }
  const auto* name = tables.names.at_begin(text);
  if (name != nullptr && opens_line(name->value, name->name, text.substr(name->name.size()), line.ends)) {
    return credit_of(&name->value);
  }
  return may_hold_dateline(text) ? DatelineReader(text, line.ends, tables).read() : Credit{};
}

}  // namespace wirecopy
