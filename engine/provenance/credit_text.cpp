#include "provenance/credit_text.hpp"

#include <array>
#include <initializer_list>
#include <vector>

#include "provenance/four_bytes.hpp"

namespace wirecopy {
namespace {

/// Signs of one kind. Texts that begin or end with none of them, nearly all, are told by one look-up.
class Signs {
 public:
  Signs(std::initializer_list<std::string_view> signs) : signs_(signs) {
    for (const std::string_view sign : signs_) {
      begins_[byte(sign.front())] = ends_[byte(sign.back())] = true;
      prefixes_.push_back(prefix_of(sign));
      suffixes_.push_back(suffix_of(sign));
    }
  }

  /// Bytes of the sign that `text` begins with, or 0.
  [[nodiscard]] std::size_t at(std::string_view text) const {
    if (text.empty() || !begins_[byte(text.front())]) return 0;
    const std::uint32_t four = first_four(text);
    for (std::size_t i = 0; i < signs_.size(); ++i) {
      if (prefixes_[i].match(four) && text.starts_with(signs_[i])) return signs_[i].size();
    }
    return 0;
  }

  /// Bytes of the sign that `text` ends with, or 0.
  [[nodiscard]] std::size_t before(std::string_view text) const {
    if (text.empty() || !ends_[byte(text.back())]) return 0;
    const std::uint32_t four = last_four(text);
    for (std::size_t i = 0; i < signs_.size(); ++i) {
      if (suffixes_[i].match(four) && text.ends_with(signs_[i])) return signs_[i].size();
    }
    return 0;
  }

 private:
  static unsigned char byte(char c) { return static_cast<unsigned char>(c); }

  std::vector<std::string_view> signs_;
  std::vector<FourBytes> prefixes_, suffixes_;
  std::array<bool, 256> begins_{}, ends_{};
};

const Signs kSpaces = {" ", "\t", "\r", "\u00A0", "\u3000", "\u200B", "\u200E", "\u200F", "\u202F", "\uFEFF", "&nbsp;"};
const Signs kDashes = {"--",     "-",      "_",      "\u2013",  "\u2014",  "\u2015",  "\u2012", "\u2010",
                       "\u2011", "\u2212", "\uFF0D", "&ndash;", "&mdash;", "&#8211;", "&#8212;"};
const Signs kOpen = {"(", "[", "（", "【", "［", "〔", "「"};
const Signs kClose = {")", "]", "）", "】", "］", "〕", "」"};
const Signs kQuotes = {"\"", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB", "\u2018", "\u2019", "'"};
const Signs kMarks = {"\"", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB", "\u2018", "\u2019",
                      "'",  "*",      "\u2022", "\u00B7", "\u25A0", "\u25CF", "\u25CB"};
const Signs kStops = {".", "!", "?", "\u2026", "\u3002", "\uFF01", "\uFF1F", "\u061F", "\u06D4", "\u0964", "\uFF0E"};

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

std::size_t space_at(std::string_view text) { return kSpaces.at(text); }
std::size_t dash_at(std::string_view text) { return kDashes.at(text); }
std::size_t open_bracket_at(std::string_view text) { return kOpen.at(text); }
std::size_t close_bracket_at(std::string_view text) { return kClose.at(text); }
std::size_t space_before(std::string_view text) { return kSpaces.before(text); }
std::size_t dash_before(std::string_view text) { return kDashes.before(text); }
std::size_t close_bracket_before(std::string_view text) { return kClose.before(text); }

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
  while (const std::size_t size = kMarks.at(text)) text = trim_left(text.substr(size));
  return text;
}

std::string_view trim_stop_right(std::string_view text) {
  text = trim_right(text);
  while (!text.empty()) {
    const std::size_t size = text.back() == '.' || text.back() == '*' ? 1 : kQuotes.before(text);
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
  while (const std::size_t size = kQuotes.before(text)) text.remove_suffix(size);
  return kStops.before(text) != 0;
}

}  // namespace wirecopy
