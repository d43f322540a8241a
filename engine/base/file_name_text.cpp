#include "base/file_name_text.hpp"

#include <charconv>
#include <cstddef>

#include "base/utf8_sequence.hpp"

namespace wirecopy {
namespace {

constexpr std::string_view kMark = "\xEF\xBF\xBD";
constexpr char32_t kMarkCodePoint = 0xFFFD;
constexpr std::size_t kDigits = 2;

void append_marked(std::string& text, std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text.append(kMark);
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
}

/// Reads the digits after a mark; false if there are none.
bool take_marked(std::string_view text, char& byte) {
  if (!text.starts_with(kMark) || text.size() < kMark.size() + kDigits) return false;
  const char* const digits = text.data() + kMark.size();
  unsigned value = 0;
  const auto read = std::from_chars(digits, digits + kDigits, value, 16);
  byte = static_cast<char>(value);
  return read.ec == std::errc() && read.ptr == digits + kDigits;
}

}  // namespace

std::string text_of_file_name(std::string_view name) {
  std::string text;
  while (!name.empty()) {
    const bool is_ascii = static_cast<unsigned char>(name.front()) < 0x80;
    const Utf8Sequence sequence = is_ascii ? Utf8Sequence{1, U' '} : read_sequence(name);
    const std::string_view bytes = name.substr(0, sequence.size);
    const bool is_itself = sequence.code_point != 0 && sequence.code_point != kMarkCodePoint;
    is_itself ? static_cast<void>(text.append(bytes)) : append_marked(text, bytes);
    name.remove_prefix(bytes.size());
  }
  return text;
}

std::string file_name_of_text(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    char byte = 0;
    const bool is_marked = take_marked(text, byte);
    name += is_marked ? byte : text.front();
    text.remove_prefix(is_marked ? kMark.size() + kDigits : 1);
  }
  return name;
}

}  // namespace wirecopy
