// Shingles: hashes of runs of tokens that amount to n words.
//
// In scripts without spaces, every code point is a token, so n tokens carry far less text than n words. Lengths are
// therefore counted in quarters of a word: a word is four, an ideograph two, a syllable one (fixed: they are part of
// the meaning of a shingle hash). A shingle begins at each token and takes tokens until it amounts to n words; those
// that the end of the text cuts short are dropped. A text too short for a single one is one shingle of all its tokens.
// Word text gives plain n-grams, Han text 2n-grams of code points, Thai text 4n-grams.
//
// The hash of tokens t1 ... tk is mix64 of t1 B^(k-1) + ... + tk B^0 + k C modulo 2^64, with odd constants B and C. The
// polynomial is updated from one shingle to the next with two multiplications (Karp and Rabin 1987), and mix64, a
// bijection, distributes all bits uniformly. Tokens are already hashes under a secret, so no seed is needed here. Two
// shingles of the same length that differ in one token never collide, because B is odd; for others no bound is proved,
// and a unit test looks for collisions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.hpp"
#include "base/kernel.hpp"
#include "text/ngram_kernels.hpp"
#include "text/token.hpp"

namespace wirecopy {

inline constexpr unsigned kMinShingleWords = 1;
inline constexpr unsigned kMaxShingleWords = 32;

/// The length of a token of this kind, in quarters of a word.
[[nodiscard]] constexpr unsigned quarter_words(TokenKind kind) {
  return kind == TokenKind::ideograph ? 2 : kind == TokenKind::syllable ? 1 : 4;
}

/// The polynomial of a run of up to 4 * kMaxShingleWords tokens, which is extended at the end and shortened at the
/// front.
class RollingShingle {
 public:
  constexpr void add(Token token) {
    sum_ = sum_ * kBase + token;
    ++count_;
  }
  /// Removes `token`, which must be the first one in the run.
  constexpr void remove_first(Token token) { sum_ -= token * kPowers[--count_]; }
  [[nodiscard]] constexpr std::size_t count() const { return count_; }
  [[nodiscard]] constexpr std::uint64_t hash() const { return finish(sum_, count_); }

  [[nodiscard]] static constexpr std::uint64_t finish(std::uint64_t sum, std::size_t count) {
    return mix64(sum + count * kPerToken);
  }

  static constexpr std::uint64_t kBase = 0x9e6c63d0876a9a47ULL;
  static constexpr std::uint64_t kPerToken = 0xd1342543de82ef95ULL;
  static constexpr auto kPowers = [] {
    std::array<std::uint64_t, 4 * kMaxShingleWords + 1> powers{1};
    for (std::size_t at = 1; at < powers.size(); ++at) powers[at] = powers[at - 1] * kBase;
    return powers;
  }();

 private:
  std::uint64_t sum_ = 0;
  std::size_t count_ = 0;
};

/// Whether all tokens are words, which is nearly always the case except in scripts without spaces.
[[nodiscard]] inline bool only_words(std::span<const Token> tokens) {
  Token differences = 0;  // of the two bits of a kind, see is_word()
  for (const Token token : tokens) differences |= token ^ (token >> 1);
  return (differences & 1) == 0;
}

/// Whether the shingles of these tokens are n-grams: shingle i is tokens i to i + n - 1.
[[nodiscard]] inline bool are_ngrams(std::span<const Token> tokens, unsigned n) {
  return tokens.size() >= n && only_words(tokens);
}

/// for_each_shingle for at least n tokens that are all words. The dependency chain from shingle to shingle is one
/// multiplication and one addition.
template <typename Use>
void for_each_ngram(std::span<const Token> tokens, unsigned n, Use&& use) {
  const std::uint64_t leaving = RollingShingle::kPowers[n];
  std::uint64_t sum = 0;
  for (const Token token : tokens.first(n)) sum = sum * RollingShingle::kBase + token;
  use(RollingShingle::finish(sum, n), std::size_t{0}, std::size_t{n});
  for (std::size_t next = n; next < tokens.size(); ++next) {
    sum = sum * RollingShingle::kBase + (tokens[next] - tokens[next - n] * leaving);
    use(RollingShingle::finish(sum, n), next - n + 1, std::size_t{n});
  }
}

/// Calls `use(hash, first_token, token_count)` for each shingle of n words (1 to 32), in order of position. Linear.
template <typename Use>
void for_each_shingle(std::span<const Token> tokens, unsigned n, Use&& use) {
  if (are_ngrams(tokens, n)) return for_each_ngram(tokens, n, use);
  RollingShingle shingle;
  const unsigned wanted = 4 * n;
  unsigned quarters = 0;
  std::size_t end = 0;
  for (std::size_t first = 0; first < tokens.size(); ++first) {
    for (; quarters < wanted && end < tokens.size(); ++end) {
      shingle.add(tokens[end]);
      quarters += quarter_words(kind_of(tokens[end]));
    }
    if (quarters < wanted && first > 0) return;
    use(shingle.hash(), first, shingle.count());
    if (quarters < wanted) return;
    shingle.remove_first(tokens[first]);
    quarters -= quarter_words(kind_of(tokens[first]));
  }
}

/// Appends the hashes of all shingles of n words (1 to 32) in order of position, neither sorted nor unique. Gives the
/// same hashes as for_each_shingle, but faster if all tokens are words. At most one hash per token. The output is best
/// a LargeArray, which does not initialise its elements.
template <typename Allocator>
void shingle(std::span<const Token> tokens, unsigned n, std::vector<std::uint64_t, Allocator>& out,
             Kernel kernel = best_kernel()) {
  if (are_ngrams(tokens, n)) {
    const std::size_t before = out.size(), count = tokens.size() - n + 1;
    out.resize(before + count);
    ngram_kernel(kernel)(tokens.data(), count, n, out.data() + before);
    return;
  }
  for_each_shingle(tokens, n, [&out](std::uint64_t hash, std::size_t, std::size_t) { out.push_back(hash); });
}

}  // namespace wirecopy
