// Where a run of tokens stands in a text, without placing all tokens of the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/tokenizer.hpp"

namespace wirecopy {

/// Scratch of one thread.
///
/// Tokens can be placed, but slowly; they can be counted fast. Spaces and newlines separate tokens whatever stands
/// around them, so the tokens of a text are those of its pieces, cut there. Pieces are counted from the nearer end of
/// the text until the one in which the run begins; only from there on tokens are placed.
class PassageFinder {
 public:
  explicit PassageFinder(const Tokenizer& tokenizer) : tokenizer_(tokenizer) {}

  /// The bytes of the tokens from number `begin` to the one before `end`, of the `total` tokens of a text in which
  /// may_have_markup() finds nothing (begin < end <= total). A passage longer than `most` bytes may come out shorter,
  /// but no shorter than `most`.
  [[nodiscard]] ByteRange find(std::string_view plain, std::uint32_t total, std::uint32_t begin, std::uint32_t end,
                               std::size_t most);

 private:
  /// A place between two tokens.
  struct Cut {
    std::size_t byte = 0;
    std::uint32_t token = 0;  ///< number of the first token behind it
  };

  [[nodiscard]] Cut cut_before(std::string_view plain, std::uint32_t total, std::uint32_t token);
  [[nodiscard]] std::uint32_t count(std::string_view piece);

  const Tokenizer& tokenizer_;
  TokenizerScratch scratch_;
  std::vector<Token> tokens_;
  std::vector<TokenSpan> spans_;
};

}  // namespace wirecopy
