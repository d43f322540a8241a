// Code points of two bytes, side by side: the letters of Latin with accents, Greek, Cyrillic, Armenian, Hebrew and
// Arabic.
//
//   each byte that begins such a code point sees the byte behind it: together they are a place in tables of 256 for
//   each three bits of the first byte that are constant in a script. One look-up (four registers of table, of which
//   two permutations and a blend choose) gives the folded first byte, another the folded second byte, a third whether
//   it is a word, a separator, or must be taken by itself. U+0080 to U+00FF are looked up besides, as every script
//   borrows signs from there, and the punctuation of U+2000 to U+203F, which separates.
//
// So a block of 64 bytes in which no other code point stands costs some 40 instructions instead of 30 code points'
// look-ups; it is cut before the first that is not of this kind.
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

// A look-up in 128 bytes, by the low seven bits.
WIRECOPY_TARGET inline __m512i look_up_128(const unsigned char* table, __m512i place) {
  return _mm512_permutex2var_epi8(_mm512_load_si512(table), place, _mm512_load_si512(table + 64));
}
WIRECOPY_TARGET inline __m512i look_up_256(const unsigned char* table, __m512i place) {
  return _mm512_mask_blend_epi8(_mm512_movepi8_mask(place), look_up_128(table, place), look_up_128(table + 128, place));
}

// The tables' rows for U+0080 to U+00FF and for the page of 256 code points that the text's other letters are in.
struct Pages {
  __mmask64 latin;
  __mmask64 other;
  unsigned first;  // code point of the other page

  WIRECOPY_TARGET __m512i look_up(const PairFoldings::Row& table, __m512i place) const {
    __m512i found = _mm512_maskz_mov_epi8(latin, look_up_128(table.data() + 0x80, place));
    if (other != 0) found = _mm512_mask_mov_epi8(found, other, look_up_256(table.data() + first, place));
    return found;
  }
};

// Finds the pages of the two-byte code points that begin at `leads`; those of a third page are left out.
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

// The bytes before: byte i becomes byte i + 1.
WIRECOPY_TARGET inline __m512i moved_up(__m512i bytes) {
  alignas(64) static constexpr auto kPlaces = [] {
    std::array<unsigned char, 64> places{};
    for (unsigned at = 0; at < 64; ++at) places[at] = static_cast<unsigned char>(at == 0 ? 0 : at - 1);
    return places;
  }();
  return _mm512_maskz_permutexvar_epi8(~__mmask64{0}, _mm512_load_si512(kPlaces.data()), bytes);
}

WIRECOPY_TARGET inline __mmask64 are_continuations(__m512i bytes) {
  return _mm512_cmple_epi8_mask(bytes, _mm512_set1_epi8(-65));
}

// Bits of the first bytes of well-formed punctuation between U+2000 and U+203F that separates and no more.
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
  const __m512i place =
      _mm512_or_si512(_mm512_maskz_slli_epi16(~__mmask32{0}, _mm512_and_si512(bytes, _mm512_set1_epi8(3)), 6),
                      _mm512_and_si512(second, _mm512_set1_epi8(0x3F)));
  const __m512i kinds = pages.look_up(table.kind, place);
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
    folded = _mm512_mask_mov_epi8(folded, word_leads, pages.look_up(table.first, place));
    folded = _mm512_mask_mov_epi8(folded, word_leads << 1, moved_up(pages.look_up(table.second, place)));
  }
  _mm512_storeu_si512(folded_to, folded);
  return run;
}

}  // namespace

#include "text/block_kernel_body.inc"

}  // namespace wirecopy
#endif
