// Text of a feed on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace wirecopy {

/// The text with control characters (C0, DEL, C1) made visible as '?', so that a feed cannot steer the terminal.
[[nodiscard]] std::string harmless(std::string_view text);

/// The same for text of several lines: line breaks stay, tabs become a space, "\r\n" becomes "\n".
[[nodiscard]] std::string harmless_lines(std::string_view text);

/// At most `characters` code points, with an ellipsis where something was cut; control characters made harmless.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters);

}  // namespace wirecopy
