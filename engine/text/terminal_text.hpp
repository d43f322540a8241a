// Text on a terminal: whatever comes from a feed, a file, a file name or the command line goes through here before it
// is shown to a person, so that it cannot steer the terminal. Which characters would is decided in text/columns alone.
// Data for programs (JSON, lines of a feed) does not.
#pragma once

#include <string>
#include <string_view>

namespace wirecopy {

/// The text with '?' for each steering character (see is_display_control) and for each ill-formed sequence of UTF-8,
/// which a terminal of another encoding might obey.
[[nodiscard]] std::string harmless(std::string_view text);

/// The same for text of several lines: line breaks stay, tabs become a space, "\r\n" becomes "\n".
[[nodiscard]] std::string harmless_lines(std::string_view text);

/// At most `characters` code points, with an ellipsis where something was cut; made harmless.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters);

/// One line in exactly `columns` columns of a terminal: cut with an ellipsis, or filled with spaces. Wide characters
/// count as two columns, marks as none. Steering characters become spaces, so that the line stays as wide as it is
/// counted.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t columns);

/// The same, not filled.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t columns);

}  // namespace wirecopy
