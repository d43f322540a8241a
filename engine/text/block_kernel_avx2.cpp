#include "text/block_kernel.hpp"

#if WIRECOPY_X86
#include <immintrin.h>

#include "text/utf8.hpp"

#define WIRECOPY_KERNEL read_blocks_avx2
#define WIRECOPY_TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))

namespace wirecopy {
namespace {

WIRECOPY_TARGET inline std::uint64_t bits_of(__m256i low, __m256i high) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
         static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32;
}
// Sets all bits of the bytes in [low, high], which must be ASCII.
WIRECOPY_TARGET inline __m256i between(__m256i bytes, char low, char high) {
  return _mm256_and_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(static_cast<char>(low - 1))),
                          _mm256_cmpgt_epi8(_mm256_set1_epi8(static_cast<char>(high + 1)), bytes));
}
WIRECOPY_TARGET inline __m256i folded(__m256i bytes) {
  const __m256i upper = between(bytes, 'A', 'Z');
  return _mm256_or_si256(bytes, _mm256_and_si256(upper, _mm256_set1_epi8(0x20)));
}
WIRECOPY_TARGET inline __m256i words_of(__m256i bytes) {
  const __m256i letter = between(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), 'a', 'z');
  return _mm256_or_si256(letter, between(bytes, '0', '9'));
}
WIRECOPY_TARGET inline __m256i apostrophes_of(__m256i bytes) {
  return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\'')),
                         _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('`')));
}

struct Block {
  __m256i low;
  __m256i high;

  WIRECOPY_TARGET static Block load(const unsigned char* from) {
    return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)),
            _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 32))};
  }
  WIRECOPY_TARGET void store_folded(char* to) const {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), folded(low));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 32), folded(high));
  }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t words() const { return bits_of(words_of(low), words_of(high)); }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t apostrophes() const {
    return bits_of(apostrophes_of(low), apostrophes_of(high));
  }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t non_ascii() const { return bits_of(low, high); }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t leads() const {  // as signed bytes, continuation bytes are below -64
    const __m256i limit = _mm256_set1_epi8(-65);
    return bits_of(_mm256_cmpgt_epi8(low, limit), _mm256_cmpgt_epi8(high, limit));
  }
  [[nodiscard]] WIRECOPY_TARGET std::uint64_t at_least(unsigned char bound) const {
    const __m256i bounds = _mm256_set1_epi8(static_cast<char>(bound));
    return bits_of(_mm256_cmpeq_epi8(_mm256_max_epu8(low, bounds), low),
                   _mm256_cmpeq_epi8(_mm256_max_epu8(high, bounds), high));
  }
};

// Without pext, which some processors with AVX2 but without AVX-512 implement in microcode.
WIRECOPY_TARGET inline char32_t code_point_at(const unsigned char* at) { return decode_well_formed(at); }

// Eight at a time, so that the number of iterations is nearly always the same.
WIRECOPY_TARGET inline std::uint32_t write_segments(std::uint64_t changes, std::uint64_t words, std::uint32_t at,
                                                    Segment* to) {
  const auto count = static_cast<std::uint32_t>(_mm_popcnt_u64(changes));
  for (std::uint32_t round = 0; round < count; round += 8) {
    for (std::uint32_t one = round; one < round + 8; ++one) {
      const auto position = static_cast<std::uint32_t>(_tzcnt_u64(changes));
      to[one] = (at + position) << 2 | static_cast<Segment>(words >> (position & 63) & 1);
      changes = _blsr_u64(changes);
    }
  }
  return count;
}

}  // namespace

#include "text/block_kernel_ascii_only.inc"
#include "text/block_kernel_body.inc"

}  // namespace wirecopy
#endif
