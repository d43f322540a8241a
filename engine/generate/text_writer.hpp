// Writes units as text in a language and in the style of an outlet.
#pragma once

#include <cstdint>

#include "generate/byte_buffer.hpp"
#include "generate/language.hpp"
#include "generate/unit.hpp"

namespace wirecopy::generate {

/// Markup left in texts by an outlet's editor and the scraper.
enum class Markup : std::uint8_t {
  none,
  entities,    ///< quotes, dashes and some spaces as HTML entities
  paragraphs,  ///< <p> around paragraphs
  breaks,      ///< <br /> after paragraphs, quotations in <em>
};

struct WritingStyle {
  Markup markup = Markup::none;
  bool straight_quotes = false;  ///< "..." instead of the language's own quotation marks
};

/// Appends UTF-8 text, with paragraphs separated by a newline.
void append_text(ByteBuffer& out, const Units& units, const Language& language, WritingStyle style);

}  // namespace wirecopy::generate
