// The scalar kernel: eight bytes at a time in a 64-bit word. The SIMD kernels are tested against it.
#include <array>
#include <bit>
#include <cstring>

#include "text/block_kernel.hpp"
#include "text/utf8.hpp"

#define WIRECOPY_KERNEL read_blocks_scalar
#define WIRECOPY_TARGET

namespace wirecopy {
namespace {

static_assert(std::endian::native == std::endian::little, "the first byte of a word must be its lowest");

constexpr std::uint64_t kEach = 0x0101010101010101ULL;
constexpr std::uint64_t kTop = 0x80 * kEach;

// In these, each byte of the result has its top bit set if the condition holds, and no other bit.
constexpr std::uint64_t ascii_at_least(std::uint64_t bytes, unsigned char bound) {  // for bytes below 0x80
  return (bytes + (0x80U - bound) * kEach) & kTop;
}
constexpr std::uint64_t ascii_between(std::uint64_t bytes, unsigned char low, unsigned char high) {
  return ascii_at_least(bytes, low) & ~ascii_at_least(bytes, static_cast<unsigned char>(high + 1));
}
constexpr std::uint64_t ascii_equal(std::uint64_t bytes, unsigned char wanted) {
  return ascii_between(bytes, wanted, wanted);
}

// The top bits of eight bytes, gathered into eight bits.
constexpr std::uint64_t gather(std::uint64_t tops) { return (tops >> 7) * 0x0102040810204080ULL >> 56; }

struct Block {
  std::array<std::uint64_t, 8> eights;

  static Block load(const unsigned char* from) {
    Block block;
    std::memcpy(block.eights.data(), from, sizeof block.eights);
    return block;
  }
  template <typename Condition>
  [[nodiscard]] std::uint64_t bits(Condition condition) const {
    std::uint64_t all = 0;
    for (unsigned at = 0; at < 8; ++at) all |= gather(condition(eights[at])) << (8 * at);
    return all;
  }
  void store_folded(char* to) const {
    for (unsigned at = 0; at < 8; ++at) {
      const std::uint64_t eight = eights[at];
      const std::uint64_t upper = ascii_between(eight & ~kTop, 'A', 'Z') & ~eight;
      const std::uint64_t lower = eight | upper >> 2;
      std::memcpy(to + 8 * at, &lower, sizeof lower);
    }
  }
  [[nodiscard]] std::uint64_t words() const {
    return bits([](std::uint64_t eight) {
      const std::uint64_t ascii = eight & ~kTop;
      const std::uint64_t word = ascii_between(ascii | 0x20 * kEach, 'a', 'z') | ascii_between(ascii, '0', '9');
      return word & ~eight;
    });
  }
  [[nodiscard]] std::uint64_t apostrophes() const {
    return bits([](std::uint64_t eight) {
      const std::uint64_t ascii = eight & ~kTop;
      return (ascii_equal(ascii, '\'') | ascii_equal(ascii, '`')) & ~eight;
    });
  }
  [[nodiscard]] std::uint64_t non_ascii() const {
    return bits([](std::uint64_t eight) { return eight & kTop; });
  }
  [[nodiscard]] std::uint64_t leads() const {
    return bits([](std::uint64_t eight) { return (~eight | eight << 1) & kTop; });
  }
  [[nodiscard]] std::uint64_t at_least(unsigned char bound) const {
    return bits([bound](std::uint64_t eight) {
      return ascii_at_least(eight & ~kTop, static_cast<unsigned char>(bound - 0x80)) & eight;
    });
  }
};

char32_t code_point_at(const unsigned char* at) { return decode_well_formed(at); }

std::uint32_t write_segments(std::uint64_t changes, std::uint64_t words, std::uint32_t at, Segment* to) {
  std::uint32_t count = 0;
  for (; changes != 0; changes &= changes - 1) {
    const auto position = static_cast<std::uint32_t>(__builtin_ctzll(changes));
    to[count++] = (at + position) << 2 | static_cast<Segment>(words >> position & 1);
  }
  return count;
}

}  // namespace

#include "text/block_kernel_ascii_only.inc"
#include "text/block_kernel_body.inc"

ReadBlocks block_kernel([[maybe_unused]] Kernel kernel) {
#if WIRECOPY_X86
  if (kernel == Kernel::avx512vbmi) return read_blocks_avx512vbmi;
  if (kernel == Kernel::avx512) return read_blocks_avx512;
  if (kernel == Kernel::avx2) return read_blocks_avx2;
#endif
  return read_blocks_scalar;
}

}  // namespace wirecopy
