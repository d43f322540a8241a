// From exact scores to a verdict: what is one article to the other?
#pragma once

#include <wirecopy/match.hpp>

namespace wirecopy {

/// Share of a text that must be in the other for it to be part of it.
inline constexpr double kPartContainment = 0.8;

/// What the first article is to the second, for two that match but are not equal: the whole of it, near; a part of it,
/// excerpt; all of it and more, extended; a rewrite that is neither, near.
[[nodiscard]] Relation relation_of(const Similarity& similarity);

}  // namespace wirecopy
