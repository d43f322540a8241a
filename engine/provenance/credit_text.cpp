#include "provenance/credit_text.hpp"

#include <initializer_list>

namespace wirecopy {
namespace {

/// Calls `find` with the signs of each kind until one is found.
template <typename Find>
std::size_t first_of_kinds(unsigned kinds, Find&& find) {
  std::size_t size = 0;
  if ((kinds & space_sign) != 0) size = find(kSpaceSigns);
  if (size == 0 && (kinds & dash_sign) != 0) size = find(kDashSigns);
  if (size == 0 && (kinds & opening_sign) != 0) size = find(kOpeningSigns);
  if (size == 0 && (kinds & closing_sign) != 0) size = find(kClosingSigns);
  if (size == 0 && (kinds & quote_sign) != 0) size = find(kQuoteSigns);
  if (size == 0 && (kinds & bullet_sign) != 0) size = find(kBulletSigns);
  if (size == 0 && (kinds & stop_sign) != 0) size = find(kStopSigns);
  return size;
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

std::size_t find_sign_at(std::string_view text, unsigned kinds) {
  return first_of_kinds(kinds, [&](const auto& signs) -> std::size_t {
    for (const std::string_view sign : signs) {
      if (text.front() == sign.front() && text.starts_with(sign)) return sign.size();
    }
    return 0;
  });
}

std::size_t find_sign_before(std::string_view text, unsigned kinds) {
  return first_of_kinds(kinds, [&](const auto& signs) -> std::size_t {
    for (const std::string_view sign : signs) {
      if (text.back() == sign.back() && text.ends_with(sign)) return sign.size();
    }
    return 0;
  });
}

std::string_view trim_stop_right(std::string_view text) {
  while (true) {
    std::size_t size = sign_before(text, space_sign | quote_sign);
    if (size == 0) size = text.ends_with('.') || text.ends_with('*') ? 1 : 0;
    if (size == 0) return text;
    text.remove_suffix(size);
  }
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
  while (const std::size_t size = sign_before(text, quote_sign)) text.remove_suffix(size);
  return sign_before(text, stop_sign) != 0;
}

}  // namespace wirecopy
