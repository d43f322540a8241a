#include "feed/json_text.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace wirecopy {

namespace {

constexpr std::uint32_t kReplacement = 0xfffd;
constexpr std::size_t kUnicodeEscape = 6;  // the length of "\u1234"

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr auto kHex = [] {
  std::array<std::int8_t, 256> table{};
  for (int c = 0; c < 256; ++c)
    table[static_cast<std::size_t>(c)] = static_cast<std::int8_t>(hex_value(static_cast<char>(c)));
  return table;
}();

// The character for a one-letter escape; 0: no such escape.
constexpr auto kSimpleEscapes = [] {
  std::array<char, 256> table{};
  for (const char c : {'"', '\\', '/'}) table[static_cast<unsigned char>(c)] = c;
  table['b'] = '\b';
  table['f'] = '\f';
  table['n'] = '\n';
  table['r'] = '\r';
  table['t'] = '\t';
  return table;
}();

const char* next_backslash(const char* at, const char* end) {
  const void* found = std::memchr(at, '\\', static_cast<std::size_t>(end - at));
  return found == nullptr ? end : static_cast<const char*>(found);
}

// The four digits at `at`; negative if one of them is not a digit.
std::int32_t four_hex_digits(const char* at) {
  const auto digit = [at](int i) { return static_cast<std::int32_t>(kHex[static_cast<unsigned char>(at[i])]); };
  return digit(0) * 4096 | digit(1) * 256 | digit(2) * 16 | digit(3);
}

// The length in bytes of the escape at `at`; 0 if it is invalid.
std::size_t escape_length(const char* at, const char* end) {
  const auto left = static_cast<std::size_t>(end - at);
  if (left < 2) return 0;
  if (kSimpleEscapes[static_cast<unsigned char>(at[1])] != 0) return 2;
  const bool unicode = at[1] == 'u' && left >= kUnicodeEscape && four_hex_digits(at + 2) >= 0;
  return unicode ? kUnicodeEscape : 0;
}

char* put_utf8(std::uint32_t c, char* to) {
  if (c < 0x80) {
    *to++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *to++ = static_cast<char>(0xc0 | c >> 6);
    *to++ = static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    *to++ = static_cast<char>(0xe0 | c >> 12);
    *to++ = static_cast<char>(0x80 | (c >> 6 & 0x3f));
    *to++ = static_cast<char>(0x80 | (c & 0x3f));
  } else {
    *to++ = static_cast<char>(0xf0 | c >> 18);
    *to++ = static_cast<char>(0x80 | (c >> 12 & 0x3f));
    *to++ = static_cast<char>(0x80 | (c >> 6 & 0x3f));
    *to++ = static_cast<char>(0x80 | (c & 0x3f));
  }
  return to;
}

bool is_high_surrogate(std::uint32_t c) { return c >= 0xd800 && c < 0xdc00; }
bool is_low_surrogate(std::uint32_t c) { return c >= 0xdc00 && c < 0xe000; }

// Decodes the "\u1234" at `at`, with the low surrogate after it if there is one, and advances `at`.
std::uint32_t take_unicode_escape(const char*& at, const char* end) {
  const auto first = static_cast<std::uint32_t>(four_hex_digits(at + 2));
  at += kUnicodeEscape;
  if (is_low_surrogate(first)) return kReplacement;
  if (!is_high_surrogate(first)) return first;
  const bool followed = end - at >= static_cast<std::ptrdiff_t>(kUnicodeEscape) && at[0] == '\\' && at[1] == 'u';
  if (!followed || four_hex_digits(at + 2) < 0) return kReplacement;
  const auto second = static_cast<std::uint32_t>(four_hex_digits(at + 2));
  if (!is_low_surrogate(second)) return kReplacement;
  at += kUnicodeEscape;
  return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

std::size_t count_digits(std::string_view token, std::size_t from) {
  std::size_t at = from;
  while (at < token.size() && is_digit(token[at])) ++at;
  return at - from;
}

}  // namespace

bool is_json_number(std::string_view token) {
  std::size_t at = token.starts_with('-') ? 1 : 0;
  const std::size_t whole = count_digits(token, at);
  if (whole == 0 || (whole > 1 && token[at] == '0')) return false;
  at += whole;
  if (at < token.size() && token[at] == '.') {
    const std::size_t fraction = count_digits(token, ++at);
    if (fraction == 0) return false;
    at += fraction;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    const std::size_t exponent = count_digits(token, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == token.size();
}

bool escapes_are_valid(std::string_view raw) {
  const char* const end = raw.data() + raw.size();
  for (const char* at = next_backslash(raw.data(), end); at != end; at = next_backslash(at, end)) {
    const std::size_t length = escape_length(at, end);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

char* unescape(std::string_view raw, char* to) {
  const char* at = raw.data();
  const char* const end = at + raw.size();
  while (at != end) {
    const char* const backslash = next_backslash(at, end);
    std::memcpy(to, at, static_cast<std::size_t>(backslash - at));
    to += backslash - at;
    at = backslash;
    while (at != end && *at == '\\') {  // escapes often come in runs: "\u0434\u0430"
      const std::size_t length = escape_length(at, end);
      if (length == 0) return nullptr;
      if (length == kUnicodeEscape) {
        to = put_utf8(take_unicode_escape(at, end), to);
      } else {
        *to++ = kSimpleEscapes[static_cast<unsigned char>(at[1])];
        at += 2;
      }
    }
  }
  return to;
}

}  // namespace wirecopy
