#include "postings/posting_filter.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "postings/posting_table.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kBitsAPosting = 10;
constexpr unsigned kProbes = 6;

static_assert(kPostingHashBits == 40, "blocks go by the upper 32 of 40 bits");

}  // namespace

PostingFilter::PostingFilter(std::uint64_t postings)
    : blocks_(postings * kBitsAPosting / (64 * kWordsOfABlock) + 1),
      parts_((blocks_ + kBlocksOfAPart - 1) / kBlocksOfAPart) {}

void PostingFilter::add(std::span<std::uint64_t> part, std::uint64_t hash) const {
  const auto words = part.subspan(block_of(hash) % kBlocksOfAPart * kWordsOfABlock, kWordsOfABlock);
  std::uint64_t bits = mix64(hash);
  for (unsigned probe = 0; probe < kProbes; ++probe, bits >>= 9) {
    words[bits >> 6 & 7] |= std::uint64_t{1} << (bits & 63);
  }
}

bool PostingFilter::holds(std::span<const std::uint64_t> part, std::uint64_t block, std::uint64_t hash) {
  const auto words = part.subspan(block % kBlocksOfAPart * kWordsOfABlock, kWordsOfABlock);
  std::uint64_t bits = mix64(hash);
  for (unsigned probe = 0; probe < kProbes; ++probe, bits >>= 9) {
    if ((words[bits >> 6 & 7] >> (bits & 63) & 1) == 0) return false;
  }
  return true;
}

std::size_t PostingFilter::words_of(std::size_t part) const {
  return std::min<std::size_t>(kBlocksOfAPart, blocks_ - part * kBlocksOfAPart) * kWordsOfABlock;
}

std::size_t PostingFilter::memory_bytes() const {
  std::size_t words = 0;
  for (const Part& part : parts_) words += part.size();
  return words * sizeof(std::uint64_t);
}

}  // namespace wirecopy
