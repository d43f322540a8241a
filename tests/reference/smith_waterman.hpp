// Local alignments by the full matrix (Smith and Waterman 1981), one after another, best first. O(the product of the
// lengths) an alignment.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "text/shingler.hpp"
#include "verify/text_aligner.hpp"

namespace wirecopy::reference {

/// The quarters of a word of each text that lie in local alignments of at least `min_score` quarters. An equal token
/// scores its weight, a replaced one minus the greater of the two weights, one left out minus its own. No token is used
/// twice.
class SmithWaterman {
 public:
  SmithWaterman(std::span<const Token> a, std::span<const Token> b)
      : a_(a), b_(b), free_a_(a.size(), true), free_b_(b.size(), true) {}

  Alignment align(int min_score) {
    while (take_best(min_score)) {
    }
    return {sum(a_, free_a_), sum(b_, free_b_)};
  }

 private:
  static int weight(Token token) { return static_cast<int>(quarter_words(kind_of(token))); }
  static std::uint32_t sum(std::span<const Token> tokens, const std::vector<bool>& is_free) {
    std::uint32_t quarters = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i)
      quarters += is_free[i] ? 0 : static_cast<std::uint32_t>(weight(tokens[i]));
    return quarters;
  }
  int& at(std::size_t i, std::size_t j) { return scores_[i * (b_.size() + 1) + j]; }
  int paired(std::size_t i, std::size_t j) {
    const Token x = a_[i - 1], y = b_[j - 1];
    return at(i - 1, j - 1) + (x == y ? weight(x) : -std::max(weight(x), weight(y)));
  }

  bool take_best(int min_score) {
    scores_.assign((a_.size() + 1) * (b_.size() + 1), 0);
    int best = 0;
    std::size_t best_i = 0, best_j = 0;
    for (std::size_t i = 1; i <= a_.size(); ++i) {
      for (std::size_t j = 1; j <= b_.size(); ++j) {
        if (!free_a_[i - 1] || !free_b_[j - 1]) continue;
        at(i, j) = std::max({0, paired(i, j), at(i - 1, j) - weight(a_[i - 1]), at(i, j - 1) - weight(b_[j - 1])});
        if (at(i, j) > best) best = at(i, j), best_i = i, best_j = j;
      }
    }
    if (best < min_score) return false;
    take_path(best_i, best_j);
    return true;
  }

  void take_path(std::size_t i, std::size_t j) {
    while (at(i, j) > 0) {
      if (at(i, j) == paired(i, j)) {
        free_a_[--i] = free_b_[--j] = false;
      } else if (at(i, j) == at(i - 1, j) - weight(a_[i - 1])) {
        free_a_[--i] = false;
      } else {
        free_b_[--j] = false;
      }
    }
  }

  std::span<const Token> a_, b_;
  std::vector<bool> free_a_, free_b_;
  std::vector<int> scores_;
};

}  // namespace wirecopy::reference
