// Splits text into tokens: the only interpretation of an article's text, which everything later depends on.
//
//   Tokenizer tokenizer(seed);
//   TokenizerScratch scratch;                       // one per thread
//   std::vector<Token> tokens;
//   tokenizer.tokenize("It's <b>raining</b> in K\u00f6ln", scratch, tokens);    // its raining in k\u00f6ln
//
// The tokens of a text are defined as follows:
//  1. Markup is removed (markup.hpp).
//  2. The rest is normalised by NFKC_Casefold: compatibility forms, ligatures, full-width letters and letter case are
//     unified, and default-ignorable code points (soft hyphens, zero-width characters, variation selectors) are
//     removed. Ill-formed UTF-8 becomes U+FFFD, which separates, as NUL does. (For two deviations see
//     code_point_table.hpp.)
//  3. Letters, marks and digits (categories L, M, N) form tokens, everything else separates them:
//      - each letter or number of Han, Hiragana and Katakana is an `ideograph`;
//      - each letter of Thai, Lao, Khmer and Myanmar is a `syllable` (but not their digits, so numbers stay intact);
//      - runs of all others, including Hangul, are a `word`;
//      - a mark belongs to the token that it directly follows, of whatever kind, and otherwise begins a word;
//      - a single apostrophe of any kind (' ` and similar characters, see code_point_table.cpp) between a word and a
//        letter or digit of a word is dropped and does not separate: don't, don\u2019t and dont are the same token.
//        (Hangul Jamo vowels and finals, U+1160 to U+11FF, do not count as letters after an apostrophe, because they
//        compose with what precedes them.)
// A token is the hash of its spelling under the seed, with its kind.
//
// Cost: linear for any text. The tokens are the same on every machine, kernel and thread. Another Unicode version of
// utf8proc may change those of text with newly assigned code points.
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

/// Working memory of a tokenizer, one per thread. Once it has grown, tokenising does not allocate.
struct TokenizerScratch {
  std::string markup;  ///< the text without its markup, if it had some
  SegmenterScratch segmenter;
};

/// A token with its spelling and position.
struct TokenSpan {
  Token token;
  std::string spelling;  ///< as normalised, without apostrophes
  ByteRange bytes;       ///< its position in the text without markup (see strip_markup)
};

/// Immutable after construction, so that any number of threads may share one.
class Tokenizer {
 public:
  /// `kernel` must be one of available_kernels(); it affects only speed.
  explicit Tokenizer(std::uint64_t seed, Kernel kernel = best_kernel());

  /// Appends the tokens of `text` to `tokens`. Throws Error(usage) if it has more than kMaxTextBytes.
  void tokenize(std::string_view text, TokenizerScratch& scratch, std::vector<Token>& tokens) const;

  /// The number of tokens. Takes as long, but no memory that grows with the text.
  [[nodiscard]] std::size_t count(std::string_view text, TokenizerScratch& scratch) const;

  /// Appends the same tokens with their spellings and positions, for explanations. Slower.
  void tokenize_spans(std::string_view text, TokenizerScratch& scratch, std::vector<TokenSpan>& spans) const;

 private:
  TokenHash hash_;
  ReadBlocks kernel_;
};

/// The spellings of a text's tokens, joined by single spaces. Equal for two texts if and only if their tokens have the
/// same spellings.
[[nodiscard]] std::string normalize(std::string_view text);

}  // namespace wirecopy
