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

/// One line in exactly `columns` columns of a terminal: cut with an ellipsis, or filled with spaces. Wide characters
/// count as two columns, marks as none. Controls become spaces, and so do characters that turn the direction of text,
/// so that the line stays as wide as it is counted.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t columns);

/// The same, not filled.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t columns);

}  // namespace wirecopy
