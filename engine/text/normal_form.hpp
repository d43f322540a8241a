// The part of Unicode normalisation that involves more than one code point, using utf8proc.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wirecopy {

/// Converts code points to normalisation form C, in place; `spare` is scratch. O(n) for realistic text, O(n log n) for
/// long runs of marks. Allocates only to grow the two vectors, and for runs of more than 32 marks.
void compose(std::vector<std::int32_t>& code_points, std::vector<std::int32_t>& spare);

/// The Unicode version used for normalisation, such as "14.0.0".
[[nodiscard]] std::string_view unicode_version();

}  // namespace wirecopy
