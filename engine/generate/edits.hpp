// The edits that desks make to a story before they publish it.
#pragma once

#include "generate/plan.hpp"
#include "generate/story.hpp"

namespace wirecopy::generate {

/// Applies the plan's edit to the story's text in place. A copy keeps at least 20 % of the story and at least 60 words,
/// and adds at most 70 % of what it keeps. Any two copies therefore share about half of the shorter text or more.
void apply_edit(const ArticlePlan& plan, Draft& draft);

}  // namespace wirecopy::generate
