// Text to tokens: the one reading of an article's text that everything later stands on.
//
//   Tokenizer tokenizer(seed);
//   TokenizerScratch scratch;                       // one a thread
//   std::vector<Token> tokens;
//   tokenizer.tokenize("It's <b>raining</b> in K\u00f6ln", scratch, tokens);    // its raining in k\u00f6ln
//
// What a text's tokens are:
//  1. Markup is taken out where there is some (markup.hpp).
//  2. The rest is normalised by NFKC_Casefold: compatibility forms, ligatures, full-width letters and letter case
//     become one, default-ignorable code points (soft hyphens, zero-width characters, variation selectors) vanish.
//     Ill-formed UTF-8 becomes U+FFFD, which separates, as NUL does. (Two deviations: see code_point_table.hpp.)
//  3. Letters, marks and digits (categories L, M, N) make up tokens, everything else separates:
//      - each letter or number of Han, Hiragana and Katakana is an `ideograph`;
//      - each letter of Thai, Lao, Khmer and Myanmar is a `syllable` (their digits are not: numbers stay whole);
//      - runs of all others, Hangul among them, are a `word`;
//      - a mark belongs to the token that it directly follows, of whatever kind, and begins a word elsewhere;
//      - one apostrophe of any kind (' ` and the signs like them, see code_point_table.cpp) between a word and a letter
//        or digit of a word is left out and does not separate: don't, don\u2019t and dont are one. (Hangul Jamo vowels
//        and finals, U+1160 to U+11FF, are no letters to an apostrophe, as they compose with what is before them.)
// A token is the hash of its spelling under the seed, with its kind.
//
// Cost: linear in the text, whatever it holds. The same tokens on every machine, kernel and thread; another Unicode
// version of utf8proc may change those of text with newly assigned code points.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/kernel.hpp"
#include "text/segmenter.hpp"
#include "text/token.hpp"
#include "text/token_hash.hpp"

namespace wirecopy {

/// Memory that a tokenizer works in. Keep one a thread and pass it in: once it has grown, no text allocates.
struct TokenizerScratch {
  std::string markup;  ///< the text without its markup, if it had some
  SegmenterScratch segmenter;
};

/// A token with what it was made of.
struct TokenSpan {
  Token token;
  std::string spelling;  ///< as normalised, without apostrophes
  ByteRange bytes;       ///< where it stands in the text without its markup (see strip_markup)
};

/// Immutable after construction, so that any number of threads may share one.
class Tokenizer {
 public:
  /// `kernel` must be one of available_kernels(); it changes the speed only.
  explicit Tokenizer(std::uint64_t seed, Kernel kernel = best_kernel());

  /// Appends the tokens of `text` to `tokens`. Throws Error(usage) where it has more than kMaxTextBytes.
  void tokenize(std::string_view text, TokenizerScratch& scratch, std::vector<Token>& tokens) const;

  /// How many tokens that would be. Takes as long, and no memory that grows with the text.
  [[nodiscard]] std::size_t count(std::string_view text, TokenizerScratch& scratch) const;

  /// Appends the same tokens with their spellings and places, for explanations; slower.
  void tokenize_spans(std::string_view text, TokenizerScratch& scratch, std::vector<TokenSpan>& spans) const;

 private:
  TokenHash hash_;
  ReadBlocks kernel_;
};

/// The spellings of a text's tokens, joined by one space: equal for two texts just when their tokens were made of the
/// same spellings.
[[nodiscard]] std::string normalize(std::string_view text);

}  // namespace wirecopy
