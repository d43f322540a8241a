// Agencies: the wire services whose copy feeds carry.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy {

/// An agency of agencies.tsv, by its place in the file. Only for use within one run: a new line in the file may change
/// the numbers, so results name agencies.
enum class AgencyId : std::uint8_t { none = 0 };

/// The name as in the file, such as "Reuters"; empty for none and for what is no agency. Any number of threads.
[[nodiscard]] std::string_view name(AgencyId agency);
/// The agency of that name, or none. O(agencies).
[[nodiscard]] AgencyId agency_named(std::string_view name);

}  // namespace wirecopy
