// The digest that identifies a line when it is read a second time.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy {

/// A hash of the original bytes of a line, including its line ending. Another line has the same digest by chance once
/// in 2^64. It guards against feeds that change, not against forgery: anyone can construct two lines with one digest.
[[nodiscard]] std::uint64_t line_digest(std::string_view original_bytes);

}  // namespace wirecopy
