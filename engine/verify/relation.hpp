// From exact scores to a verdict: what is one article to the other?
#pragma once

#include <wirecopy/match.hpp>

namespace wirecopy {

/// Share of a text that must be in the other for it to be part of it.
inline constexpr double kPartContainment = 0.8;

/// The share of the shorter text's editorial part that stands in the other, whichever of the two comes first: of texts
/// of equal length, as neither is the shorter, the greater share. What the threshold is compared with.
[[nodiscard]] double share_of_shorter(const Similarity& similarity);

/// What the first article is to the second, for two that match but are not equal: the whole of it, near; a part of it,
/// excerpt; all of it and more, extended; a rewrite that is neither, near.
[[nodiscard]] Relation relation_of(const Similarity& similarity);

}  // namespace wirecopy
