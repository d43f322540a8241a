// for each of 64 bytes: mask |= (byte in signs or (byte, next) in wide signs) << i
#include "provenance/sign_mask.hpp"

#include <algorithm>
#include <cstring>

#include "base/kernel.hpp"
#if WIRECOPY_X86
#include <emmintrin.h>
#endif

namespace wirecopy {
namespace {

constexpr std::size_t kWidth = 64;

bool is_sign(unsigned char byte, unsigned char next) {
  switch (byte) {
    case '(':
    case '[':
    case '/':
    case '-':
    case ',':
    case '.':
    case ':':
      return true;
    case 0xE2:
      return next == 0x80 || next == 0x88;
    case 0xE3:
      return next == 0x80;
    case 0xEF:
      return next == 0xBC;
    default:
      return false;
  }
}

#if WIRECOPY_X86
// Every x86-64 processor has SSE2, so no run-time dispatch is needed.
std::uint64_t mask_of_16(const char* bytes) {
  const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 1));
  const auto is = [](__m128i block, int byte) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(static_cast<char>(byte))); };
  __m128i found = _mm_or_si128(is(here, '('), is(here, '['));
  found = _mm_or_si128(found, is(here, ':'));
  // , - . / are 2C to 2F
  found = _mm_or_si128(found, is(_mm_and_si128(here, _mm_set1_epi8(static_cast<char>(0xFC))), 0x2C));
  const __m128i after_e2 = _mm_or_si128(is(next, 0x80), is(next, 0x88));
  found = _mm_or_si128(found, _mm_and_si128(is(here, 0xE2), after_e2));
  found = _mm_or_si128(found, _mm_and_si128(is(here, 0xE3), is(next, 0x80)));
  found = _mm_or_si128(found, _mm_and_si128(is(here, 0xEF), is(next, 0xBC)));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(found));
}
#endif

}  // namespace

std::uint64_t sign_mask_scalar(std::string_view text) {
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < std::min(text.size(), kWidth); ++i) {
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    mask |= std::uint64_t{is_sign(static_cast<unsigned char>(text[i]), next)} << i;
  }
  return mask;
}

std::uint64_t sign_mask(std::string_view text) {
#if WIRECOPY_X86
  char copy[kWidth + 1] = {};
  const char* bytes = text.data();
  if (text.size() <= kWidth) {
    std::memcpy(copy, text.data(), text.size());
    bytes = copy;
  }
  return mask_of_16(bytes) | mask_of_16(bytes + 16) << 16 | mask_of_16(bytes + 32) << 32 | mask_of_16(bytes + 48) << 48;
#else
  return sign_mask_scalar(text);
#endif
}

}  // namespace wirecopy
