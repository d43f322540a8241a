// Normalises names and codes of languages.
#pragma once

#include <string_view>

namespace wirecopy {

/// The two-letter code of a language given as a code, a code with region, or an English name: "en" for "en", "EN",
/// "en-US", "en_GB", "eng", "English". A well-formed three-letter code for which no two-letter code is known here, such
/// as "fil", is kept in lower case. Anything else is empty. The view is valid as long as `scratch`.
[[nodiscard]] std::string_view language_code(std::string_view text, char (&scratch)[4]);

}  // namespace wirecopy
