// Finds the bytes of a run of tokens in a text without locating all tokens of the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/tokenizer.hpp"

namespace wirecopy {

/// Scratch of one thread.
///
/// Locating tokens is slow, but counting them is fast. Spaces and newlines always separate tokens, so the tokens of a
/// text are those of its pieces when it is cut there. Pieces are counted from the nearer end of the text until the one
/// in which the run begins; only from there on are tokens located.
class PassageFinder {
 public:
  explicit PassageFinder(const Tokenizer& tokenizer) : tokenizer_(tokenizer) {}

  /// The bytes of the tokens [begin, end) out of the `total` tokens of a text in which may_have_markup() finds nothing
  /// (begin < end <= total). A passage longer than `max_bytes` may be returned truncated, but not to less than
  /// `max_bytes`.
  [[nodiscard]] ByteRange find(std::string_view plain, std::uint32_t total, std::uint32_t begin, std::uint32_t end,
                               std::size_t max_bytes);

 private:
  /// A position between two tokens.
  struct Cut {
    std::size_t byte = 0;
    std::uint32_t token = 0;  ///< number of the first token after it
  };

  [[nodiscard]] Cut cut_before(std::string_view plain, std::uint32_t total, std::uint32_t token);
  [[nodiscard]] std::uint32_t count(std::string_view piece);

  const Tokenizer& tokenizer_;
  TokenizerScratch scratch_;
  std::vector<Token> tokens_;
  std::vector<TokenSpan> spans_;
};

}  // namespace wirecopy
