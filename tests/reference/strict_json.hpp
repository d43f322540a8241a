// A strict JSON recogniser, character by character, by recursive descent: it accepts what the article parser must. Lone
// surrogates are accepted, bytes must be UTF-8, and nesting is limited.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wirecopy::reference {

class StrictJson {
 public:
  /// Whether the line is a single JSON object, nested at most `max_depth` deep, surrounded by white space only.
  static bool is_object(std::string_view line, int max_depth) {
    if (!is_utf8(line)) return false;
    StrictJson json(line, max_depth);
    json.spaces();
    if (json.peek() != '{' || !json.value(0)) return false;
    json.spaces();
    return json.at_ == line.size();
  }

  static bool is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const auto lead = static_cast<unsigned char>(bytes[at]);
      const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
      if (length == 0 || at + length > bytes.size()) return false;
      std::uint32_t code = length == 1 ? lead : lead & (0x7fU >> length);
      for (std::size_t next = 1; next < length; ++next) {
        const auto byte = static_cast<unsigned char>(bytes[at + next]);
        if ((byte & 0xc0) != 0x80) return false;
        code = code << 6 | (byte & 0x3f);
      }
      static constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
      if (code < kLeast[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
      at += length;
    }
    return true;
  }

 private:
  StrictJson(std::string_view line, int max_depth) : line_(line), max_depth_(max_depth) {}

  [[nodiscard]] int peek() const { return at_ < line_.size() ? static_cast<unsigned char>(line_[at_]) : -1; }
  bool take(char c) {
    if (peek() != static_cast<unsigned char>(c)) return false;
    ++at_;
    return true;
  }
  void spaces() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') ++at_;
  }

  bool value(int depth) {
    switch (peek()) {
      case '{':
        return container('}', depth + 1, true);
      case '[':
        return container(']', depth + 1, false);
      case '"':
        return string();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  bool container(char close, int depth, bool keys) {
    if (depth > max_depth_) return false;
    ++at_;
    spaces();
    if (take(close)) return true;
    for (;;) {
      spaces();
      if (keys) {
        if (!string()) return false;
        spaces();
        if (!take(':')) return false;
        spaces();
      }
      if (!value(depth)) return false;
      spaces();
      if (take(close)) return true;
      if (!take(',')) return false;
    }
  }

  bool string() {
    if (!take('"')) return false;
    while (!take('"')) {
      if (peek() < 0x20) return false;
      if (!take('\\')) {
        ++at_;
      } else if (take('u')) {
        for (int digit = 0; digit < 4; ++digit) {
          if (!is_hex(peek())) return false;
          ++at_;
        }
      } else {
        if (peek() < 0 || std::string_view("\"\\/bfnrt").find(static_cast<char>(peek())) == std::string_view::npos)
          return false;
        ++at_;
      }
    }
    return true;
  }

  bool word(std::string_view expected) {
    if (!line_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      return digits();
    }
    return true;
  }

  bool digits() {
    const std::size_t before = at_;
    while (is_digit(peek())) ++at_;
    return at_ != before;
  }

  static bool is_digit(int c) { return c >= '0' && c <= '9'; }
  static bool is_hex(int c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

  std::string_view line_;
  int max_depth_;
  std::size_t at_ = 0;
};

}  // namespace wirecopy::reference
