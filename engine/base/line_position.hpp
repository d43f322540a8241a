// The position of a line in a feed.
#pragma once

#include <cstdint>

namespace wirecopy {

struct LinePosition {
  std::uint32_t input = 0;   ///< number of the input
  std::uint32_t length = 0;  ///< in bytes of the original, line ending included
  std::uint64_t line = 0;    ///< from 1
  std::uint64_t offset = 0;  ///< of its first byte, in the decompressed input
  std::uint64_t digest = 0;  ///< line_digest() of its original bytes; only set if the line may be read again
};

}  // namespace wirecopy
