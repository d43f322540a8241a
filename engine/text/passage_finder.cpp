#include "text/passage_finder.hpp"

#include <algorithm>

namespace wirecopy {
namespace {

constexpr std::size_t kPiece = 192;  // bytes; larger pieces count more in vain, smaller ones need more calls
constexpr std::string_view kSeparators = " \n";

/// The end of the piece that begins at `at`.
std::size_t end_of_piece(std::string_view plain, std::size_t at) {
  if (plain.size() - at <= kPiece) return plain.size();
  return std::min(plain.find_first_of(kSeparators, at + kPiece), plain.size());
}

/// The beginning of the piece that ends at `at`.
std::size_t begin_of_piece(std::string_view plain, std::size_t at) {
  if (at <= kPiece) return 0;
  const std::size_t separator = plain.find_last_of(kSeparators, at - kPiece);
  return separator == std::string_view::npos ? 0 : separator;
}

}  // namespace

ByteRange PassageFinder::find(std::string_view plain, std::uint32_t total, std::uint32_t begin, std::uint32_t end,
                              std::size_t max_bytes) {
  Cut at = cut_before(plain, total, begin);
  ByteRange passage;
  bool has_begun = false;
  while (at.byte < plain.size() && at.token < end) {
    const std::size_t piece_end = end_of_piece(plain, at.byte);
    spans_.clear();
    tokenizer_.tokenize_spans(plain.substr(at.byte, piece_end - at.byte), scratch_, spans_);
    for (std::uint32_t i = 0; i < spans_.size() && at.token + i < end; ++i) {
      if (at.token + i < begin) continue;
      if (!has_begun) passage.begin = static_cast<std::uint32_t>(at.byte + spans_[i].bytes.begin);
      has_begun = true;
      passage.end = static_cast<std::uint32_t>(at.byte + spans_[i].bytes.end);
    }
    if (has_begun && passage.end - passage.begin >= max_bytes) break;
    at = {piece_end, at.token + static_cast<std::uint32_t>(spans_.size())};
  }
  return passage;
}

PassageFinder::Cut PassageFinder::cut_before(std::string_view plain, std::uint32_t total, std::uint32_t token) {
  Cut cut;
  if (token < total / 2) {
    for (;;) {
      const std::size_t end = end_of_piece(plain, cut.byte);
      const std::uint32_t after = cut.token + count(plain.substr(cut.byte, end - cut.byte));
      if (after > token || end == plain.size()) return cut;
      cut = {end, after};
    }
  }
  cut = {plain.size(), total};
  while (cut.token > token && cut.byte > 0) {
    const std::size_t begin = begin_of_piece(plain, cut.byte);
    const std::uint32_t held = count(plain.substr(begin, cut.byte - begin));
    cut = {begin, begin == 0 ? 0 : cut.token - held};
  }
  return cut;
}

std::uint32_t PassageFinder::count(std::string_view piece) {
  tokens_.clear();
  tokenizer_.tokenize(piece, scratch_, tokens_);
  return static_cast<std::uint32_t>(tokens_.size());
}

}  // namespace wirecopy
