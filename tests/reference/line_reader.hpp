// The expected output of a block reader, as simply as possible: the whole input in memory, one line after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::reference {

struct ReadLine {
  std::uint64_t offset;
  std::uint64_t number;
  std::uint64_t length;  // with '\n', except for oversized lines
  bool oversized;
  std::string bytes;  // without "\r\n"; at most 256 bytes of an oversized line
  friend bool operator==(const ReadLine&, const ReadLine&) = default;
};

inline std::vector<ReadLine> read_lines(std::string_view input, std::size_t max_line) {
  std::vector<ReadLine> lines;
  std::size_t at = input.starts_with("\xef\xbb\xbf") ? 3 : 0;
  while (at < input.size()) {
    const std::size_t newline = input.find('\n', at);
    const bool ended = newline != std::string_view::npos;
    const std::size_t size = (ended ? newline : input.size()) - at;
    std::string_view bytes = input.substr(at, size);
    const bool oversized = size > max_line;
    const std::uint64_t length = size + (ended && !oversized ? 1 : 0);
    if (oversized) {
      bytes = bytes.substr(0, 256);
    } else if (bytes.ends_with('\r')) {
      bytes.remove_suffix(1);
    }
    lines.push_back({at, lines.size() + 1, length, oversized, std::string(bytes)});
    at += size + (ended ? 1 : 0);
  }
  return lines;
}

}  // namespace wirecopy::reference
