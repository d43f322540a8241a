// Formats evaluations as JSON.
#pragma once

#include <span>
#include <string>

#include "evaluate/labels.hpp"
#include "evaluate/pair_scores.hpp"
#include "evaluate/truth_scores.hpp"

namespace wirecopy::evaluate {

/// Returns one object that ends with a newline:
/// {"pairs": {"copy", "partial", "different"}, "weighted", "unweighted": {"precision", "recall", "f1", "f1_90": [low,
/// high],
///  "f1_without_partial"}, "partial_linked", "clusters": {"of_two_or_more", "articles_in_them", "largest": [sizes]},
///  "unknown_ids", "errors": [{"error": "missed"|"false link", "a", "b", "stratum", "weight"}],
///  "curve": [{"threshold", "precision", "recall", "f1", "unweighted": {"precision", "recall", "f1"}}] unless it is
///  empty}
[[nodiscard]] std::string format_json(const PairEvaluation& evaluation, std::span<const LabelledPair> pairs,
                                      const NameTable& ids, std::span<const CurveStep> curve = {});

/// Returns one object that ends with a newline: {"articles", "stories", "pairs", "bcubed": {"precision", "recall",
/// "f1"}, "adjusted_rand", "clusters", "edits": [...], "mixed_clusters": [...], "torn_stories": [...], "not_in_result",
/// "not_in_truth"}
[[nodiscard]] std::string format_json(const TruthEvaluation& evaluation);

}  // namespace wirecopy::evaluate
