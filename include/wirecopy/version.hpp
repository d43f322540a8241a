/// @file
/// The version of the library.
#pragma once

#include <string_view>
#include <wirecopy/export.hpp>

namespace wirecopy {

/// Semantic version of the library at run time, such as "0.1.0". Before 1.0, a minor version may change the interface.
[[nodiscard]] WIRECOPY_API std::string_view version();

}  // namespace wirecopy
