// Processes two-byte code points in parallel: the letters of accented Latin, Greek, Cyrillic, Armenian, Hebrew and
// Arabic.
//
//   Each byte that begins such a code point is combined with the byte after it to an index into tables of 256 entries,
//   one for each value of the three bits of the first byte that are constant within a script. One look-up (two
//   permutations and a blend select from four registers of table) gives the folded first byte, another one the folded
//   second byte, a third one whether it is a word, a separator, or must be handled individually. U+0080 to U+00FF are
//   looked up in addition, because every script uses signs from there, as is the punctuation of U+2000 to U+203F, which
//   separates.
//
// So a block of 64 bytes that contains only such code points costs some 40 instructions instead of 30 look-ups of code
// points. The block is cut before the first code point of another kind.
#include "text/block_kernel.hpp"

#if WIRECOPY_X86
#include <immintrin.h>

#include <cstring>

#include "text/utf8.hpp"

#define WIRECOPY_KERNEL read_blocks_avx512vbmi
#define WIRECOPY_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx2,bmi,bmi2,popcnt")))

namespace wirecopy {

#include "text/block_kernel_avx512.inc"

namespace {

constexpr bool kTakesPairs = true;

// Looks up in 128 bytes by the low seven bits.
WIRECOPY_TARGET inline __m512i look_up_128(const unsigned char* table, __m512i index) {
  return _mm512_permutex2var_epi8(_mm512_load_si512(table), index, _mm512_load_si512(table + 64));
}
WIRECOPY_TARGET inline __m512i look_up_256(const unsigned char* table, __m512i index) {
  return _mm512_mask_blend_epi8(_mm512_movepi8_mask(index), look_up_128(table, index), look_up_128(table + 128, index));
}

// The table rows for U+0080 to U+00FF and for the page of 256 code points that contains the text's other letters.
struct Pages {
  __mmask64 latin;
  __mmask64 other;
  unsigned first;  // first code point of the other page

  WIRECOPY_TARGET __m512i look_up(const PairFoldings::Row& table, __m512i index) const {
    __m512i found = _mm512_maskz_mov_epi8(latin, look_up_128(table.data() + 0x80, index));
    if (other != 0) found = _mm512_mask_mov_epi8(found, other, look_up_256(table.data() + first, index));
    return found;
  }
};

// Finds the pages of the two-byte code points that begin at `leads`; those of a third page are not included.
WIRECOPY_TARGET inline Pages find_pages(const unsigned char* in, __m512i bytes, __mmask64 leads) {
  const __mmask64 beyond_latin = _mm512_mask_cmpge_epu8_mask(leads, bytes, _mm512_set1_epi8(static_cast<char>(0xC4)));
  Pages pages{leads & ~beyond_latin, 0, 0};
  if (beyond_latin == 0) return pages;
  const unsigned page = in[__builtin_ctzll(beyond_latin)] & 0xFCU;
  const __m512i same = _mm512_and_si512(bytes, _mm512_set1_epi8(static_cast<char>(0xFC)));
  pages.other = _mm512_mask_cmpeq_epi8_mask(beyond_latin, same, _mm512_set1_epi8(static_cast<char>(page)));
  pages.first = (page & 0x1F) << 6;
  return pages;
}

// Shifts the bytes up: byte i becomes byte i + 1.
WIRECOPY_TARGET inline __m512i moved_up(__m512i bytes) {
  alignas(64) static constexpr auto kIndexes = [] {
    std::array<unsigned char, 64> indexes{};
    for (unsigned at = 0; at < 64; ++at) indexes[at] = static_cast<unsigned char>(at == 0 ? 0 : at - 1);
    return indexes;
  }();
  return _mm512_maskz_permutexvar_epi8(~__mmask64{0}, _mm512_load_si512(kIndexes.data()), bytes);
}

WIRECOPY_TARGET inline __mmask64 are_continuations(__m512i bytes) {
  return _mm512_cmple_epi8_mask(bytes, _mm512_set1_epi8(-65));
}

// Bits of the first bytes of well-formed punctuation from U+2000 to U+203F that only separates.
WIRECOPY_TARGET inline __mmask64 find_punctuation(const unsigned char* in, __m512i bytes, __m512i second,
                                                  const PairFoldings& table) {
  __mmask64 found = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(static_cast<char>(0xE2)));
  if (found == 0) return 0;
  found &= _mm512_cmpeq_epi8_mask(second, _mm512_set1_epi8(static_cast<char>(0x80)));
  const __m512i third = _mm512_loadu_si512(in + 2);
  const __m512i separates =
      _mm512_maskz_permutexvar_epi8(~__mmask64{0}, third, _mm512_load_si512(table.separates.data()));
  return found & are_continuations(third) & _mm512_movepi8_mask(separates) & ~std::uint64_t{0} >> 2;
}

WIRECOPY_TARGET inline PairRun fold_pairs(const unsigned char* in, const Block& block, CodePointTable::View view,
                                          char* folded_to) {
  const PairFoldings& table = view.pairs();
  const __m512i bytes = block.bytes, second = _mm512_loadu_si512(in + 1);
  const __mmask64 ascii = ~block.non_ascii();
  const __m512i from_c2 = _mm512_sub_epi8(bytes, _mm512_set1_epi8(static_cast<char>(0xC2)));
  const __mmask64 leads = _mm512_cmplt_epu8_mask(from_c2, _mm512_set1_epi8(0x1E)) & are_continuations(second) &
                          ~std::uint64_t{0} >> 1;  // whose second byte is in the block
  const Pages pages = find_pages(in, bytes, leads);
  const __m512i index =
      _mm512_or_si512(_mm512_maskz_slli_epi16(~__mmask32{0}, _mm512_and_si512(bytes, _mm512_set1_epi8(3)), 6),
                      _mm512_and_si512(second, _mm512_set1_epi8(0x3F)));
  const __m512i kinds = pages.look_up(table.kind, index);
  const __mmask64 common = _mm512_test_epi8_mask(kinds, kinds);
  const __mmask64 word_leads = _mm512_movepi8_mask(kinds);
  const __mmask64 punctuation = find_punctuation(in, bytes, second, table);

  const __mmask64 taken = ascii | common | common << 1 | punctuation | punctuation << 1 | punctuation << 2;
  PairRun run;
  run.length = ~taken == 0 ? kBlock : static_cast<unsigned>(__builtin_ctzll(~taken));
  run.words = block.words() | word_leads | word_leads << 1;
  run.others = block.leads() & ~taken;
  __m512i folded = block.folded();
  if (word_leads != 0) {
    folded = _mm512_mask_mov_epi8(folded, word_leads, pages.look_up(table.first, index));
    folded = _mm512_mask_mov_epi8(folded, word_leads << 1, moved_up(pages.look_up(table.second, index)));
  }
  _mm512_storeu_si512(folded_to, folded);
  return run;
}

}  // namespace

#include "text/block_kernel_body.inc"

}  // namespace wirecopy
#endif
