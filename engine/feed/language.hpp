// Names and codes of languages, brought to one form.
#pragma once

#include <string_view>

namespace wirecopy {

/// The two-letter code of a language given as code, code with region or English name: "en" for "en", "EN", "en-US",
/// "en_GB", "eng", "English". A three-letter code without a two-letter one known here, such as "fil", stays as it is,
/// in lower case, where it is a well-formed code; anything else is empty. The view stays valid for `scratch`'s life.
[[nodiscard]] std::string_view language_code(std::string_view text, char (&scratch)[4]);

}  // namespace wirecopy
