// Names of files as text.
//
// Problem: to the system a name is bytes; in JSON it is text. A name that is not UTF-8 must come through a result and
// back as it was, or what reads the feed again does not find it.
// Idea: every byte that is not part of a code point becomes U+FFFD and two hexadecimal digits: the bytes
// "caf\xe9.jsonl" become "caf<U+FFFD>e9.jsonl". So do the three bytes of a U+FFFD that the name holds itself. All other
// names, which is to say nearly all, stay as they are. Why it is right: in a text made so, digits follow every U+FFFD,
// so that it can be taken back in one way only. Lone surrogates, which some programs use for this, are refused by
// strict readers of JSON.
#pragma once

#include <string>
#include <string_view>

namespace wirecopy {

/// Valid UTF-8, from which the name comes back.
[[nodiscard]] std::string text_of_file_name(std::string_view name);
/// The name that such a text was made of. A U+FFFD without two digits stands for itself.
[[nodiscard]] std::string file_name_of_text(std::string_view text);

}  // namespace wirecopy
