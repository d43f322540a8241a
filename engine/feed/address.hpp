// The host of a URL.
#pragma once

#include <string_view>

namespace wirecopy {

/// Whether a string is a URL with a host: "https://example.org/a", "//example.org".
[[nodiscard]] bool is_url(std::string_view text);

/// The host of a URL in lower case (ASCII), without user, port and a leading "www."; empty if there is none. It is
/// written to `to`, which must have room for url.size() bytes.
[[nodiscard]] std::string_view host_of(std::string_view url, char* to);

}  // namespace wirecopy
