// Helpers with which targets state their properties.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/error.hpp>

namespace wirecopy::fuzz {

class BrokenLaw : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void require(bool holds, const char* law) {
  if (!holds) throw BrokenLaw(law);
}

/// Does `work`, which may reject its input only with an Error. Returns true if it accepted the input.
template <typename Work>
bool accepts(Work&& work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    const std::string_view message = error.what();
    if (message.empty() || message.find('\n') != std::string_view::npos) {
      throw BrokenLaw("the message of an error is one line: " + std::string(message));
    }
    return false;
  }
}

/// The parts between separators, one more than there are separators.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

/// Separates the pieces of an input, also in corpora and dictionaries.
inline constexpr char kSeparator = '\x1e';

/// Fuzzers try inputs of a few kilobytes, in which quadratic cost is invisible. So every second piece of an input is
/// repeated until it has `size` bytes: `a SEPARATOR b SEPARATOR c` becomes `abbbb...bc`.
inline std::string expanded(std::string_view input, std::size_t size = std::size_t{256} << 10) {
  const std::vector<std::string_view> pieces = split(input, kSeparator);
  std::string text;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::size_t room = i % 2 == 0 ? 1 : size / std::max<std::size_t>(pieces.size() / 2, 1);
    const std::size_t times = i % 2 == 0 ? 1 : room / std::max<std::size_t>(pieces[i].size(), 1);
    for (std::size_t time = 0; time < times; ++time) text += pieces[i];
  }
  return text;
}

/// Takes numbers, which determine a target's choices, from the front of an input. Zeros after the end.
class Choices {
 public:
  explicit Choices(std::string_view input) : rest_(input) {}

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }
  std::uint64_t number(unsigned bytes) {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < bytes; ++i) value = value << 8 | byte();
    return value;
  }
  std::string_view bytes(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool ended() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace wirecopy::fuzz
