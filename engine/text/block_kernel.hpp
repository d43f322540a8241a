// The inner loop of folding text, with one version for each level of SIMD.
//
//   while a block of 64 bytes begins at or before the last allowed position
//     if it is ASCII, or its first 8 bytes are, or this level handles two-byte code points equally well
//       fold the case of 64 bytes into the output; words = bits of letters and digits
//       cut the block before the first byte of another kind, and at an apostrophe between two word bytes (dropped)
//       for each position where `words` changes: record (position in the output, 1 for a word, 0 for a gap)
//     else
//       bad = bits of ill-formed UTF-8, found by comparing each byte with the three after it
//       leads = bits of the bytes that begin a code point, up to the first bad one
//       for each lead (up to the last non-ASCII byte, if much ASCII follows it)
//         look its code point up; stop if it is uncommon
//         write its folded bytes, and record the position if its class differs from that of the previous one
//
// Tried and abandoned: looking up the class in a table of (previous class, class) instead of computing it. In one
// interleaved comparison on a busy machine that was faster on accented Latin and Thai and slower on Cyrillic and
// Arabic; it may be worth another try.
#pragma once

#include <cstdint>

#include "base/kernel.hpp"
#include "text/code_point_table.hpp"

namespace wirecopy {

/// The beginning of a run of folded text of one class: its position in the folded text << 2 | its CharClass. The run
/// ends where the next one begins.
using Segment = std::uint32_t;

/// The state of the folded output. The inner loop keeps a copy in registers. No two adjacent fields have the same type,
/// because g++ 12 was observed to keep such fields together in one vector register across the loop.
struct FoldedOutput {
  char* folded = nullptr;
  std::uint32_t size = 0;     ///< size of the folded text
  std::uint8_t last_ccc = 0;  ///< combining class of the last code point
  Segment* segments = nullptr;
  std::uint32_t count = 0;      ///< number of segments; at least 1 before anything is appended
  std::uint8_t last_class = 0;  ///< CharClass of the last segment

  WIRECOPY_ALWAYS_INLINE void append(const Folding& folding);
};

/// Folds text from `in` (the start of a code point) as long as blocks begin at or before `last`; kReadable bytes must
/// be readable from there. Stops at the first input that it cannot handle and returns its position: an uncommon code
/// point (an apostrophe that is not ASCII or precedes non-ASCII text, a folding into several code points, a code point
/// that may compose or is out of order), or an ill-formed block. There must be room for 2 * (last - in) + 4 * kBlock
/// bytes, and as many segments.
using ReadBlocks = const unsigned char* (*)(const unsigned char* in, const unsigned char* last,
                                            CodePointTable::View table, FoldedOutput& output);

inline constexpr unsigned kBlock = 64;
inline constexpr unsigned kReadable = kBlock + 3;

/// The beginning of a block that consists of ASCII and equally common two-byte code points: its length in bytes (up to
/// the first code point that is of another kind or not completely in the block), a bit for each byte of the block that
/// belongs to a word (meaningless beyond `length`), and the first bytes of the code points of another kind.
struct PairRun {
  unsigned length = 0;
  std::uint64_t words = 0;
  std::uint64_t others = 0;
};

/// The kernel of a level that this processor must support.
[[nodiscard]] ReadBlocks block_kernel(Kernel kernel);

const unsigned char* read_blocks_scalar(const unsigned char* in, const unsigned char* last, CodePointTable::View table,
                                        FoldedOutput& output);
#if WIRECOPY_X86
const unsigned char* read_blocks_avx2(const unsigned char* in, const unsigned char* last, CodePointTable::View table,
                                      FoldedOutput& output);
const unsigned char* read_blocks_avx512(const unsigned char* in, const unsigned char* last, CodePointTable::View table,
                                        FoldedOutput& output);
const unsigned char* read_blocks_avx512vbmi(const unsigned char* in, const unsigned char* last,
                                            CodePointTable::View table, FoldedOutput& output);
#endif

// Appends the folding of one code point (or joined ones). Classes are compared without branches.
void FoldedOutput::append(const Folding& folding) {
  folding.write(folded + size);
  const std::uint32_t own_class = folding.traits & Folding::class_bits;  // 0 for a mark
  const std::uint32_t is_mark = folding.traits / Folding::mark & 1;
  const std::uint32_t as_mark = last_class + static_cast<std::uint32_t>(last_class == 0);
  const std::uint32_t its_class = own_class | (as_mark & (0 - is_mark));
  segments[count] = size << 2 | its_class;
  count += static_cast<std::uint32_t>(its_class != last_class) | own_class >> 1;
  last_class = static_cast<std::uint8_t>(its_class);
  last_ccc = folding.last_ccc;
  size += folding.size;
}

}  // namespace wirecopy
