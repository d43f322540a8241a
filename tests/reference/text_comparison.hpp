// Shingles, boilerplate and comparison of texts by sets of token runs and obvious loops.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "text/shingler.hpp"
#include "verify/text_comparer.hpp"

namespace wirecopy::reference {

using Run = std::vector<Token>;

struct PlacedRun {
  Run tokens;
  std::size_t begin;
};

/// Every shingle of n words, by position: as many tokens as hold n words, or the whole of a text that is too short.
inline std::vector<PlacedRun> shingles(std::span<const Token> tokens, unsigned words) {
  std::vector<PlacedRun> all;
  for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
    Run run;
    unsigned quarters = 0;
    for (std::size_t at = begin; at < tokens.size() && quarters < 4 * words; ++at) {
      run.push_back(tokens[at]);
      quarters += quarter_words(kind_of(tokens[at]));
    }
    if (quarters < 4 * words && begin > 0) break;
    all.push_back({run, begin});
    if (quarters < 4 * words) break;
  }
  return all;
}

inline bool is_editorial(std::span<const TokenRange> boilerplate, std::size_t position) {
  for (const TokenRange& range : boilerplate) {
    if (position >= range.begin && position < range.end) return false;
  }
  return true;
}

inline std::set<Run> editorial(const ComparedText& text, unsigned words) {
  std::set<Run> runs;
  const std::vector<PlacedRun> all = shingles(text.tokens, words);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (is_editorial(text.boilerplate, i)) runs.insert(all[i].tokens);
  }
  return runs;
}

template <typename T>
std::set<T> intersection(const std::set<T>& a, const std::set<T>& b) {
  std::set<T> both;
  for (const T& each : a) {
    if (b.count(each) != 0) both.insert(each);
  }
  return both;
}

/// Which tokens lie in editorial shingles of `wanted`; gaps of up to `bridged` tokens between them count.
inline std::vector<bool> covered(const ComparedText& text, unsigned words, const std::set<Run>& wanted,
                                 std::size_t bridged) {
  std::vector<bool> covered(text.tokens.size(), false);
  const std::vector<PlacedRun> all = shingles(text.tokens, words);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_editorial(text.boilerplate, i) || wanted.count(all[i].tokens) == 0) continue;
    for (std::size_t at = 0; at < all[i].tokens.size(); ++at) covered[all[i].begin + at] = true;
  }
  const std::vector<bool> before = covered;
  for (std::size_t left = 0; left < before.size(); ++left) {
    for (std::size_t right = left + 1; right < before.size() && right <= left + bridged + 1; ++right) {
      if (!before[left] || !before[right]) continue;
      for (std::size_t at = left; at < right; ++at) covered[at] = true;
    }
  }
  return covered;
}

inline std::uint32_t count(const std::vector<bool>& flags) {
  std::uint32_t count = 0;
  for (const bool flag : flags) count += flag;
  return count;
}

inline Overlap compare(const ComparedText& a, const ComparedText& b, unsigned words) {
  std::set<Run> raw_a, raw_b;
  for (const PlacedRun& run : shingles(a.tokens, words)) raw_a.insert(run.tokens);
  for (const PlacedRun& run : shingles(b.tokens, words)) raw_b.insert(run.tokens);
  const std::set<Run> shared = intersection(editorial(a, words), editorial(b, words));
  Overlap overlap;
  overlap.raw_shared = static_cast<std::uint32_t>(intersection(raw_a, raw_b).size());
  overlap.editorial_shared = static_cast<std::uint32_t>(shared.size());
  overlap.covered_first = count(covered(a, words, shared, kBridgedTokens));
  overlap.covered_second = count(covered(b, words, shared, kBridgedTokens));
  return overlap;
}

/// The shingle numbers that are boilerplate, by trying every stretch of shingles.
inline std::vector<bool> boilerplate(std::span<const Token> tokens, unsigned words, const std::set<Run>& learned) {
  const std::vector<PlacedRun> all = shingles(tokens, words);
  std::vector<bool> marked(all.size(), false);
  const auto is_learned = [&](std::size_t i) { return learned.count(all[i].tokens) != 0; };
  for (std::size_t begin = 0; begin < all.size(); ++begin) {
    std::size_t last = begin, found = 0;
    bool any_gap = false;
    for (std::size_t end = begin; end < all.size(); ++end) {
      if (!is_learned(begin) || !is_learned(end)) continue;
      if (found > 0 && all[end].begin > all[last].begin + all[last].tokens.size() + kBridgedTokens) break;
      any_gap = any_gap || (found > 0 && end != last + 1);
      last = end;
      ++found;
      if (found < (any_gap ? kShinglesOfATemplate : kShinglesOfABlock)) continue;
      for (std::size_t i = begin; i <= end; ++i) marked[i] = true;
    }
  }
  return marked;
}

}  // namespace wirecopy::reference
