#include "text/markup.hpp"

#include <gtest/gtest.h>

#include "text/entities.hpp"

namespace wirecopy {
namespace {

std::string stripped(std::string_view text) {
  std::string out;
  strip_markup(text, out);
  return out;
}

TEST(Markup, IsDetectedByItsFirstBytes) {
  EXPECT_FALSE(may_have_markup(""));
  EXPECT_FALSE(may_have_markup("plain > text; 3"));
  EXPECT_TRUE(may_have_markup("a & b"));
  EXPECT_TRUE(may_have_markup("a < b"));
}

TEST(Markup, BlockTagsBecomeASpaceAndInlineTagsNothing) {
  EXPECT_EQ(stripped("<p>one</p><p>two<br/>three</p>"), " one  two three ");
  EXPECT_EQ(stripped("<b>r</b>ises <A HREF=\"x\">he</A>re wo<wbr>rd H<sub>2</sub>O"), "rises here word H2O");
  EXPECT_EQ(stripped("a<unknown-tag>b"), "a b");
  EXPECT_EQ(stripped("<!DOCTYPE html>x"), " x");
}

TEST(Markup, KeepsWhatIsNotATag) {
  for (const std::string_view text :
       {"a < b", "a <3 you", "1<2>0", "AT&T", "R&D; &", "x <", "<>", "< p>", "&;", "a<b"}) {
    EXPECT_EQ(stripped(text), text);
  }
}

TEST(Markup, TagsAreClosedWithin1024Bytes) {
  const auto tag = [](std::size_t inside) { return "<p" + std::string(inside, 'x') + ">"; };
  EXPECT_EQ(stripped(tag(1022)), " ");
  EXPECT_EQ(stripped(tag(1023)), tag(1023));
}

TEST(Markup, CommentsAreRemoved) {
  EXPECT_EQ(stripped("wo<!-- <p> & --- -->rd"), "word");
  EXPECT_EQ(stripped("a<!-- b"), "a<!-- b");
  EXPECT_EQ(stripped("a<!-- b> c"), "a  c");
  EXPECT_EQ(stripped("a<!-- " + std::string(5000, '>') + "-->b"), "ab");
}

TEST(Markup, ScriptAndStyleAreRemovedWithTheirContents) {
  EXPECT_EQ(stripped("a<script type=x>if (1 < 2) { \"<p>\" }</script>b"), "a  b");
  EXPECT_EQ(stripped("a<STYLE>p > b {}</Style >b"), "a  b");
  EXPECT_EQ(stripped("a<script>b"), "a b");
  EXPECT_EQ(stripped("a</script>b"), "a b");
}

TEST(Markup, CharacterDataIsText) { EXPECT_EQ(stripped("<![CDATA[one <b>two</b>]]>"), " one two]]>"); }

TEST(Markup, EntitiesAreDecodedOnce) {
  EXPECT_EQ(stripped("AT&amp;T &lt;b&gt; caf&eacute; &#8217; &#x2019; &#X41;"), "AT&T <b> caf\u00e9 \u2019 \u2019 A");
  EXPECT_EQ(stripped("&amp;lt;"), "&lt;");
  EXPECT_EQ(stripped("&amp;amp;amp;"), "&amp;amp;");
  EXPECT_EQ(stripped("&nope; &AMP; &eacute &#; &#x; &#12a; &#999999999;"),
            "&nope; &AMP; &eacute &#; &#x; &#12a; &#999999999;");
}

TEST(Entities, NumbersThatAreNotCharacters) {
  EXPECT_EQ(decode_entity("&#0;").code_point, U'\uFFFD');
  EXPECT_EQ(decode_entity("&#xD800;").code_point, U'\uFFFD');
  EXPECT_EQ(decode_entity("&#x110000;").code_point, U'\uFFFD');
  EXPECT_EQ(decode_entity("&#146;").code_point, U'\u2019');
  EXPECT_EQ(decode_entity("&#x10FFFF;").code_point, U'\U0010FFFF');
}

TEST(Entities, NamesOfHtml4) {
  EXPECT_EQ(decode_entity("&nbsp;x").size, 6u);
  EXPECT_EQ(decode_entity("&nbsp;").code_point, U'\u00a0');
  EXPECT_EQ(decode_entity("&Eacute;").code_point, U'\u00c9');
  EXPECT_EQ(decode_entity("&thetasym;").code_point, U'\u03d1');
  EXPECT_EQ(decode_entity("&diams;").code_point, U'\u2666');
  EXPECT_EQ(decode_entity("&apos;").code_point, U'\'');
  EXPECT_EQ(decode_entity("&zwnj;").code_point, U'\u200c');
  for (const std::string_view none : {"&", "&;", "&n", "&nbsp", "&thetasymm;", "& nbsp;", "&#", "&#x"}) {
    EXPECT_EQ(decode_entity(none).size, 0u) << none;
  }
}

}  // namespace
}  // namespace wirecopy
