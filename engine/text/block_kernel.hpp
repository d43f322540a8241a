// The inner loop of reading text, one version of it for each level of SIMD.
//
//   while a block of 64 bytes begins at or before the last allowed place
//     if it is ASCII, or its first 8 bytes are, or at this level a code point of two bytes is as good
//       fold the case of 64 bytes into the output; words = bits of letters and digits
//       cut the block before the first byte of another kind, and at an apostrophe between two word bytes (left out)
//       for each place where `words` changes: record (place in the output, 1 for a word, 0 for a gap)
//     else
//       bad = bits of what is not well-formed UTF-8, found by comparing each byte with the three after it
//       leads = bits of the bytes that begin a code point, up to the first bad one
//       for each lead (up to the last non-ASCII byte, if much ASCII follows it)
//         look its code point up; stop if it is uncommon
//         write the bytes it becomes, and record the place if its class differs from that of the place before
//
// Tried and left: the class by a table of (class before, class) in place of arithmetic. In one interleaved comparison
// on a busy machine it was faster on Latin with accents and Thai and slower on Cyrillic and Arabic; worth another look.
#pragma once

#include <cstdint>

#include "base/kernel.hpp"
#include "text/code_point_table.hpp"

namespace wirecopy {

/// A run of folded text of one class begins: its place in the folded text << 2 | its CharClass. It ends where the next
/// one begins.
using Segment = std::uint32_t;

/// Where the output of reading stands. The inner loop keeps a copy in registers; no two fields of one type are
/// neighbours, as g++ 12 was seen to keep such neighbours together in one vector register across the loop.
struct FoldedOutput {
  char* folded = nullptr;
  std::uint32_t size = 0;     ///< of the folded text
  std::uint8_t last_ccc = 0;  ///< combining class of its last code point
  Segment* segments = nullptr;
  std::uint32_t count = 0;      ///< of segments; at least 1 before anything is appended
  std::uint8_t last_class = 0;  ///< CharClass of the last segment

  WIRECOPY_ALWAYS_INLINE void append(const Folding& folding);
};

/// Reads text from `in` (the start of a code point), as long as blocks begin at or before `last`; kReadable bytes must
/// be readable from there. Stops at what it cannot read and returns where: at an uncommon code point (an apostrophe
/// that is not ASCII or stands before what is not, a folding into many, one that may compose or is out of order), or at
/// a block that is not well formed. There must be room for 2 * (last - in) + 4 * kBlock bytes, and as many segments.
using ReadBlocks = const unsigned char* (*)(const unsigned char* in, const unsigned char* last,
                                            CodePointTable::View table, FoldedOutput& output);

inline constexpr unsigned kBlock = 64;
inline constexpr unsigned kReadable = kBlock + 3;

/// What begins a block, if it is ASCII or code points of two bytes that are as common: how many bytes that is (up to
/// the first code point that is not of the kind or not in the block as a whole), which bytes of the block are of words
/// (no meaning behind that), and the first bytes of the code points that are not of the kind.
struct PairRun {
  unsigned length = 0;
  std::uint64_t words = 0;
  std::uint64_t others = 0;
};

/// The kernel of a level; this processor must have it.
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

// A folding of one code point (or joined ones), in its place: classes are compared, not branched on.
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
