// What a line is known by when it is read a second time.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy {

/// A hash of the original bytes of a line, its ending included. Another line has the same one by chance once in 2^64.
/// Nobody is kept from computing two lines with one digest: it guards against feeds that change, not against forgers.
[[nodiscard]] std::uint64_t line_digest(std::string_view original_bytes);

}  // namespace wirecopy
