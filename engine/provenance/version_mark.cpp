#include "provenance/version_mark.hpp"

#include "provenance/credit_text.hpp"
#include "provenance/name_table.hpp"

namespace wirecopy {
namespace {

/// Where a mark counts.
enum class Use : std::uint8_t {
  anywhere,     ///< in brackets, where more words may follow, or at the start of the title before a separator
  brackets,     ///< only in brackets, with nothing else in them
  strict_start  ///< only before a separator, also in brackets
};

struct Mark {
  VersionKind kind;
  Use use;
};

using K = VersionKind;

const NameTable<Mark>& marks() {
  static const NameTable<Mark> table({
      {"UPDATE", {K::update, Use::strict_start}},
      {"Update", {K::update, Use::strict_start}},
      {"update", {K::update, Use::brackets}},
      {"UPDATED", {K::update, Use::anywhere}},
      {"Updated", {K::update, Use::anywhere}},
      {"updated", {K::update, Use::anywhere}},
      {"UPDATES", {K::update, Use::anywhere}},
      {"Updates", {K::update, Use::strict_start}},
      {"CORRECTED", {K::corrected, Use::anywhere}},
      {"Corrected", {K::corrected, Use::anywhere}},
      {"corrected", {K::corrected, Use::anywhere}},
      {"CORRECTION", {K::corrected, Use::anywhere}},
      {"Correction", {K::corrected, Use::strict_start}},
      {"CORRECTS", {K::corrected, Use::anywhere}},
      {"Corrects", {K::corrected, Use::anywhere}},
      {"CORREGIDO", {K::corrected, Use::anywhere}},
      {"CORRECTIF", {K::corrected, Use::anywhere}},
      {"KORREKTUR", {K::corrected, Use::anywhere}},
      {"Korrektur", {K::corrected, Use::strict_start}},
      {"RETTIFICA", {K::corrected, Use::anywhere}},
      {"ИСПРАВЛЕНО", {K::corrected, Use::anywhere}},
      {"исправлено", {K::corrected, Use::anywhere}},
      {"УТОЧНЕНИЕ", {K::corrected, Use::anywhere}},
      {"Уточнение", {K::corrected, Use::strict_start}},
      {"更正", {K::corrected, Use::anywhere}},
      {"訂正", {K::corrected, Use::anywhere}},
      {"정정", {K::corrected, Use::brackets}},
      {"ADDS", {K::adds, Use::anywhere}},
      {"Adds", {K::adds, Use::strict_start}},
      {"ERGÄNZUNG", {K::adds, Use::anywhere}},
      {"дополнено", {K::adds, Use::anywhere}},
      {"дополнение", {K::adds, Use::anywhere}},
      {"ДОПОЛНЕНО", {K::adds, Use::anywhere}},
      {"доповнено", {K::adds, Use::anywhere}},
      {"AMPLIACIÓN", {K::adds, Use::anywhere}},
      {"Ampliación", {K::adds, Use::strict_start}},
      {"AMPLÍA", {K::adds, Use::anywhere}},
      {"AMP", {K::adds, Use::brackets}},
      {"WRAPUP", {K::wrapup, Use::anywhere}},
      {"ROUNDUP", {K::wrapup, Use::strict_start}},
      {"종합", {K::wrapup, Use::brackets}},
      {"REFILE", {K::refile, Use::anywhere}},
      {"WDHLG", {K::refile, Use::strict_start}},
      {"WDH", {K::refile, Use::strict_start}},
      {"LEAD", {K::lead, Use::strict_start}},
      {"Lead", {K::lead, Use::brackets}},
      {"LD", {K::lead, Use::strict_start}},
      {"Ld", {K::lead, Use::brackets}},
      {"LD-Writethru", {K::lead, Use::anywhere}},
      {"Ld-Writethru", {K::lead, Use::anywhere}},
      {"обновлено", {K::update, Use::anywhere}},
      {"обновляется", {K::update, Use::anywhere}},
      {"ОБНОВЛЕНО", {K::update, Use::anywhere}},
      {"Обновлено", {K::update, Use::anywhere}},
      {"ОБНОВЛЯЕТСЯ", {K::update, Use::anywhere}},
      {"ОНОВЛЕНО", {K::update, Use::anywhere}},
      {"оновлено", {K::update, Use::anywhere}},
      {"Оновлено", {K::update, Use::anywhere}},
      {"оновлюється", {K::update, Use::anywhere}},
      {"ACTUALISATION", {K::update, Use::anywhere}},
      {"Actualisé", {K::update, Use::brackets}},
      {"ACTUALIZACIÓN", {K::update, Use::anywhere}},
      {"Actualización", {K::update, Use::strict_start}},
      {"ACTUALIZADO", {K::update, Use::anywhere}},
      {"Actualizado", {K::update, Use::brackets}},
      {"ATUALIZADO", {K::update, Use::anywhere}},
      {"ATUALIZADA", {K::update, Use::anywhere}},
      {"AGGIORNAMENTO", {K::update, Use::strict_start}},
      {"AGGIORNATO", {K::update, Use::anywhere}},
      {"AKTUALISIERT", {K::update, Use::anywhere}},
      {"aktualisiert", {K::update, Use::anywhere}},
      {"AKTUALIZOVÁNO", {K::update, Use::anywhere}},
      {"AKTUALIZACJA", {K::update, Use::anywhere}},
      {"GÜNCELLEME", {K::update, Use::strict_start}},
      {"GÜNCELLENDİ", {K::update, Use::anywhere}},
      {"更新", {K::update, Use::brackets}},
      {"версия", {K::version, Use::brackets}},
      {"версія", {K::version, Use::brackets}},
  });
  return table;
}

/// Parses a number of up to 255 and removes it from `text`; 0 if there is none.
std::uint8_t read_number(std::string_view& text) {
  unsigned value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && digits < 4 && text[digits] >= '0' && text[digits] <= '9') {
    value = value * 10 + static_cast<unsigned>(text[digits++] - '0');
  }
  if (digits == 0 || value > 255) return 0;
  text.remove_prefix(digits);
  return static_cast<std::uint8_t>(value);
}

/// "2nd ", "3RD ", "2-я ", "2보": a number that comes first, which is removed from `text`; 0 if there is none.
std::uint8_t read_ordinal(std::string_view& text) {
  std::string_view rest = text;
  const std::uint8_t number = read_number(rest);
  if (number == 0) return 0;
  for (const std::string_view ending : {"st ", "nd ", "rd ", "th ", "ST ", "ND ", "RD ", "TH ", "-я ", "-а "}) {
    if (!rest.starts_with(ending)) continue;
    text = rest.substr(ending.size());
    return number;
  }
  return 0;
}

/// Whether `rest` begins with a sign that separates a mark from the title. A hyphen without spaces counts only after a
/// number or a mark in capitals: UPDATE 1-Fed, not Update-Funktion.
bool parts(std::string_view rest, bool is_firm) {
  const std::string_view after = trim_left(rest);
  if (after.empty()) return false;
  if (after.front() == ':' || after.front() == '|' || after.front() == '/' || after.starts_with("：")) return true;
  if (after.front() == '-' && after.size() == rest.size()) return is_firm;
  return dash_at(after) != 0;
}

bool is_capital(std::string_view mark) {
  return mark.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

/// The mark at the beginning of `text`, which is a title or follows an opening bracket in one.
VersionMark mark_at(std::string_view text, bool in_brackets) {
  const std::uint8_t ordinal = read_ordinal(text);
  const auto* mark = marks().at_begin(text);
  if (mark == nullptr || (ordinal == 0 && mark->value.kind == K::version)) return {};
  std::string_view rest = text.substr(mark->name.size());
  std::string_view numbered = trim_left(rest);
  if (numbered.starts_with('-') && numbered.size() > 1 && numbered[1] >= '0' && numbered[1] <= '9') {
    numbered.remove_prefix(1);
  }
  const std::uint8_t number = read_number(numbered);
  if (number != 0) rest = numbered;
  const VersionMark found{mark->value.kind, ordinal != 0 ? ordinal : number};
  if (rest.starts_with("보")) rest.remove_prefix(3);
  if (in_brackets && (close_bracket_at(trim_left(rest)) != 0)) return found;
  if (mark->value.use == Use::brackets) return {};
  if (parts(rest, number != 0 || (is_capital(mark->name) && mark->value.use != Use::strict_start))) return found;
  return in_brackets && mark->value.use == Use::anywhere && is_word_end(rest) ? found : VersionMark{};
}

/// "2보" before a closing bracket: a number, then the Korean for "report".
VersionMark numbered_report(std::string_view text) {
  const std::uint8_t number = read_number(text);
  if (number == 0 || !text.starts_with("보") || close_bracket_at(text.substr(3)) == 0) return {};
  return {K::version, number};
}

/// The first mark after an opening bracket whose sign begins with the byte `first`.
VersionMark mark_in_brackets(std::string_view title, char first) {
  for (std::size_t at = title.find(first); at != std::string_view::npos; at = title.find(first, at + 1)) {
    const std::size_t bracket = open_bracket_at(title.substr(at));
    if (bracket == 0) continue;
    const std::string_view inside = trim_left(title.substr(at + bracket));
    if (const VersionMark mark = mark_at(inside, true)) return mark;
    if (const VersionMark mark = numbered_report(inside)) return mark;
  }
  return {};
}

}  // namespace

VersionMark find_version(std::string_view title) {
  title = trim_left(title);
  if (const VersionMark mark = mark_at(title, false)) return mark;
  for (const char bracket : {'(', '[', '\xEF', '\xE3'}) {
    if (const VersionMark mark = mark_in_brackets(title, bracket)) return mark;
  }
  return {};
}

std::string describe(VersionMark mark) {
  constexpr const char* kNames[] = {"", "UPDATE", "CORRECTED", "ADDS", "WRAPUP", "REFILE", "LEAD", "VERSION"};
  std::string text = kNames[static_cast<std::size_t>(mark.kind)];
  if (mark.number != 0) text += ' ' + std::to_string(mark.number);
  return text;
}

}  // namespace wirecopy
