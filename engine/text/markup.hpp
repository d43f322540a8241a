// Removes HTML from text. This is not an HTML parser but a filter for what scrapers leave in.
//
//   std::string plain;
//   strip_markup("<p>AT&amp;T <b>r</b>ises, 3 < 4</p>", plain);    // " AT&T rises, 3 < 4 "
//
//  - A tag is < followed by a letter, / or !, and closed by a > within the next 1,024 bytes. Tags of inline elements
//    (b i em a span ...) are removed, all others become one space. Anything that does not look like a tag is kept:
//    "a < b".
//  - Comments are removed. One that is never closed is not a comment, but may be a tag.
//  - The contents of script and style elements are removed with their tags; without an end tag only the tag is removed.
//  - Character references (entities.hpp) are decoded once: &amp;lt; becomes &lt; and &lt;b&gt; becomes <b>, both of
//    which are text. References without a semicolon or with an unknown name are kept: "AT&T".
#pragma once

#include <string>
#include <string_view>

namespace wirecopy {

/// Whether text contains a < or a &, without which it has no markup. As fast as memchr.
[[nodiscard]] bool may_have_markup(std::string_view text);

/// Appends `text` without its markup to `out`. Linear for any text; the output is not longer than the input.
void strip_markup(std::string_view text, std::string& out);

}  // namespace wirecopy
