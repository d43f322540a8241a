// Sizes in bytes: literals, what a user may write for `--memory`, and what a report shows.
//
//   const std::uint64_t buffer = 4_MiB;
//   parse_byte_size("1.5G") == 1536_MiB;
//   format_byte_size(1536_MiB) == "1.5 GiB";
//
// All units are powers of 1024, also when written "K" or "KB": memory comes in those.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

consteval std::uint64_t operator""_KiB(unsigned long long count) { return count << 10; }
consteval std::uint64_t operator""_MiB(unsigned long long count) { return count << 20; }
consteval std::uint64_t operator""_GiB(unsigned long long count) { return count << 30; }

/// Reads "4096", "500M", "16MiB", "1.5G", "2 gb": a decimal number and a unit out of B (default), K, M, G, T, each
/// with an optional "B" or "iB", in any case. A fraction of a byte is dropped.
/// Throws Error(usage), naming `text`, for anything else and for sizes of 2^63 bytes and more.
[[nodiscard]] std::uint64_t parse_byte_size(std::string_view text);

/// "812 B", "64.0 KiB", "1.4 GiB": the largest unit in which the number is at least 1, one decimal above bytes.
[[nodiscard]] std::string format_byte_size(std::uint64_t bytes);

}  // namespace wirecopy
