// The naive twin of the tokeniser: utf8proc on the whole text, then one step per code point. Slow and obvious.
#pragma once

#include <utf8proc.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "text/token.hpp"

namespace wirecopy::reference {

struct ReferenceToken {
  std::string spelling;
  TokenKind kind;
  friend bool operator==(const ReferenceToken&, const ReferenceToken&) = default;
};

inline void append(char32_t code_point, std::string& text) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

/// The Unicode scalar values of `text`, with U+FFFD for invalid UTF-8.
inline std::u32string decode(std::string_view text) {
  std::u32string decoded;
  for (std::size_t at = 0; at < text.size();) {
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
    utf8proc_int32_t code_point = -1;
    const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    decoded += size > 0 ? static_cast<char32_t>(code_point) : char32_t{0xFFFD};
    at += size > 0 ? static_cast<std::size_t>(size) : 1;
  }
  return decoded;
}

inline char32_t respell(char32_t code_point) {
  switch (code_point) {
    case 0x00B4:
    case 0x0384:
    case 0x1FBD:
    case 0x1FBF:
    case 0x1FFD:
      return '\'';
    case 0x0149:
      return 'n';
    case 0x1E9A:
      return 'a';
    default:
      return code_point;
  }
}

/// Arabic letters as Persian spells them.
inline std::u32string persian(std::u32string_view text) {
  std::u32string result;
  for (const char32_t c : text) {
    if (c == 0x0626) {
      result += U"\u06CC\u0654";
    } else {
      result += c == 0x0649 || c == 0x064A ? U'\u06CC' : c == 0x0643 ? U'\u06A9' : c;
    }
  }
  return result;
}

inline std::u32string nfkc_casefold(std::u32string_view text) {
  std::string respelled;
  for (const char32_t code_point : text) append(code_point, respelled);
  utf8proc_uint8_t* folded = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(respelled.data()),
                                 static_cast<utf8proc_ssize_t>(respelled.size()), &folded, options);
  if (size < 0) std::abort();
  const std::string normal(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
  std::free(folded);
  return decode(normal);
}

/// NFKC_Casefold, after the spacing accents have become apostrophes, with Arabic letters as Persian spells them.
inline std::u32string normal_form(std::u32string_view text) {
  std::u32string respelled;
  for (const char32_t code_point : text) respelled += respell(code_point);
  return nfkc_casefold(persian(nfkc_casefold(respelled)));
}

inline int category(char32_t code_point) { return utf8proc_category(static_cast<utf8proc_int32_t>(code_point)); }

inline bool is_letter(char32_t c) {
  return c != 0x02BA && category(c) >= UTF8PROC_CATEGORY_LU && category(c) <= UTF8PROC_CATEGORY_LO;
}
inline bool is_mark(char32_t c) { return category(c) >= UTF8PROC_CATEGORY_MN && category(c) <= UTF8PROC_CATEGORY_ME; }
inline bool is_number(char32_t c) { return category(c) >= UTF8PROC_CATEGORY_ND && category(c) <= UTF8PROC_CATEGORY_NO; }

inline bool is_apostrophe(char32_t c) {
  return std::u32string_view(
             U"'`\u02B9\u02BB\u02BC\u02BD\u02BE\u02BF\u055A\u05F3\u07F4\u07F5\u2018\u2019\u201B\u2032"
             U"\u2035\uA78B\uA78C")
             .find(c) != std::u32string_view::npos;
}

inline bool is_ideograph(char32_t c) {
  const bool of_script = (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3021 && c <= 0x3029) ||
                         (c >= 0x3031 && c <= 0x3035) || (c >= 0x3038 && c <= 0x303C) || (c >= 0x3041 && c <= 0x30FF) ||
                         (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
                         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x1AFF0 && c <= 0x1B16F) ||
                         (c >= 0x20000 && c <= 0x3FFFF);
  return of_script && (is_letter(c) || is_number(c));
}

inline bool is_syllable(char32_t c) {
  const bool of_script = (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
                         (c >= 0xA9E0 && c <= 0xA9FF) || (c >= 0xAA60 && c <= 0xAA7F);
  return of_script && is_letter(c);
}

inline bool is_word(char32_t c) {
  return (is_letter(c) || is_number(c)) && !is_apostrophe(c) && !is_ideograph(c) && !is_syllable(c);
}

/// The digits that make a word a figure: ASCII, Arabic, Persian and Devanagari.
inline bool is_digit(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9) ||
         (c >= 0x0966 && c <= 0x096F);
}

/// The tokens of text without markup.
inline std::vector<ReferenceToken> tokens(std::string_view text) {
  const std::u32string normal = normal_form(decode(text));
  std::vector<ReferenceToken> found;
  bool open = false;  // the last token may continue
  for (std::size_t at = 0; at < normal.size(); ++at) {
    const char32_t c = normal[at];
    const bool in_word = open && found.back().kind == TokenKind::word;
    if (is_ideograph(c) || is_syllable(c)) {
      found.push_back({"", is_ideograph(c) ? TokenKind::ideograph : TokenKind::syllable});
    } else if (is_mark(c)) {
      if (!open) found.push_back({"", TokenKind::word});
    } else if (is_word(c)) {
      if (!in_word) found.push_back({"", TokenKind::word});
    } else if (is_apostrophe(c) && in_word && at + 1 < normal.size() && is_word(normal[at + 1]) &&
               !(normal[at + 1] >= 0x1160 && normal[at + 1] <= 0x11FF)) {
      continue;
    } else {
      open = false;
      continue;
    }
    open = true;
    append(c, found.back().spelling);
  }
  for (ReferenceToken& token : found) {
    if (token.kind == TokenKind::word && is_digit(decode(token.spelling).at(0))) token.kind = TokenKind::figure;
  }
  return found;
}

inline std::string normalize(std::string_view text) {
  std::string joined;
  for (const ReferenceToken& token : tokens(text)) joined += (joined.empty() ? "" : " ") + token.spelling;
  return joined;
}

}  // namespace wirecopy::reference
