// The floor: the minimum work of any tool that reads a feed of JSON lines.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy::bench {

struct FloorResult {
  std::uint64_t articles = 0;
  std::uint64_t text_bytes = 0;  ///< of the unescaped texts: proves that the work was done
  double cpu_seconds = 0;
};

/// Parses every line of a feed in memory with simdjson On-Demand and touches id, title, text, source and published;
/// one thread, one parser, nothing copied. `feed` is followed by 64 readable bytes. Lines that do not parse are not
/// counted.
[[nodiscard]] FloorResult parse_floor(std::string_view feed);

}  // namespace wirecopy::bench
