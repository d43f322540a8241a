// The common parts of datelines and credit lines: brackets, and words before a name.
#include "provenance/credit_lines.hpp"

#include "provenance/credit_text.hpp"

namespace wirecopy {
namespace {

/// Whether there is a digit, including full-width digits (U+FF10 to U+FF19).
bool has_digit(std::string_view text) {
  for (std::size_t at = text.find("\xEF\xBC"); at < text.size(); at = text.find("\xEF\xBC", at + 1)) {
    if (at + 2 == text.size()) break;
    const auto last = static_cast<unsigned char>(text[at + 2]);
    if (last >= 0x90 && last <= 0x99) return true;
  }
  return text.find_first_of("0123456789") != std::string_view::npos;
}

/// Skips what separates a word such as "Source" from a name: colons, dashes, spaces, quotation marks.
std::string_view skip_separators(std::string_view text) {
  while (true) {
    text = trim_marks_left(text);
    const std::size_t size = text.starts_with(':') ? 1 : text.starts_with("：") ? 3 : dash_at(text);
    if (size == 0) return text;
    text.remove_prefix(size);
  }
}

/// Skips "2019 ", "(2019) " and the like.
std::string_view skip_year(std::string_view text) {
  const std::size_t end = text.find_first_not_of("()0123456789,- ");
  return end == std::string_view::npos ? text : text.substr(end);
}

/// Whether a second part "/..." is an agency or initials ("dpa/lno") rather than a person ("AP/Jane Doe").
bool is_short_part(std::string_view part) { return part.find(' ') == std::string_view::npos && part.size() <= 16; }

bool parts_names(std::string_view rest) {
  rest = trim_left(rest);
  if (rest.empty() || rest.front() == ',' || rest.front() == ';' || rest.front() == '(') return true;
  if (rest.front() == '/') return is_short_part(trim(rest.substr(1)));
  return dash_at(rest) != 0 || rest.starts_with("and ") || rest.starts_with("& ");
}

/// Whether a name in brackets may follow `before`.
bool may_follow(std::string_view before, const AgencyForm& form) {
  const std::string_view text = trim_right(before);
  if (text.ends_with('/')) return is_short_part(trim(text.substr(0, text.size() - 1)));
  if (text.ends_with(',') || text.ends_with('=')) return true;
  const bool is_apart = text.size() < before.size();
  if (is_apart && (dash_before(text) != 0 || has_digit(text))) return true;
  return form.is_unspaced && !form.is_ambiguous && before.size() <= 24;
}

}  // namespace

const CreditWordEntry* credit_word(std::string_view text, const CreditTables& tables) {
  const CreditWordEntry* word = tables.words.at_begin(text);
  if (word == nullptr) return nullptr;
  const bool is_word = word->value == CreditWord::owner || static_cast<unsigned char>(text.front()) >= 0xE3 ||
                       is_word_end(text.substr(word->name.size()));
  return is_word ? word : nullptr;
}

const AgencyForm* credit_after(const CreditWordEntry& word, std::string_view text, const CreditTables& tables) {
  if (word.value == CreditWord::photo) return nullptr;
  std::string_view rest = skip_separators(text.substr(word.name.size()));
  const bool is_owned = word.value == CreditWord::copyright || word.value == CreditWord::owner;
  const std::string_view owner = is_owned ? skip_year(rest) : rest;
  const bool has_year = owner.size() < rest.size();
  const auto* name = tables.names.at_begin(owner);
  if (name == nullptr) return nullptr;
  if (word.value == CreditWord::owner && !has_year && !name->value.has_many_words) return nullptr;
  rest = owner.substr(name->name.size());
  if (!name->value.is_unspaced && !is_word_end(rest)) return nullptr;
  if (name->value.is_ambiguous && space_at(rest) != 0 && !trim(rest).empty()) return nullptr;
  return &name->value;
}

const AgencyForm* bracket_credit(std::string_view inside, const CreditTables& tables) {
  inside = trim(inside);
  if (inside.starts_with("©")) inside = skip_year(trim_left(inside.substr(2)));
  if (const CreditWordEntry* word = credit_word(inside, tables)) {
    if (word->value == CreditWord::photo) return nullptr;
    if (const AgencyForm* form = credit_after(*word, inside, tables)) return form;
  }
  const auto* first = tables.names.at_begin(inside);
  if (first != nullptr && !first->value.is_feed_mark && parts_names(inside.substr(first->name.size()))) {
    return &first->value;
  }
  const bool has_feed_mark = first != nullptr && first->value.is_feed_mark;
  if (inside.find(':') != std::string_view::npos) return has_feed_mark ? &first->value : nullptr;
  const auto* last = tables.names.at_end(inside);
  if (last != nullptr && !last->value.is_feed_mark &&
      may_follow(inside.substr(0, inside.size() - last->name.size()), last->value)) {
    return &last->value;
  }
  return has_feed_mark ? &first->value : nullptr;
}

}  // namespace wirecopy
