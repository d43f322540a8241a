// The inner loop of shingling word text: the hashes of all its n-grams, with one version for each level of SIMD. Every
// version gives the same hashes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/kernel.hpp"
#include "text/token.hpp"

namespace wirecopy {

/// Writes the shingle hashes of the n-grams that begin at each of the first `count` tokens. There must be count + n - 1
/// tokens; n and count are at least 1.
using HashNgrams = void (*)(const Token* tokens, std::size_t count, unsigned n, std::uint64_t* hashes);

[[nodiscard]] HashNgrams ngram_kernel(Kernel kernel);

}  // namespace wirecopy
