// The lexical rules of JSON that simdjson's On-Demand interface leaves to the caller: whether a token is a number,
// whether the escapes of a string are valid, and what the string contains.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy {

/// Whether the token is a number according to RFC 8259, of any size: digits are kept as written.
[[nodiscard]] bool is_json_number(std::string_view token);

/// Whether every backslash in the raw content of a string (between its quotes) begins a known escape.
[[nodiscard]] bool escapes_are_valid(std::string_view raw);

/// Writes the unescaped content of a string to `to` (room for raw.size() bytes is enough) and returns its end; nullptr
/// if escapes_are_valid() would return false. Lone surrogates become U+FFFD, "\u0000" a NUL.
[[nodiscard]] char* unescape(std::string_view raw, char* to);

}  // namespace wirecopy
