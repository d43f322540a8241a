// Compares the removal of markup with the naive twin, on random pieces of markup.
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "reference/text_markup_reference.hpp"
#include "text/markup.hpp"

namespace wirecopy {
namespace {

constexpr std::string_view kPieces[] = {
    "<",       ">",        "&",     "</",         "<!",    "<!--",     "-->",     "--",        "<![CDATA[",
    "]]>",     "<p>",      "</p>",  "<B>",        "</b >", "<script>", "<SCRIPT", "</script>", "</ScRipt",
    "<style>", "</style>", "<br/>", "<a href=x>", "span",  "&amp;",    "&lt;",    "&eacute;",  "&#",
    "&#x",     "8217",     ";",     "&nope;",     "&apos", "lt;",      "word",    " ",         "a < b",
    "AT&T",    "\xc3\xa9", "\xff",  "#",          "x41;",  "/",        "!",       "-",
};

std::string random_markup(RandomStream& random) {
  std::string text;
  for (std::uint32_t left = random.below(30); left > 0; --left) {
    if (random.below(64) == 0) text += std::string(random.below(1200), 'x');
    text += kPieces[random.below(std::size(kPieces))];
  }
  return text;
}

TEST(MarkupAgainstTwin, RandomPieces) {
  RandomStream random(11);
  for (int turn = 0; turn < 100'000; ++turn) {
    const std::string text = random_markup(random);
    std::string stripped;
    strip_markup(text, stripped);
    ASSERT_EQ(stripped, reference::strip_markup(text)) << text;
  }
}

}  // namespace
}  // namespace wirecopy
