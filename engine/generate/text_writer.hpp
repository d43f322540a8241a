// Units spelt out in a language, the way an outlet writes.
#pragma once

#include <cstdint>

#include "generate/byte_buffer.hpp"
#include "generate/language.hpp"
#include "generate/unit.hpp"

namespace wirecopy::generate {

/// How an outlet's pages came out of its editor and the scraper.
enum class Markup : std::uint8_t {
  none,
  entities,    ///< quotes, dashes and some spaces as HTML entities
  paragraphs,  ///< <p> around paragraphs
  breaks,      ///< <br /> after paragraphs, quotations in <em>
};

struct WritingStyle {
  Markup markup = Markup::none;
  bool straight_quotes = false;  ///< "..." in place of the language's own quotation marks
};

/// Appends UTF-8 text; paragraphs are parted by a newline.
void append_text(ByteBuffer& out, const Units& units, const Language& language, WritingStyle style);

}  // namespace wirecopy::generate
