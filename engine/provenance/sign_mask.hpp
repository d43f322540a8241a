// Locates the signs after which a credit may begin, at the start of a line.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy {

/// Bit i, for the first 64 bytes of `text`: byte i is one of ( [ / - , . : or may begin a wide bracket, dash or space
/// (E2 80, E2 88, E3 80, EF BC). A few dozen instructions for any text.
[[nodiscard]] std::uint64_t sign_mask(std::string_view text);

/// The same byte by byte, for processors without SSE2 and for tests.
[[nodiscard]] std::uint64_t sign_mask_scalar(std::string_view text);

}  // namespace wirecopy
