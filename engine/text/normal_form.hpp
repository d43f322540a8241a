// The part of Unicode normalisation that needs more than one code point, by utf8proc.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wirecopy {

/// Brings code points to normalisation form C, in place; `spare` is scratch. O(n) for what people write, O(n log n) for
/// endless runs of marks. Allocates only to let the two grow, and for runs of more than 32 marks.
void compose(std::vector<std::int32_t>& code_points, std::vector<std::int32_t>& spare);

/// The version of Unicode that texts are normalised by, such as "14.0.0".
[[nodiscard]] std::string_view unicode_version();

}  // namespace wirecopy
