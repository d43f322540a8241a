// From exact scores to a verdict: do two articles match, and what is one to the other?
#pragma once

#include <optional>
#include <wirecopy/match.hpp>

namespace wirecopy {

/// Share of an article that must be in the other for it to be an excerpt of it.
inline constexpr double kExcerptContainment = 0.8;
/// An excerpt is at most this fraction of the longer text; above it the two are near copies.
inline constexpr double kExcerptLength = 0.8;

/// What the first article is to the second, for two that match but are not equal.
[[nodiscard]] Relation relation_of(const Similarity& similarity);

}  // namespace wirecopy
