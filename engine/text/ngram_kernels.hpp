// The inside of shingling word text: hashes of all its n-grams, one version for each level of SIMD; every version gives
// the same hashes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/kernel.hpp"
#include "text/token.hpp"

namespace wirecopy {

/// Writes the shingle hashes of the n-grams that begin at each of the first `count` tokens; count + n - 1 tokens are
/// there, n and count are at least 1.
using HashNgrams = void (*)(const Token* tokens, std::size_t count, unsigned n, std::uint64_t* hashes);

[[nodiscard]] HashNgrams ngram_kernel(Kernel kernel);

}  // namespace wirecopy
