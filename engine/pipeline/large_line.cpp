#include "pipeline/large_line.hpp"

#include <fmt/format.h>

#include "base/memory_size.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kIndexOfAMark = 4;
constexpr std::uint64_t kPieceOfAValue = 96;   // one of 32 bytes, in an array that has doubled
constexpr std::uint64_t kSketchOfAToken = 20;  // token, shingle, and a sample of those in an array that has doubled

// A word is folded as a whole, in a buffer that doubles, and a text may be one word: "\ufdfa" becomes 33 bytes, and the
// square "\u3316" becomes 18.
constexpr std::uint64_t kFoldingOfALigature = 110, kFoldingOfASquare = 60;

}  // namespace

std::uint64_t folding_bytes(std::string_view text) {
  std::uint64_t bytes = 2 * text.size();
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const auto lead = static_cast<unsigned char>(text[at]), next = static_cast<unsigned char>(text[at + 1]);
    if (lead == 0xef && next == 0xb7) bytes += kFoldingOfALigature;                // U+FDC0 to U+FDFF
    if (lead == 0xe3 && next >= 0x88 && next <= 0x8f) bytes += kFoldingOfASquare;  // U+3200 to U+33FF
  }
  return bytes;
}

std::uint64_t parsing_bytes(std::string_view line) {
  std::uint64_t marks = 0, values = 1;
  bool in_string = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '"') {
      in_string = !in_string;
      ++marks;
    } else if (in_string) {
      at += c == '\\';
    } else {
      values += c == ',';
      marks += c == ',' || c == ':' || c == '[' || c == ']' || c == '{' || c == '}';
    }
  }
  return 2 * line.size() + kIndexOfAMark * marks + kPieceOfAValue * values;
}

void LargeLine::require_parsing() const { require(line_.size() + parsing_bytes(line_)); }

void LargeLine::require_sketching(const Article& article, const Sketcher& sketcher, SketchScratch& scratch,
                                  SketchBlock& block) const {
  require(line_.size() + folding_bytes(article.text));  // before it is counted, which folds it
  const std::size_t tokens = sketcher.count_tokens(article, scratch);
  require(line_.size() + 2 * article.text.size() + kSketchOfAToken * tokens);
  block.tokens.reserve(block.tokens.size() + tokens);
}

void LargeLine::require(std::uint64_t bytes) const {
  plan_.require_for_text(bytes, fmt::format("{}: a line of {} needs", place_, format_byte_size(line_.size())));
}

}  // namespace wirecopy
