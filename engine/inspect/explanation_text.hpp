// An explanation for a person to read.
#pragma once

#include <string>

#include "inspect/explain.hpp"

namespace wirecopy {

/// How pieces of text are marked.
enum class Marking {
  colour,  ///< escape sequences of terminals
  signs,   ///< [-only in the first-], {+only in the second+}, (boilerplate)
};

/// The explanation, ending in a newline. Control characters of the feed are made harmless, line breaks stay.
[[nodiscard]] std::string format_explanation(const Explanation& explanation, Marking marking);

}  // namespace wirecopy
