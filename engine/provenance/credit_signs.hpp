// The signs that occur beside credits, by kind, and a one-byte test that rules out most texts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace wirecopy {

inline constexpr std::string_view kSpaceSigns[] = {" ",      "\t",     "\r",     "\u00A0", "\u3000", "\u200B",
                                                   "\u200E", "\u200F", "\u202F", "\uFEFF", "&nbsp;"};
inline constexpr std::string_view kDashSigns[] = {"--",     "-",       "_",       "\u2013",  "\u2014",
                                                  "\u2015", "\u2012",  "\u2010",  "\u2011",  "\u2212",
                                                  "\uFF0D", "&ndash;", "&mdash;", "&#8211;", "&#8212;"};
inline constexpr std::string_view kOpeningSigns[] = {"(", "[", "（", "【", "［", "〔", "「"};
inline constexpr std::string_view kClosingSigns[] = {")", "]", "）", "】", "］", "〕", "」"};
inline constexpr std::string_view kQuoteSigns[] = {"\"",     "\u201C", "\u201D", "\u201E", "\u00AB",
                                                   "\u00BB", "\u2018", "\u2019", "'"};
inline constexpr std::string_view kBulletSigns[] = {"*", "\u2022", "\u00B7", "\u25A0", "\u25CF", "\u25CB"};
inline constexpr std::string_view kStopSigns[] = {".",      "!",      "?",      "\u2026", "\u3002", "\uFF01",
                                                  "\uFF1F", "\u061F", "\u06D4", "\u0964", "\uFF0E"};

/// Kinds of signs, as bits.
enum SignKind : std::uint8_t {
  space_sign = 1,
  dash_sign = 2,
  opening_sign = 4,
  closing_sign = 8,
  quote_sign = 16,
  bullet_sign = 32,
  stop_sign = 64
};

/// For every byte, the kinds of signs that begin (or end) with it.
struct SignBytes {
  std::array<std::uint8_t, 256> first{};
  std::array<std::uint8_t, 256> last{};
};

constexpr void add_signs(SignBytes& bytes, std::span<const std::string_view> signs, SignKind kind) {
  for (const std::string_view sign : signs) {
    bytes.first[static_cast<unsigned char>(sign.front())] |= kind;
    bytes.last[static_cast<unsigned char>(sign.back())] |= kind;
  }
}

inline constexpr SignBytes kSignBytes = [] {
  SignBytes bytes;
  add_signs(bytes, kSpaceSigns, space_sign);
  add_signs(bytes, kDashSigns, dash_sign);
  add_signs(bytes, kOpeningSigns, opening_sign);
  add_signs(bytes, kClosingSigns, closing_sign);
  add_signs(bytes, kQuoteSigns, quote_sign);
  add_signs(bytes, kBulletSigns, bullet_sign);
  add_signs(bytes, kStopSigns, stop_sign);
  return bytes;
}();

/// Whether `text` may begin (or end) with a sign of these kinds. One look-up, which is false for most texts.
[[nodiscard]] inline bool may_begin_with(std::string_view text, unsigned kinds) {
  return !text.empty() && (kSignBytes.first[static_cast<unsigned char>(text.front())] & kinds) != 0;
}
[[nodiscard]] inline bool may_end_with(std::string_view text, unsigned kinds) {
  return !text.empty() && (kSignBytes.last[static_cast<unsigned char>(text.back())] & kinds) != 0;
}

/// The length of the sign of these kinds that `text` begins (or ends) with, or 0. Only for texts that may have one.
[[nodiscard]] std::size_t find_sign_at(std::string_view text, unsigned kinds);
[[nodiscard]] std::size_t find_sign_before(std::string_view text, unsigned kinds);

[[nodiscard]] inline std::size_t sign_at(std::string_view text, unsigned kinds) {
  return may_begin_with(text, kinds) ? find_sign_at(text, kinds) : 0;
}
[[nodiscard]] inline std::size_t sign_before(std::string_view text, unsigned kinds) {
  return may_end_with(text, kinds) ? find_sign_before(text, kinds) : 0;
}

}  // namespace wirecopy
