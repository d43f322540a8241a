// The two inner loops that read text 64 bytes at a time, one version of them for each level of SIMD.
//
// Both work on well-placed blocks: `in` is at the start of a code point and 67 bytes are readable from it.
//
//   ascii_run: while a block begins at or before the last allowed place
//                fold the case of 64 bytes into the output; words = bits of letters and digits
//                cut the block before its first non-ASCII byte, and at an apostrophe between two word bytes (left out)
//                for each place where `words` changes: record (place in the output, 1 for a word, 0 for a gap)
//   structure:   bits of the bytes that begin a code point, of those that are not ASCII, and whether the UTF-8 is well
//                formed, by comparing each byte with the three after it
#pragma once

#include <cstdint>

#include "base/kernel.hpp"

namespace wirecopy {

/// A run of folded text of one class begins: its place in the folded text << 2 | its CharClass. It ends where the next
/// one begins.
using Segment = std::uint32_t;

/// In and out of `ascii_run`. There must be room for (last - in) + 128 bytes in `folded` from `size` on, and for as
/// many segments.
struct AsciiRun {
  const unsigned char* in;    ///< where to begin; then where it stopped
  const unsigned char* last;  ///< no block begins beyond it
  char* folded;
  Segment* segments;
  std::uint32_t size;   ///< of the folded text
  std::uint32_t count;  ///< of segments; at least 1
  bool hit = false;     ///< stopped at something that it cannot decide: a non-ASCII byte, or an apostrophe before it
};

/// What 64 bytes look like as UTF-8: a bit for each byte, the first one lowest.
struct BlockStructure {
  std::uint64_t leads;      ///< begins a code point
  std::uint64_t non_ascii;  ///< 0x80 and above
  bool malformed;           ///< some sequence that begins here is ill formed
};

struct BlockKernel {
  void (*ascii_run)(AsciiRun& run);
  BlockStructure (*structure)(const unsigned char* in);
};

inline constexpr unsigned kBlock = 64;
inline constexpr unsigned kReadable = kBlock + 3;

/// The kernel of a level that this processor has (others give undefined behaviour when called).
[[nodiscard]] const BlockKernel& block_kernel(Kernel kernel);

extern const BlockKernel kScalarBlockKernel;
#if WIRECOPY_X86
extern const BlockKernel kAvx2BlockKernel;
extern const BlockKernel kAvx512BlockKernel;
#endif

}  // namespace wirecopy
