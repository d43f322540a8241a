// Credit lines at the end of an article.
#include <algorithm>

#include "provenance/credit_lines.hpp"
#include "provenance/credit_text.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMaxBracket = 80;
constexpr std::size_t kMaxList = 28;    // "PAP, IAR, akg"
constexpr std::size_t kMaxByline = 60;  // "Jane Doe, The Canadian Press"

/// The position where the bracket that `text` ends with opens, or npos; `inside` is set to its content.
std::size_t find_opening(std::string_view text, std::string_view& inside) {
  const std::size_t close = close_bracket_before(text);
  const std::size_t end = text.size() - close;
  const std::size_t limit = end > kMaxBracket ? end - kMaxBracket : 0;
  std::size_t depth = 1;
  for (std::size_t at = end; at-- > limit;) {
    const std::string_view here = text.substr(at, end - at);
    if (close_bracket_at(here) != 0) ++depth;
    const std::size_t open = open_bracket_at(here);
    if (open == 0 || --depth != 0) continue;
    inside = text.substr(at + open, end - at - open);
    return at;
  }
  return std::string_view::npos;
}

/// "... ended. (dpa)", "(Fonte ANSA)"
const AgencyForm* last_bracket(std::string_view text, bool line_begins, const CreditTables& tables) {
  std::string_view inside;
  const std::size_t open = find_opening(text, inside);
  if (open == std::string_view::npos) return nullptr;
  const AgencyForm* form = bracket_credit(inside, tables);
  if (form == nullptr) return nullptr;
  const std::string_view before = trim_right(text.substr(0, open));
  if (before.empty()) return line_begins ? form : nullptr;
  const bool has_word = tables.words.at_begin(trim_left(inside)) != nullptr;
  return has_word || is_sentence_end(before) ? form : nullptr;
}

/// "... ended. /ТАСС/"
const AgencyForm* last_slashes(std::string_view text, const CreditTables& tables) {
  const std::string_view inside = trim_right(text.substr(0, text.size() - 1));
  const auto* name = tables.names.at_end(inside);
  if (name == nullptr) return nullptr;
  const std::string_view before = trim_right(inside.substr(0, inside.size() - name->name.size()));
  if (!before.ends_with('/')) return nullptr;
  return before.size() == 1 || space_before(before.substr(0, before.size() - 1)) != 0 ? &name->value : nullptr;
}

/// Removes a year from the end of `text`: "Copyright 2019", "© (2019)".
std::string_view without_year(std::string_view text) {
  const std::size_t end = text.find_last_not_of("()0123456789 ");
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

/// Whether `before` ends with a word that introduces the source: "... ended. Source: ".
bool is_source(std::string_view before, const AgencyForm& form, const CreditTables& tables) {
  const std::string_view undated = without_year(before);
  const bool has_year = before.size() - undated.size() >= 4;
  std::string_view text = trim_stop_right(undated);
  if (text.ends_with(':')) text = trim_right(text.substr(0, text.size() - 1));
  if (text.ends_with("：")) text.remove_suffix(3);
  if (const std::size_t dash = dash_before(text)) text = trim_right(text.substr(0, text.size() - dash));
  const auto* word = tables.words.at_end(text);
  if (word == nullptr) return false;
  for (const CreditWord none : {CreditWord::photo, CreditWord::byline, CreditWord::share}) {
    if (word->value == none) return false;
  }
  const bool is_owned = word->value == CreditWord::owner || word->value == CreditWord::copyright;
  if (has_year && !is_owned) return false;
  if (word->value == CreditWord::owner && !has_year && !form.has_many_words) return false;
  const std::string_view prefix = trim_right(text.substr(0, text.size() - word->name.size()));
  return prefix.empty() || is_sentence_end(prefix) || prefix.ends_with('(') || word->value == CreditWord::owner;
}

/// A name at the very end of a line.
const AgencyForm* last_name(std::string_view text, bool line_begins, const CreditTables& tables) {
  if (!tables.ends.may_match(text)) return nullptr;
  const auto* name = tables.names.at_end(text);
  if (name == nullptr) return nullptr;
  const AgencyForm& form = name->value;
  const std::string_view with_space = text.substr(0, text.size() - name->name.size());
  const std::string_view before = trim_right(with_space);
  if (before.empty()) return line_begins && !form.is_feed_mark ? &form : nullptr;
  const bool is_apart = before.size() < with_space.size();
  if (const std::size_t dash = dash_before(before)) {
    const std::string_view sentence = before.substr(0, before.size() - dash);
    const std::string_view trimmed = trim_right(sentence);
    if (trimmed.empty() ? line_begins : is_sentence_end(trimmed)) return &form;
    if (sentence.size() == trimmed.size()) return nullptr;
  }
  if ((is_apart || before.ends_with(':')) && is_source(before, form, tables)) return &form;
  if (is_apart && !form.is_ambiguous && is_sentence_end(before)) return &form;
  const bool is_byline = line_begins && form.has_many_words && text.size() <= kMaxByline && before.ends_with(',');
  return is_byline && text.find(':') == std::string_view::npos ? &form : nullptr;
}

const AgencyForm* line_end(std::string_view text, bool line_begins, const CreditTables& tables) {
  const std::string_view whole = trim_right(text);
  if (whole.ends_with('.')) {
    if (const AgencyForm* form = last_name(whole, line_begins, tables)) return form;  // "APA/ag."
  }
  text = trim_stop_right(whole);
  if (text.size() < 2) return nullptr;
  if (close_bracket_before(text) != 0) return last_bracket(text, line_begins, tables);
  if (text.ends_with('/')) return last_slashes(text, tables);
  return last_name(text, line_begins, tables);
}

/// "Source: Xinhua ...", "(With inputs from PTI)", "EFE / MV": credits at the start of a line. `word` is the credit
/// word that it begins with, or null.
Credit line_start(std::string_view text, const CreditWordEntry* word, const CreditTables& tables) {
  std::string_view credit = text;
  if (const std::size_t sign = open_bracket_at(text) + dash_at(text)) {
    credit = trim_marks_left(text.substr(sign));
    word = credit_word(credit, tables);
  }
  if (word != nullptr && word->value != CreditWord::byline) {
    const AgencyForm* form = credit_after(*word, credit, tables);
    if (form != nullptr) return {form->agency, form->is_feed_mark || word->value == CreditWord::share};
  }
  const auto* name = tables.names.at_begin(text);
  if (name == nullptr || text.size() > kMaxList) return {};
  const std::string_view rest = text.substr(name->name.size());
  return rest.starts_with(", ") || rest.starts_with(" / ") ? credit_of(&name->value) : Credit{};
}

}  // namespace

Credit tail_credit(const CreditLine& line, const CreditTables& tables) {
  const std::string_view text = line.begins ? trim_marks_left(line.text) : line.text;
  if (text.size() < 2) return {};
  const CreditWordEntry* word = nullptr;
  const bool may_begin = line.begins && tables.begins.may_match(text);
  if (may_begin) {
    if (const auto* phrase = tables.phrases.at_begin(text)) return {phrase->value, false};
    word = credit_word(text, tables);
    if (word != nullptr && word->value == CreditWord::photo) return {};
  }
  if (line.ends) {
    if (const AgencyForm* form = line_end(text, line.begins, tables)) return credit_of(form);
  }
  return line.begins ? line_start(text, may_begin ? word : nullptr, tables) : Credit{};
}

}  // namespace wirecopy
