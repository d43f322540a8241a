// One line of a feed -> an article, or the reason why it is none.
//
//   ArticleParser parser(map);                    // one a thread
//   if (parser.parse(line)) use(parser.article());
//   else count(parser.reason());
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <wirecopy/article.hpp>

#include "feed/field_map.hpp"
#include "feed/reject.hpp"

namespace wirecopy {

struct ParsedArticle {
  /// Views into the line and the parser's memory: valid until the next parse(). `id` is the url where the feed has no
  /// id, and empty where it has neither (the caller then makes one of input and line). `language` is a code in lower
  /// case ("en" for "english", "eng", "en-US"), `source` the feed's own string, or a host in lower case without port
  /// and "www." where the feed gives a URL, or none and the url has a host.
  Article article;
  /// For each role the index of the field used, see FieldUsage.
  std::array<std::int8_t, kRoles> used{};
  /// The text ends in "[+1234 chars]": its provider cut it.
  bool text_cut = false;
};

/// Parses and fully validates lines: what Python's json.loads refuses is refused here, with these differences: an
/// article is an object; nesting ends at kMaxDepth; NaN and Infinity are refused; bytes must be UTF-8. Lone surrogates
/// ("\ud83d", an emoji cut by a scraper) become U+FFFD. Of two equal keys the last counts.
///
/// What is accepted: a text that is missing, null or empty gives an article with an empty text; a list of strings, or
/// of objects with a string "text" or "value", is joined by newlines; another type is rejected (text_type) where no
/// candidate of the role has text. An id may be a number (its digits as they stand). Other roles of another type count
/// as missing. Dates are read by parse_date(), numbers too; the first candidate that is a date wins. A string of more
/// than kMaxTextBytes is refused (line_too_long).
///
/// No allocation an article once the largest line has been seen. Never throws for the sake of a line (std::bad_alloc
/// apart). One thread; cheap to reuse, expensive to make.
class ArticleParser {
 public:
  explicit ArticleParser(const FieldMap& map);
  ~ArticleParser();
  ArticleParser(ArticleParser&&) noexcept;
  ArticleParser& operator=(ArticleParser&&) noexcept;

  /// One line, without its '\n', followed by kBlockPadding readable bytes. Their values matter to nothing but the
  /// reason's name, and not to that where a '\n', '\r' or NUL comes first. True: article() is set; false: reason() is.
  [[nodiscard]] bool parse(std::string_view line);
  [[nodiscard]] const ParsedArticle& article() const;
  [[nodiscard]] RejectReason reason() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wirecopy
