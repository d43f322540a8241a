// The lexical rules of JSON that simdjson's On-Demand interface leaves to whoever reads a value: is this token a
// number, are the escapes of this string valid, what does the string say.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy {

/// Whether the token is a number as RFC 8259 writes it; of any size, since digits are kept as they stand.
[[nodiscard]] bool is_json_number(std::string_view token);

/// Whether every backslash in the raw content of a string (between its quotes) begins a known escape.
[[nodiscard]] bool escapes_are_valid(std::string_view raw);

/// Writes what the raw content of a string says to `to` (room for raw.size() bytes is enough) and returns the end of
/// it; nullptr where escapes_are_valid() would say no. Surrogates without a partner become U+FFFD, "\u0000" a NUL.
[[nodiscard]] char* unescape(std::string_view raw, char* to);

}  // namespace wirecopy
