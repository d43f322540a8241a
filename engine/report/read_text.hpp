// Texts of articles for the report, and the differences between two of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "inspect/feed_again.hpp"
#include "pipeline/article_text.hpp"

namespace wirecopy {

/// An article's text without markup, divided into tokens.
struct ReadText {
  static constexpr std::size_t kMaxBytes = 12'000;  ///< longer texts are truncated after a token

  std::string text;
  std::vector<std::uint32_t> begins;  ///< start of each token; the text up to the next start belongs to it
  std::vector<Token> tokens;
  std::vector<char> boilerplate;  ///< by token: whether it is ignored
  std::string url;                ///< http or https; otherwise empty
  std::string language;           ///< two-letter code, or empty
  std::uint32_t words = 0;        ///< number of words of the whole text
  bool is_cut = false;            ///< whether the text was truncated
};

/// Reads articles from their lines. Not thread-safe.
class TextReader {
 public:
  explicit TextReader(const FeedAgain& feed) : feed_(feed), reader_(feed.options(), feed.fields(), best_kernel()) {}
  [[nodiscard]] ReadText read(ArticleId article, const std::string& line);

 private:
  const FeedAgain& feed_;
  ArticleTextReader reader_;
  std::string padded_;
};

/// Operations of an edit script, with their operands. Lengths refer to the first text and are in UTF-16 code units, as
/// used by JavaScript.
enum class Edit : unsigned {
  equal = 0,     ///< length: the same in both texts
  respelt = 1,   ///< length, text: the same words with another spelling or spacing
  cut = 2,       ///< length: only in the first text
  added = 3,     ///< text: only in the second text
  number = 4,    ///< length, text: a number replaced by another
  left_out = 5,  ///< words: number of added words that are not shown
};
/// Added to an Edit if the piece is boilerplate in the first or in the second text.
inline constexpr unsigned kFirstIgnores = 8, kSecondIgnores = 16;

/// Writes a flat array: the code of an operation, its operands, the next code and so on.
void add_edits(JsonWriter& json, const ReadText& first, const ReadText& second);
/// Writes {"x": text, "b": [begin, length, ...] of boilerplate in UTF-16 code units, "w": words, "cut": 1 if
/// truncated}.
void add_text(JsonWriter& json, const ReadText& text);

}  // namespace wirecopy
