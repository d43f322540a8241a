// Templates filled with different facts: weather, markets, results, horoscopes.
#pragma once

#include "generate/story.hpp"

namespace wirecopy::generate {

/// Makes a form with the skeleton plan.parts[0], filled from the story's seed. If plan.parts[1] is not 0, its fixed
/// passages are long (about three quarters of the text, as in a series of one outlet), otherwise short (two fifths).
void make_form(const ArticlePlan& plan, Draft& out);

}  // namespace wirecopy::generate
