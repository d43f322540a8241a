// Evaluations as text tables.
#pragma once

#include <span>
#include <string>

#include "evaluate/labels.hpp"
#include "evaluate/pair_scores.hpp"
#include "evaluate/truth_scores.hpp"

namespace wirecopy {

/// Names from files are sanitized for a terminal.
[[nodiscard]] std::string format_tables(const evaluate::PairEvaluation& evaluation,
                                        std::span<const evaluate::LabelledPair> pairs, const evaluate::NameTable& ids);
[[nodiscard]] std::string format_tables(const evaluate::TruthEvaluation& evaluation);
[[nodiscard]] std::string format_curve(std::span<const evaluate::CurveStep> curve);

}  // namespace wirecopy
