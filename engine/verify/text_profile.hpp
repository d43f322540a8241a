// What of an article's text is its own: the editorial part, without the boilerplate of its source.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/kernel.hpp"
#include "boilerplate/model.hpp"
#include "text/token.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

/// What comparisons need to know of a text, found once an article.
struct TextProfile {
  std::uint32_t raw_shingles = 0;        ///< distinct
  std::uint32_t editorial_shingles = 0;  ///< distinct, of those that are no boilerplate
  std::uint32_t editorial_tokens = 0;    ///< tokens that lie in an editorial shingle
  std::uint32_t editorial_quarters = 0;  ///< the same as text: quarters of a word (see text/shingler.hpp)
};

/// Tokens between two covered stretches that are taken for words replaced.
inline constexpr std::uint32_t kBridgedTokens = 2;

/// Boilerplate comes in blocks: this many learnt shingles in a row make one. A phrase that happens to be common in a
/// source, but stands alone, stays editorial.
inline constexpr std::uint32_t kShinglesOfABlock = 3;
/// A template filled with facts is a block as well, facts included: this many learnt shingles, each of which begins at
/// most kBridgedTokens behind the tokens of the one before.
inline constexpr std::uint32_t kShinglesOfATemplate = 6;

/// Appends the ranges of *shingle numbers* (n words each, in order of position) that are boilerplate: the blocks of
/// shingles of `boilerplate`. Rising and apart. O(tokens).
void mark_boilerplate(std::span<const Token> tokens, unsigned words, const IgnoredShingles& boilerplate,
                      std::vector<TokenRange>& ranges, Kernel kernel = best_kernel());

/// The editorial part of a text whose boilerplate is known; the counts of distinct shingles stay 0. O(tokens).
[[nodiscard]] TextProfile measure_editorial(std::span<const Token> tokens, unsigned words,
                                            std::span<const TokenRange> boilerplate);

/// The tokens of runs of shingles, as mark_boilerplate() returns them: from the first token of a run's first shingle to
/// the last token of its last. O(tokens).
[[nodiscard]] std::vector<TokenRange> tokens_of_shingles(std::span<const Token> tokens, unsigned words,
                                                         std::span<const TokenRange> shingles);

}  // namespace wirecopy
