#include "text/block_kernel.hpp"

#if WIRECOPY_X86
#include <immintrin.h>

#include <cstring>

#include "text/utf8.hpp"

#define WIRECOPY_KERNEL read_blocks_avx512
#define WIRECOPY_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi,bmi2,popcnt")))

namespace wirecopy {
namespace {

WIRECOPY_TARGET inline std::uint64_t between(__m512i bytes, char least, char most) {
  const __m512i offset = _mm512_sub_epi8(bytes, _mm512_set1_epi8(least));
  return _mm512_cmple_epu8_mask(offset, _mm512_set1_epi8(static_cast<char>(most - least)));
}

struct Block {
  __m512i bytes;

  WIRECOPY_TARGET static Block load(const unsigned char* from) { return {_mm512_loadu_si512(from)}; }
  WIRECOPY_TARGET void store_folded(char* to) const {
    const __m512i lower = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
    _mm512_storeu_si512(to, _mm512_mask_blend_epi8(between(bytes, 'A', 'Z'), bytes, lower));
  }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t words() const {
    return between(_mm512_or_si512(bytes, _mm512_set1_epi8(0x20)), 'a', 'z') | between(bytes, '0', '9');
  }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t apostrophes() const {
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\'')) | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('`'));
  }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t non_ascii() const { return _mm512_movepi8_mask(bytes); }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t leads() const {  // as signed bytes, continuations are below -64
    return _mm512_cmpgt_epi8_mask(bytes, _mm512_set1_epi8(-65));
  }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t at_least(unsigned char least) const {
    return _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8(static_cast<char>(least)));
  }
};

// The bits of a code point in its four bytes, by the upper half of the first.
constexpr std::uint32_t kOne = 0x7F000000, kTwo = 0x1F3F0000, kThree = 0x0F3F3F00, kFour = 0x073F3F3F;
constexpr std::uint32_t kCodePointBits[16] = {kOne, kOne, kOne, kOne, kOne, kOne, kOne,   kOne,
                                              kOne, kOne, kOne, kOne, kTwo, kTwo, kThree, kFour};

WIRECOPY_TARGET inline char32_t code_point_at(const unsigned char* at) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  bytes = __builtin_bswap32(bytes);
  return _pext_u32(bytes, kCodePointBits[bytes >> 28]);
}

// Sixteen places at a time, those of the changes moved together.
WIRECOPY_TARGET inline std::uint32_t write_segments(std::uint64_t changes, std::uint64_t words, std::uint32_t at,
                                                    Segment* to) {
  const __m512i one = _mm512_set1_epi32(1);
  const __m512i step = _mm512_set1_epi32(16 << 2);
  __m512i segments = _mm512_slli_epi32(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), 2);
  segments = _mm512_add_epi32(segments, _mm512_set1_epi32(static_cast<int>(at << 2)));
  std::uint32_t count = 0;
  for (unsigned shift = 0; shift < kBlock; shift += 16) {
    const auto chosen = static_cast<__mmask16>(changes >> shift);
    const auto is_word = static_cast<__mmask16>(words >> shift);
    const __m512i all = _mm512_mask_or_epi32(segments, is_word, segments, one);
    _mm512_storeu_si512(to + count, _mm512_maskz_compress_epi32(chosen, all));
    count += static_cast<std::uint32_t>(_mm_popcnt_u32(chosen));
    segments = _mm512_add_epi32(segments, step);
  }
  return count;
}

}  // namespace

#include "text/block_kernel_body.inc"

}  // namespace wirecopy
#endif
