// The order in which candidate pairs are compared.
//
// Problem. A comparison costs what the text costs that is streamed past the one that is loaded (verify/text_comparer).
// Pairs come sorted, so that an article is loaded once for all its partners; but of a digest of a million words and
// fifteen thousand notes that it is made of, whichever comes first in the feed would be loaded.
// Idea. Pairs of very unequal articles go after the others, the longer one first, sorted again: now it is the longer
// one that is loaded once for all its partners. After the comparison, restore_order() puts the matches back into order.
#pragma once

#include <algorithm>
#include <span>
#include <utility>

#include "corpus/corpus.hpp"
#include "lsh/candidates.hpp"

namespace wirecopy {

/// Reorders sorted pairs: those whose longer article is to be loaded behind the others, turned round where that is the
/// second one. O(pairs), and sorting those that are turned round.
void load_longer_first(const Corpus& corpus, std::span<CandidatePair> pairs);

/// Turns back what was found of pairs that were turned round, and sorts all by both numbers. They come in the order of
/// load_longer_first(). `Pair`: an ArticleMatch, or what else has a first and a second article and seen_from_second().
template <typename Pair>
void restore_order(std::span<Pair> pairs) {
  const auto is_as_it_was = [](const Pair& pair) { return pair.first < pair.second; };
  const auto turned = std::partition_point(pairs.begin(), pairs.end(), is_as_it_was);
  if (turned == pairs.end()) return;
  for (Pair& pair : std::span(turned, pairs.end())) pair = seen_from_second(pair);
  std::sort(pairs.begin(), pairs.end(),
            [](const Pair& a, const Pair& b) { return std::pair(a.first, a.second) < std::pair(b.first, b.second); });
}

}  // namespace wirecopy
