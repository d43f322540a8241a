// What desks do to a story before they run it.
#pragma once

#include "generate/plan.hpp"
#include "generate/story.hpp"

namespace wirecopy::generate {

/// Applies the plan's edit to the story's text in place. A copy keeps at least 20 % of the story and at least 60 words,
/// what it adds is at most 70 % of what it keeps: so any two copies share at least about half of the shorter one.
void apply_edit(const ArticlePlan& plan, Draft& draft);

}  // namespace wirecopy::generate
