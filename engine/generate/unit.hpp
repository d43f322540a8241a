// The generator's representation of text: a sequence of units, one per word, independent of the language.
//
// Edits (cut, reword, extend) work on units. Only the last step, text_writer, knows words, scripts and punctuation.
#pragma once

#include <cstdint>
#include <vector>

namespace wirecopy::generate {

/// Meaning of a unit's value.
enum class UnitKind : std::uint8_t {
  word,     ///< rank in the vocabulary, 0 = most frequent
  name,     ///< number of a proper name
  credit,   ///< number of a proper name, written in parentheses
  number,   ///< written in digits
  decimal,  ///< tenths, written with one decimal
  percent,  ///< written in digits with a percent sign
  symbol,   ///< one of Symbol
};

/// Signs in the position of words.
enum class Symbol : std::uint16_t { dash, update, bullet, copyright };

/// Punctuation around a unit; bits of Unit::marks.
enum Mark : std::uint8_t {
  kCapital = 1,
  kOpenQuote = 2,
  kCloseQuote = 4,
  kComma = 8,
  kStop = 16,
  kQuestion = 32,
  kColon = 64,
  kParagraph = 128,  ///< the paragraph ends after this unit
};

struct Unit {
  std::uint16_t value = 0;
  UnitKind kind = UnitKind::word;
  std::uint8_t marks = 0;

  friend bool operator==(const Unit&, const Unit&) = default;
};

using Units = std::vector<Unit>;

[[nodiscard]] constexpr bool ends_sentence(Unit unit) { return (unit.marks & (kStop | kQuestion | kParagraph)) != 0; }
[[nodiscard]] constexpr bool ends_paragraph(Unit unit) { return (unit.marks & kParagraph) != 0; }

}  // namespace wirecopy::generate
