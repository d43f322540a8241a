// Templates filled with other facts: weather, markets, results, horoscopes.
#pragma once

#include "generate/story.hpp"

namespace wirecopy::generate {

/// A form of skeleton plan.parts[0], filled from the story's seed. With plan.parts[1] its fixed runs are long (about
/// three quarters of the text, a series that one outlet repeats), without it they are short (about two fifths).
void make_form(const ArticlePlan& plan, Draft& out);

}  // namespace wirecopy::generate
