// Sizes in bytes: literals, parsing of what users write, and formatting.
//
//   const std::uint64_t buffer = 4_MiB;
//   parse_byte_size("1.5G") == 1536_MiB;
//   format_byte_size(1536_MiB) == "1.5 GiB";
//
// All units are powers of 1024, even when written "K" or "KB", as is usual for memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

consteval std::uint64_t operator""_KiB(unsigned long long count) { return count << 10; }
consteval std::uint64_t operator""_MiB(unsigned long long count) { return count << 20; }
consteval std::uint64_t operator""_GiB(unsigned long long count) { return count << 30; }

/// Parses "4096", "500M", "16MiB", "1.5G", "2 gb": a decimal number and a unit out of B (default), K, M, G, T, each
/// with an optional "B" or "iB", in upper or lower case. Fractions of a byte are dropped. Throws Error(usage), quoting
/// `text`, for anything else and for sizes of 2^63 bytes or more.
[[nodiscard]] std::uint64_t parse_byte_size(std::string_view text);

/// "812 B", "64.0 KiB", "1.4 GiB": the largest unit in which the number is at least 1, with one decimal except for
/// bytes.
[[nodiscard]] std::string format_byte_size(std::uint64_t bytes);

}  // namespace wirecopy
