// A token as stored by the engine: 32 bits, 30 of the hash of its normalised spelling and 2 of its kind.
//
// Why 32 bits are enough: a token never decides anything alone. Shingles are 64-bit hashes of runs of tokens, so two
// different shingles look equal only if every token in which they differ collides (2^-30 for one word). At four bytes
// per token, an article of 400 words takes 1.6 KB, half the size of its JSON line; verification reads only that.
#pragma once

#include <cstdint>

namespace wirecopy {

using Token = std::uint32_t;

/// How much text a token represents. In scripts written without spaces, every code point is a token.
enum class TokenKind : std::uint32_t {
  word = 0,       ///< a run of letters, marks and digits
  ideograph = 1,  ///< one code point of Han, Hiragana, Katakana: about half a word
  syllable = 2,   ///< one code point of Thai, Lao, Khmer, Burmese: about a quarter of a word
  figure = 3,     ///< a word that begins with a digit
};

[[nodiscard]] constexpr Token make_token(std::uint64_t hash, TokenKind kind) {
  return (static_cast<Token>(hash >> 32) & ~Token{3}) | static_cast<Token>(kind);
}
[[nodiscard]] constexpr TokenKind kind_of(Token token) { return static_cast<TokenKind>(token & 3); }
/// Whether a token is a word, or a figure.
[[nodiscard]] constexpr bool is_word(Token token) { return ((token ^ (token >> 1)) & 1) == 0; }

}  // namespace wirecopy
