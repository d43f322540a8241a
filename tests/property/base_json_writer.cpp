// Any bytes give JSON that represents the same text, as checked by a naive decoder of UTF-8 and escapes.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "base/json_writer.hpp"

namespace wirecopy {
namespace {

constexpr char32_t kBad = 0xFFFD;

// The code point encoded by exactly these bytes, by arithmetic; nothing if they are not one well-formed code point.
std::optional<char32_t> decode_exactly(const std::string& bytes) {
  const auto at = [&bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.size() == 1) return at(0) < 0x80 ? std::optional<char32_t>(at(0)) : std::nullopt;
  static constexpr unsigned char kLead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  static constexpr unsigned char kLeadMask[] = {0, 0, 0xE0, 0xF0, 0xF8};
  static constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const std::size_t size = bytes.size();
  if ((at(0) & kLeadMask[size]) != kLead[size]) return std::nullopt;
  char32_t value = at(0) & static_cast<unsigned char>(~kLeadMask[size]);
  for (std::size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xC0) != 0x80) return std::nullopt;
    value = value * 64 + (at(i) & 0x3F);
  }
  const bool well_formed = value >= kLeast[size] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  return well_formed ? std::optional(value) : std::nullopt;
}

// True if some continuation bytes make the piece well-formed: values grow with them, so testing the extremes suffices.
bool can_begin_a_code_point(const std::string& piece) {
  for (std::size_t size = piece.size() + 1; size <= 4; ++size) {
    for (const char fill : {'\x80', '\xBF'}) {
      if (decode_exactly(piece + std::string(size - piece.size(), fill))) return true;
    }
  }
  return false;
}

std::u32string decode_naively(const std::string& text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t used = 0;
    for (std::size_t size = 1; size <= 4 && at + size <= text.size() && used == 0; ++size) {
      if (const auto code_point = decode_exactly(text.substr(at, size))) {
        out.push_back(*code_point);
        used = size;
      }
    }
    if (used == 0) {
      out.push_back(kBad);
      used = 1;
      for (std::size_t size = 2; size <= 3 && at + size <= text.size(); ++size) {
        if (can_begin_a_code_point(text.substr(at, size))) used = size;
      }
    }
    at += used;
  }
  return out;
}

std::u32string unescape_naively(const std::u32string& json) {
  static const std::u32string from = U"\"\\/bfnrt";
  static const std::u32string to = U"\"\\/\b\f\n\r\t";
  std::u32string out;
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] != U'\\') {
      out.push_back(json[at]);
    } else if (json[++at] == U'u') {
      const std::string digits(json.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                               json.begin() + static_cast<std::ptrdiff_t>(at) + 5);
      out.push_back(static_cast<char32_t>(std::stoul(digits, nullptr, 16)));
      at += 4;
    } else {
      out.push_back(to.at(from.find(json[at])));
    }
  }
  return out;
}

// Bytes of all kinds, critical ones more often, in pieces long enough to reach the fast path.
rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::weightedOneOf<std::string>(
      {{3, rc::gen::string<std::string>()},
       {3, rc::gen::container<std::string>(rc::gen::inRange<char>('a', 'z'))},
       {2, rc::gen::map(rc::gen::inRange(0, 256), [](int byte) { return std::string(1, static_cast<char>(byte)); })},
       {2, rc::gen::container<std::string>(rc::gen::elementOf(
               std::string("\x80\x8F\x90\x9F\xA0\xBF\xC2\xDF\xE0\xE2\xED\xEF\xF0\xF4\xA8\"\\\n\x1B")))},
       {3, rc::gen::element<std::string>("ж", "新聞", "😀", "\u2028", "\u009b", "\xF4\x90\x80\x80", "\xED\xA0\x80")}});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string all;
    for (const std::string& part : pieces) all += part;
    return all;
  });
}

std::string escaped(const std::string& text) {
  std::string out;
  append_json_escaped(out, text);
  return out;
}

RC_GTEST_PROP(JsonWriter, RepresentsTheInputText, ()) {
  const std::string text = *any_text();
  RC_ASSERT(unescape_naively(decode_naively(escaped(text))) == decode_naively(text));
}

RC_GTEST_PROP(JsonWriter, IsHarmlessOnATerminal, ()) {
  const std::u32string json = decode_naively(escaped(*any_text()));
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char32_t c = json[at];
    RC_ASSERT(c >= 0x20 && !(c >= 0x7F && c <= 0x9F) && c != 0x2028 && c != 0x2029);
  }
}

RC_GTEST_PROP(JsonWriter, RoundsNumbersToTheirDecimals, ()) {
  const int decimals = *rc::gen::inRange(0, 8);
  const double scale = std::pow(10.0, *rc::gen::inRange(-3, 6));
  const double number = static_cast<double>(*rc::gen::arbitrary<std::int32_t>()) / 0x1p31 * scale;
  std::string text;
  JsonWriter(text).value(number, decimals);
  double read = 0;
  RC_ASSERT(std::from_chars(text.data(), text.data() + text.size(), read).ptr == text.data() + text.size());
  RC_ASSERT(std::abs(read - number) <= 0.5000001 * std::pow(10.0, -decimals));
  RC_ASSERT(text.find('.') == std::string::npos || (text.back() != '0' && text.back() != '.'));
}

}  // namespace
}  // namespace wirecopy
