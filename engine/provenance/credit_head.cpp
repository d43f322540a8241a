// Datelines and bylines.
#include <algorithm>
#include <bit>

#include "provenance/credit_lines.hpp"
#include "provenance/credit_text.hpp"
#include "provenance/sign_mask.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMaxSpaces = 9;
constexpr std::size_t kMaxByline = 80;

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

/// "Reuters - ", "REUTERS: ", "TASS, November 18", or the name alone on the line.
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
  if (line.size() > kMaxByline) return nullptr;
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

const AgencyForm* after_word(const CreditWordEntry& word, std::string_view text, bool line_ends,
                             const CreditTables& tables) {
  if (word.value == CreditWord::tail || word.value == CreditWord::owner) return nullptr;
  if (const AgencyForm* form = credit_after(word, text, tables)) return form;
  return word.value == CreditWord::byline && line_ends ? long_byline(text, tables) : nullptr;
}

/// Scans the start of a line, up to where a dateline would have ended.
class DatelineReader {
 public:
  DatelineReader(std::string_view text, bool line_ends, const CreditTables& tables)
      : text_(text), line_ends_(line_ends), tables_(tables) {}

  Credit read() {
    for (std::uint64_t signs = sign_mask(text_); signs != 0; signs &= signs - 1) {
      const auto start = static_cast<std::size_t>(std::countr_zero(signs));
      if (start < resume_) continue;  // inside brackets
      if (const AgencyForm* form = look_after(start)) return credit_of(form);
    }
    return {};
  }

 private:
  /// Examines the text after the sign at `start`, which is hardly ever the beginning of a name.
  const AgencyForm* look_after(std::size_t start) {
    const std::string_view here = text_.substr(start);
    if (const std::size_t size = open_bracket_at(here)) return bracket(start, size);
    const bool is_stop = here.front() == ',' || here.front() == '.' || here.front() == ':' || here.front() == '/';
    const std::size_t size = is_stop ? 1 : dash_at(here);
    if (size == 0 || !tables_.begins.may_match(trim_left(here.substr(size)))) return nullptr;
    if (!measure(start)) return nullptr;
    return here.front() == '/' ? between_slashes(start) : after_sign(start, size);
  }

  /// Counts spaces before `start` and looks for a number that may be a day. False if a dateline would have ended.
  bool measure(std::size_t start) {
    spaces_ = 0;
    has_day_ = false;
    for (std::size_t at = 0; at < start;) {
      if (text_[at] >= '0' && text_[at] <= '9') {
        read_number(at);
      } else {
        spaces_ += text_[at++] == ' ' ? 1 : 0;
      }
    }
    return spaces_ <= kMaxSpaces;
  }

  void read_number(std::size_t& at) {
    std::size_t digits = 0, value = 0;
    for (; at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; ++at, ++digits) {
      value = std::min<std::size_t>(value * 10 + static_cast<std::size_t>(text_[at] - '0'), 9999);
    }
    has_day_ = has_day_ || (digits <= 2 && value >= 1 && value <= 31);
  }

  /// "LONDON (Reuters) -", "(ANSA) - ROMA", "أبوظبي (وام)" as a line.
  const AgencyForm* bracket(std::size_t start, std::size_t size) {
    constexpr std::size_t kMaxBracket = 80;
    std::size_t end = start + size, depth = 1;
    const std::size_t limit = std::min(text_.size(), end + kMaxBracket);
    std::size_t close = 0;
    for (; end < limit; ++end) {
      const std::string_view here = text_.substr(end);
      if (open_bracket_at(here) != 0) ++depth;
      close = close_bracket_at(here);
      if (close != 0 && --depth == 0) break;
    }
    if (end >= limit) return nullptr;
    resume_ = end + close;
    const AgencyForm* form = bracket_credit(text_.substr(start + size, end - start - size), tables_);
    return form != nullptr && measure(start) && is_dateline(start, *form, text_.substr(resume_)) ? form : nullptr;
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
  std::size_t resume_ = 0;  // end of the last brackets
  std::size_t spaces_ = 0;  // before the current sign
  bool has_day_ = false;    // a number before it may be the day of a month
};

}  // namespace

Credit head_credit(const CreditLine& line, const CreditTables& tables) {
  const std::string_view text = trim_marks_left(line.text);
  if (text.size() < 2) return {};
  if (tables.begins.may_match(text)) {
    if (const auto* phrase = tables.phrases.at_begin(text)) return {phrase->value, false};
    if (const CreditWordEntry* word = credit_word(text, tables)) {
      if (word->value == CreditWord::photo) return {};
      if (const AgencyForm* form = after_word(*word, text, line.ends, tables)) return credit_of(form);
    }
    const auto* name = tables.names.at_begin(text);
    if (name != nullptr && opens_line(name->value, name->name, text.substr(name->name.size()), line.ends)) {
      return credit_of(&name->value);
    }
  }
  return DatelineReader(text, line.ends, tables).read();
}

}  // namespace wirecopy
