// File names as text.
//
// Problem: to the system a file name is bytes; in JSON it is text. A name that is not UTF-8 must survive the round trip
// through a result, or the feed cannot be found again.
// Idea: every byte that is not part of a code point becomes U+FFFD followed by two hexadecimal digits: the bytes
// "caf\xe9.jsonl" become "caf<U+FFFD>e9.jsonl". The three bytes of a U+FFFD in the name itself are escaped in the same
// way. All other names, which are nearly all, stay unchanged.
// Why it is correct: in such a text every U+FFFD is followed by digits, so there is only one way to decode it. Lone
// surrogates, which some programs use for this purpose, are rejected by strict JSON readers.
#pragma once

#include <string>
#include <string_view>

namespace wirecopy {

/// Encodes a file name as valid UTF-8, without loss.
[[nodiscard]] std::string text_of_file_name(std::string_view name);
/// Decodes such a text. A U+FFFD that is not followed by two digits is kept as it is.
[[nodiscard]] std::string file_name_of_text(std::string_view text);

}  // namespace wirecopy
