#include "provenance/credit_text.hpp"

#include <span>

namespace wirecopy {
namespace {

using Signs = std::span<const std::string_view>;

constexpr std::string_view kSpaces[] = {" ",      "\t",     "\r",     "\u00A0", "\u3000", "\u200B",
                                        "\u200E", "\u200F", "\u202F", "\uFEFF", "&nbsp;"};
constexpr std::string_view kDashes[] = {"--",     "-",       "_",       "\u2013",  "\u2014",
                                        "\u2015", "\u2012",  "\u2010",  "\u2011",  "\u2212",
                                        "\uFF0D", "&ndash;", "&mdash;", "&#8211;", "&#8212;"};
constexpr std::string_view kOpen[] = {"(", "[", "（", "【", "［", "〔", "「"};
constexpr std::string_view kClose[] = {")", "]", "）", "】", "］", "〕", "」"};
constexpr std::string_view kQuotes[] = {"\"",     "\u201C", "\u201D", "\u201E", "\u00AB",
                                        "\u00BB", "\u2018", "\u2019", "'"};
constexpr std::string_view kBullets[] = {"*", "\u2022", "\u00B7", "\u25A0", "\u25CF", "\u25CB"};
constexpr std::string_view kStops[] = {".",      "!",      "?",      "\u2026", "\u3002", "\uFF01",
                                       "\uFF1F", "\u061F", "\u06D4", "\u0964", "\uFF0E"};

std::size_t any_at(std::string_view text, Signs signs) {
  for (const std::string_view sign : signs) {
    if (text.starts_with(sign)) return sign.size();
  }
  return 0;
}

std::size_t any_before(std::string_view text, Signs signs) {
  for (const std::string_view sign : signs) {
    if (text.ends_with(sign)) return sign.size();
  }
  return 0;
}

bool is_word_byte(unsigned char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

// General punctuation, CJK punctuation and full-width forms, the Latin-1 signs, the Arabic comma and semicolon; a right
// single quote is an apostrophe.
bool is_wide_punctuation(std::string_view text) {
  const auto a = static_cast<unsigned char>(text[0]);
  const auto b = static_cast<unsigned char>(text.size() > 1 ? text[1] : 0);
  if (text.starts_with("\u2019") || text.starts_with("\u200C")) return false;
  return (a == 0xE2 && (b == 0x80 || b == 0x81 || b == 0x88)) || (a == 0xE3 && b == 0x80) ||
         (a == 0xEF && (b == 0xBC || b == 0xBD)) || (a == 0xC2 && b >= 0xA0) || (a == 0xD8 && (b == 0x8C || b == 0x9B));
}

}  // namespace

// The first bytes of all spaces and dashes, so that letters are passed by at once.
std::size_t space_at(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text.front());
  if (first > ' ' && first != '&' && first != 0xC2 && first != 0xE2 && first != 0xE3 && first != 0xEF) return 0;
  return any_at(text, kSpaces);
}

std::size_t dash_at(std::string_view text) { return any_at(text, kDashes); }
std::size_t open_bracket_at(std::string_view text) { return any_at(text, kOpen); }
std::size_t close_bracket_at(std::string_view text) { return any_at(text, kClose); }
std::size_t dash_before(std::string_view text) { return any_before(text, kDashes); }
std::size_t close_bracket_before(std::string_view text) { return any_before(text, kClose); }

std::size_t space_before(std::string_view text) {
  if (text.empty()) return 0;
  const auto last = static_cast<unsigned char>(text.back());
  if (last > ' ' && last != ';' && (last < 0x80 || last > 0xBF)) return 0;
  return any_before(text, kSpaces);
}

std::string_view trim_left(std::string_view text) {
  while (const std::size_t size = space_at(text)) text.remove_prefix(size);
  return text;
}

std::string_view trim_right(std::string_view text) {
  while (const std::size_t size = space_before(text)) text.remove_suffix(size);
  return text;
}

std::string_view trim_marks_left(std::string_view text) {
  text = trim_left(text);
  const auto is_mark = [](unsigned char first) {
    return first == '"' || first == '\'' || first == '*' || first == 0xC2 || first == 0xE2;
  };
  while (!text.empty() && is_mark(static_cast<unsigned char>(text.front()))) {
    const std::size_t quote = any_at(text, kQuotes), bullet = any_at(text, kBullets);
    if (quote + bullet == 0) break;
    text = trim_left(text.substr(quote + bullet));
  }
  return text;
}

std::string_view trim_stop_right(std::string_view text) {
  text = trim_right(text);
  while (!text.empty()) {
    const std::size_t size = text.back() == '.' || text.back() == '*' ? 1 : any_before(text, kQuotes);
    if (size == 0) break;
    text = trim_right(text.substr(0, text.size() - size));
  }
  return text;
}

bool is_word_end(std::string_view rest) {
  if (rest.empty()) return true;
  const auto first = static_cast<unsigned char>(rest.front());
  if (first >= 0x80) return is_wide_punctuation(rest);
  if (is_word_byte(first) || first == '\'' || first == '_') return false;
  const bool joins = first == '-' || first == '.';
  return !joins || rest.size() == 1 || !is_word_byte(static_cast<unsigned char>(rest[1]));
}

bool is_sentence_end(std::string_view text) {
  while (const std::size_t size = any_before(text, kQuotes)) text.remove_suffix(size);
  return any_before(text, kStops) != 0;
}

}  // namespace wirecopy
