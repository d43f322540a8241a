#include "verify/shingle_list.hpp"

#include <algorithm>

namespace wirecopy {

static_assert(4 * kMaxShingleWords <= UINT8_MAX, "a length must fit into a byte");

void ShingleList::assign(std::span<const Token> tokens, unsigned words, Kernel kernel) {
  hashes_.clear();
  lengths_.clear();
  if (are_ngrams(tokens, words)) {
    longest_ = words;
    return shingle(tokens, words, hashes_, kernel);
  }
  longest_ = 0;
  for_each_shingle(tokens, words, [this](std::uint64_t hash, std::size_t, std::size_t count) {
    hashes_.push_back(hash);
    lengths_.push_back(static_cast<std::uint8_t>(count));
    longest_ = std::max(longest_, static_cast<std::uint32_t>(count));
  });
}

}  // namespace wirecopy
