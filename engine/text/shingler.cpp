#include "text/shingler.hpp"

#include "text/ngram_kernels.hpp"

namespace wirecopy {

void shingle(std::span<const Token> tokens, unsigned n, std::vector<std::uint64_t>& out, Kernel kernel) {
  if (are_ngrams(tokens, n)) {
    const std::size_t before = out.size(), count = tokens.size() - n + 1;
    out.resize(before + count);
    ngram_kernel(kernel)(tokens.data(), count, n, out.data() + before);
    return;
  }
  for_each_shingle(tokens, n, [&out](std::uint64_t hash, std::size_t, std::size_t) { out.push_back(hash); });
}

}  // namespace wirecopy
