// How much two titles have in common.
#pragma once

#include <span>

#include "corpus/corpus.hpp"

namespace wirecopy {

/// Share of the shorter title's distinct words that are in the other; 0 where one has no title. In scripts without
/// spaces every run of tokens as long as a word counts as one (see text/shingler.hpp): single letters say nothing.
[[nodiscard]] double title_overlap(std::span<const Token> a, std::span<const Token> b);
[[nodiscard]] double title_overlap(const Corpus& corpus, ArticleId a, ArticleId b);

/// The same of the longer title: 1 for titles of the same words, and where neither has a title.
[[nodiscard]] double title_similarity(const Corpus& corpus, ArticleId a, ArticleId b);

}  // namespace wirecopy
