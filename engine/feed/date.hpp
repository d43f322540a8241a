// Parses and formats the dates of feeds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wirecopy {

/// Whether seconds since 1970-01-01 UTC count as a date: years 1900 to 2200. Other values are errors of a feed, such as
/// a missing date written as 0001-01-01, and are treated as missing wherever they come from.
[[nodiscard]] bool is_date(std::int64_t seconds);

/// Parses a date in one of these forms to seconds since 1970-01-01 UTC. Years 1900 to 2200. No time means midnight, no
/// zone means UTC; fractions of a second are dropped; a leap second counts as the next second.
///   2019-11-18, 20191118, 2019-11-18T10:15, 2019-11-18 10:15:29.123+03:00, 20191118T101529Z, 2019-11-18 10:15:29 UTC
///   Mon, 18 Nov 2019 10:15:29 +0300, 18 Nov 2019 10:15 EST (RFC 2822 and its old zones)
///   November 18, 2019, 18 November 2019, Nov 18, 2019 10:15 AM
///   1574072129, 1574072129.5, 1574072129000 (time since 1970 with 9 to 19 digits: seconds; milliseconds from 10^11,
///   microseconds from 10^14, nanoseconds from 10^17)
[[nodiscard]] std::optional<std::int64_t> parse_date(std::string_view text);

/// "2019-11-18T10:15:29Z". Years outside 0 to 9999 are written with as many digits as they need.
[[nodiscard]] std::string format_date(std::int64_t seconds);

}  // namespace wirecopy
