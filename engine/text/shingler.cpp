#include "text/shingler.hpp"

namespace wirecopy {

void shingle(std::span<const Token> tokens, unsigned n, std::vector<std::uint64_t>& out) {
  if (tokens.size() >= n && only_words(tokens)) {
    const std::size_t before = out.size();
    out.resize(before + tokens.size() - n + 1);
    std::uint64_t* to = out.data() + before;
    for_each_ngram(tokens, n, [&to](std::uint64_t hash, std::size_t, std::size_t) { *to++ = hash; });
    return;
  }
  for_each_shingle(tokens, n, [&out](std::uint64_t hash, std::size_t, std::size_t) { out.push_back(hash); });
}

}  // namespace wirecopy
