// Evaluations as JSON, for machines.
#pragma once

#include <span>
#include <string>

#include "evaluate/labels.hpp"
#include "evaluate/pair_scores.hpp"
#include "evaluate/truth_scores.hpp"

namespace wirecopy::evaluate {

/// One object, ending in a newline:
/// {"pairs": {"copy", "partial", "different"}, "weighted", "unweighted": {"precision", "recall", "f1", "f1_90": [low,
/// high],
///  "f1_without_partial"}, "partial_linked", "clusters": {"of_two_or_more", "articles_in_them", "largest": [sizes]},
///  "unknown_ids", "errors": [{"error": "missed"|"false link", "a", "b", "stratum", "weight"}],
///  "curve": [{"threshold", "precision", "recall", "f1", "unweighted": {"precision", "recall", "f1"}}] if there is one}
[[nodiscard]] std::string format_json(const PairEvaluation& evaluation, std::span<const LabelledPair> pairs,
                                      const NameTable& ids, std::span<const CurveStep> curve = {});

/// One object, ending in a newline: {"articles", "stories", "pairs", "bcubed": {"precision", "recall", "f1"},
/// "adjusted_rand", "clusters", "edits": [...], "mixed_clusters": [...], "torn_stories": [...], "not_in_result",
/// "not_in_truth"}
[[nodiscard]] std::string format_json(const TruthEvaluation& evaluation);

}  // namespace wirecopy::evaluate
