// Accepts exactly the lines of a feed or a truth: one JSON object of strings in well-formed UTF-8, and a newline.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy::generate::test {

class JsonChecker {
 public:
  explicit JsonChecker(std::string_view line) : rest_(line) {}

  /// True for {"key": "value", ...} and a newline.
  [[nodiscard]] bool is_object_line() {
    if (!take("{")) return false;
    do {
      if (!string() || !take(": ") || !string()) return false;
    } while (take(", "));
    return take("}\n") && rest_.empty();
  }

 private:
  bool take(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }

  bool string() {
    if (!take("\"")) return false;
    while (!rest_.empty() && rest_[0] != '"') {
      if (!character()) return false;
    }
    return take("\"");
  }

  bool character() {
    const auto byte = static_cast<unsigned char>(rest_[0]);
    if (byte < 0x20) return false;
    if (byte == '\\') return escape();
    if (byte < 0x80) return take(rest_.substr(0, 1));
    return code_point(byte);
  }

  bool escape() {
    rest_.remove_prefix(1);
    if (rest_.empty()) return false;
    if (rest_[0] != 'u') return std::string_view("\"\\/bfnrt").find(rest_[0]) != std::string_view::npos && drop(1);
    return rest_.substr(1, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos && drop(5);
  }

  /// Shortest form, no surrogates, at most U+10FFFF.
  bool code_point(unsigned lead) {
    const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || rest_.size() < size) return false;
    unsigned value = lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
      const auto byte = static_cast<unsigned char>(rest_[i]);
      if ((byte & 0xc0U) != 0x80) return false;
      value = value << 6 | (byte & 0x3fU);
    }
    const unsigned least = size == 4 ? 0x10000 : size == 3 ? 0x800 : 0x80;
    return value >= least && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff) && drop(size);
  }

  bool drop(std::size_t bytes) {
    if (rest_.size() < bytes) return false;
    rest_.remove_prefix(bytes);
    return true;
  }

  std::string_view rest_;
};

}  // namespace wirecopy::generate::test
