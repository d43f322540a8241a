// Agencies: the wire services whose copy appears in feeds.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy {

/// An agency, by its position in agencies.tsv. Valid only within one run: a new line in the file may change the
/// numbers, so results contain names.
enum class AgencyId : std::uint8_t { none = 0 };

/// The name as in the file, such as "Reuters"; empty for none and for invalid ids. Thread-safe.
[[nodiscard]] std::string_view name(AgencyId agency);
/// The agency with that name, or none. O(agencies).
[[nodiscard]] AgencyId agency_named(std::string_view name);

}  // namespace wirecopy
