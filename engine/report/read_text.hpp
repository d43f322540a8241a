// Texts of articles for the report, and one laid against another.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "inspect/feed_again.hpp"
#include "pipeline/article_text.hpp"

namespace wirecopy {

/// An article's text, without markup, cut into its tokens.
struct ReadText {
  static constexpr std::size_t kMostBytes = 12'000;  ///< what is longer is cut behind a token

  std::string text;
  std::vector<std::uint32_t> begins;  ///< of each token with what stands between it and the next
  std::vector<Token> tokens;
  std::vector<char> boilerplate;  ///< by token: ignored
  std::string url;                ///< only http and https
  std::string language;           ///< two letters, or empty
  std::uint32_t words = 0;        ///< of the whole text
  bool is_cut = false;
};

/// Reads articles from their lines; one thread.
class TextReader {
 public:
  explicit TextReader(const FeedAgain& feed) : feed_(feed), reader_(feed.options(), feed.fields(), best_kernel()) {}
  [[nodiscard]] ReadText read(ArticleId article, const std::string& line);

 private:
  const FeedAgain& feed_;
  ArticleTextReader reader_;
  std::string padded_;
};

/// How a piece of an edit script is to be read; lengths are in UTF-16 code units of the first text, which is what
/// scripts of a page count in.
enum class Edit : unsigned {
  equal = 0,     ///< length: the same in both
  respelt = 1,   ///< length, text: the same words, in another spelling or spacing
  cut = 2,       ///< length: only in the first
  added = 3,     ///< text: only in the second
  number = 4,    ///< length, text: one number for another
  left_out = 5,  ///< words: so many of what was added are not shown
};
/// Added to an Edit: the piece is boilerplate in the first text, in the second.
inline constexpr unsigned kFirstIgnores = 8, kSecondIgnores = 16;

/// A flat array: the code of an edit, then what it takes, then the next code.
void add_edits(JsonWriter& json, const ReadText& first, const ReadText& second);
/// {"x": text, "b": [begin, length, ...] of boilerplate in UTF-16 code units, "w": words, "cut": 1 if it is cut}.
void add_text(JsonWriter& json, const ReadText& text);

}  // namespace wirecopy
