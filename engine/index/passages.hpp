// The text of an article where it has some of its tokens.
#pragma once

#include <span>
#include <string>
#include <vector>
#include <wirecopy/article.hpp>
#include <wirecopy/options.hpp>

#include "verify/token_ranges.hpp"

namespace wirecopy {

/// Each range of the tokens that are compared as plain text, without markup. O(text).
[[nodiscard]] std::vector<std::string> cut_passages(const Article& article, std::span<const TokenRange> tokens,
                                                    const Options& options);

}  // namespace wirecopy
