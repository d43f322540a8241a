// The editorial part of a text: what is left without the boilerplate of its source.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/kernel.hpp"
#include "boilerplate/model.hpp"
#include "text/token.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

/// What comparisons need to know about a text; computed once per article.
struct TextProfile {
  std::uint32_t raw_shingles = 0;        ///< distinct
  std::uint32_t editorial_shingles = 0;  ///< distinct, without boilerplate
  std::uint32_t editorial_tokens = 0;    ///< tokens that lie in an editorial shingle
  std::uint32_t editorial_quarters = 0;  ///< the same as length: quarters of a word (see text/shingler.hpp)
};

/// A gap of at most this many tokens between two covered stretches counts as replaced words.
inline constexpr std::uint32_t kBridgedTokens = 2;

/// Boilerplate comes in blocks: this many consecutive learned shingles make one. A single phrase that happens to be
/// common in a source stays editorial.
inline constexpr std::uint32_t kShinglesOfABlock = 3;
/// A template filled with facts is a block as well, facts included: this many learned shingles, each of which begins at
/// most kBridgedTokens after the tokens of the one before.
inline constexpr std::uint32_t kShinglesOfATemplate = 6;

/// Appends the ranges of *shingle numbers* (n words each, in order of position) that are boilerplate: the blocks of
/// shingles of `boilerplate`. Ascending and disjoint. O(tokens).
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
