// N-gram hashes.
//
//   scalar:  sum <- sum * B + (incoming token - outgoing token * B^n); hash = mix64(sum + n C)
//   SIMD:    no rolling sum. Eight n-grams in parallel, each computed from its own tokens by Horner's rule: n - 1
//            multiplications of eight words at once, which for n = 3 is less than the one multiplication per shingle
//            that the scalar version waits for.
//
// Measured (Zen 4, bench_text_shingle, n = 3, one core): 0.50 G tokens/s scalar, 1.7 with AVX-512; n = 9: 0.49 and
// 0.86. AVX2 has no multiplication of 64-bit words, and emulating it with three 32-bit multiplications gains nothing,
// so that level uses the scalar version.
#include "text/ngram_kernels.hpp"

#include <span>

#include "text/shingler.hpp"

#if WIRECOPY_X86
#include <immintrin.h>
#endif

namespace wirecopy {
namespace {

void hash_ngrams_scalar(const Token* tokens, std::size_t count, unsigned n, std::uint64_t* hashes) {
  for_each_ngram(std::span(tokens, count + n - 1), n,
                 [&hashes](std::uint64_t hash, std::size_t, std::size_t) { *hashes++ = hash; });
}

#if WIRECOPY_X86

constexpr unsigned kMaxHornerLength = 16;

WIRECOPY_TARGET_AVX512 inline __m512i splat(std::uint64_t word) {
  return _mm512_set1_epi64(static_cast<long long>(word));
}

template <unsigned shift>
WIRECOPY_TARGET_AVX512 inline __m512i with_high_bits(__m512i x) {
  return _mm512_xor_si512(x, _mm512_maskz_srli_epi64(0xFF, x, shift));
}

WIRECOPY_TARGET_AVX512 inline __m512i mix64_of(__m512i x) {
  x = _mm512_mullo_epi64(with_high_bits<30>(x), splat(0xbf58476d1ce4e5b9ULL));
  x = _mm512_mullo_epi64(with_high_bits<27>(x), splat(0x94d049bb133111ebULL));
  return with_high_bits<31>(x);
}

WIRECOPY_TARGET_AVX512 inline __m512i load_tokens(const Token* tokens, __mmask8 wanted) {
  return _mm512_maskz_cvtepu32_epi64(wanted, _mm256_maskz_loadu_epi32(wanted, tokens));
}

WIRECOPY_TARGET_AVX512 void hash_ngrams_avx512(const Token* tokens, std::size_t count, unsigned n,
                                               std::uint64_t* hashes) {
  if (n > kMaxHornerLength) return hash_ngrams_scalar(tokens, count, n, hashes);
  const __m512i base = splat(RollingShingle::kBase), length = splat(n * RollingShingle::kPerToken);
  for (std::size_t at = 0; at < count; at += 8) {
    const auto wanted = static_cast<__mmask8>(count - at >= 8 ? 0xFF : 0xFF >> (8 - (count - at)));
    __m512i sum = load_tokens(tokens + at, wanted);
    for (unsigned next = 1; next < n; ++next) {
      sum = _mm512_add_epi64(_mm512_mullo_epi64(sum, base), load_tokens(tokens + at + next, wanted));
    }
    _mm512_mask_storeu_epi64(hashes + at, wanted, mix64_of(_mm512_add_epi64(sum, length)));
  }
}

#endif

}  // namespace

HashNgrams ngram_kernel([[maybe_unused]] Kernel kernel) {
#if WIRECOPY_X86
  if (kernel >= Kernel::avx512) return hash_ngrams_avx512;
#endif
  return hash_ngrams_scalar;
}

}  // namespace wirecopy
