// Takes HTML out of text that has some. Not a parser of HTML: a filter for what scrapers leave in.
//
//   std::string plain;
//   strip_markup("<p>AT&amp;T <b>r</b>ises, 3 < 4</p>", plain);    // " AT&T rises, 3 < 4 "
//
//  - A tag is < followed by a letter, / or !, and closed by a > among the 1,024 bytes after it. Tags of inline elements
//    (b i em a span ...) leave nothing, all others one space. What does not look like a tag stays: "a < b".
//  - Comments leave nothing. One that is never closed is no comment, and may be a tag.
//  - The contents of script and style elements go with their tags; without an end tag only the tag goes.
//  - Character references (entities.hpp) are decoded, once: &amp;lt; becomes &lt; and &lt;b&gt; becomes <b>, both of
//    them text. References without a semicolon and of unknown name stay: "AT&T".
#pragma once

#include <string>
#include <string_view>

namespace wirecopy {

/// Whether text holds a < or a &, without which it has no markup. At the speed of memchr.
[[nodiscard]] bool may_have_markup(std::string_view text);

/// Appends `text` without its markup to `out`. Linear in the text, whatever it holds; the output is no longer.
void strip_markup(std::string_view text, std::string& out);

}  // namespace wirecopy
