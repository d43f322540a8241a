#include "base/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/utf8_sequence.hpp"

namespace wirecopy {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

constexpr std::uint64_t repeat(unsigned char byte) { return 0x0101010101010101ULL * byte; }

// Non-zero if any of eight bytes is special: a control character, quote, backslash, DEL or non-ASCII byte. This is the
// classic test for "byte < n", (x - n) & ~x & 0x80, simplified: a borrow can only flag a byte above one that is already
// flagged.
constexpr std::uint64_t special_bytes(std::uint64_t word) {
  const auto equals = [word](unsigned char byte) { return (word ^ repeat(byte)) - repeat(1); };
  return (word | (word - repeat(0x20)) | equals('"') | equals('\\') | equals(0x7F)) & repeat(0x80);
}

constexpr bool is_plain(unsigned char byte) { return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\'; }

std::size_t plain_prefix(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (special_bytes(word) != 0) break;
  }
  while (at < text.size() && is_plain(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

constexpr bool wants_escape(char32_t code_point) {
  return code_point <= 0x9F || code_point == 0x2028 || code_point == 0x2029;
}

void append_unicode_escape(std::string& out, char32_t code_point) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const std::array<char, 6> escape{'\\',
                                   'u',
                                   kDigits[code_point >> 12 & 15],
                                   kDigits[code_point >> 8 & 15],
                                   kDigits[code_point >> 4 & 15],
                                   kDigits[code_point & 15]};
  out.append(escape.data(), escape.size());
}

void append_ascii_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\b':
      out += "\\b";
      break;
    case '\f':
      out += "\\f";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      append_unicode_escape(out, static_cast<unsigned char>(c));
  }
}

// Length of the longest prefix of `text` that needs no escape: plain ASCII and well-formed code points.
std::size_t verbatim_prefix(std::string_view text) {
  std::size_t at = 0;
  for (;;) {
    at += plain_prefix(text.substr(at));
    if (at == text.size() || static_cast<unsigned char>(text[at]) < 0x80) return at;
    const Utf8Sequence sequence = read_sequence(text.substr(at));
    if (wants_escape(sequence.code_point)) return at;  // also what is ill-formed
    at += sequence.size;
  }
}

}  // namespace

void append_json_escaped(std::string& out, std::string_view text) {
  for (;;) {
    const std::size_t run = verbatim_prefix(text);
    out.append(text.data(), run);
    text.remove_prefix(run);
    if (text.empty()) return;
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      append_ascii_escape(out, text.front());
      text.remove_prefix(1);
      continue;
    }
    const Utf8Sequence sequence = read_sequence(text);
    if (sequence.code_point == 0) {
      out += kReplacement;
    } else {
      append_unicode_escape(out, sequence.code_point);
    }
    text.remove_prefix(sequence.size);
  }
}

void JsonWriter::separate() {
  if (comma_) out_->push_back(',');
  comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_->push_back(bracket);
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_->push_back(bracket);
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  out_->push_back(':');
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  out_->push_back('"');
  append_json_escaped(*out_, text);
  out_->push_back('"');
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
  std::array<char, 20> digits;
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return raw({digits.data(), end});
}

JsonWriter& JsonWriter::natural(std::uint64_t number) {
  std::array<char, 20> digits;
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return raw({digits.data(), end});
}

JsonWriter& JsonWriter::value(double number, int decimals) {
  if (!std::isfinite(number)) return value(nullptr);
  std::array<char, 336> digits;  // sign, 309 digits, point, 17 decimals
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, decimals).ptr;
  std::string_view text(digits.data(), end);
  if (text.find('.') != std::string_view::npos) {
    text = text.substr(0, text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.remove_suffix(1);
  }
  return raw(text == "-0" ? "0" : text);
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_->append(json);
  return *this;
}

JsonWriter& JsonWriter::end_line() {
  out_->push_back('\n');
  comma_ = false;
  return *this;
}

}  // namespace wirecopy
