// Parses one line of a feed into an article, or reports why it is not one.
//
//   ArticleParser parser(map);                    // one per thread
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
  /// Views into the line and the parser's memory, valid until the next parse(). `id` is the url if the feed has no id,
  /// and empty if it has neither (the caller then derives one from input and line). `language` is a code in lower case
  /// ("en" for "english", "eng", "en-US"). `source` is the feed's own string, or the host in lower case, without port
  /// and "www.", if the feed gives a URL, or gives no source and the url has a host.
  Article article;
  /// For each role the index of the field that was used; see FieldUsage.
  std::array<std::int8_t, kRoles> used{};
  /// The text ends in "[+1234 chars]": its provider truncated it.
  bool text_cut = false;
};

/// Parses and fully validates lines. It rejects what Python's json.loads rejects, with these differences: an article
/// must be an object; nesting is limited to kMaxDepth; NaN and Infinity are rejected; bytes must be UTF-8. Lone
/// surrogates ("\ud83d", an emoji cut by a scraper) become U+FFFD. Of two equal keys the last one counts.
///
/// A missing, null or empty text gives an article with an empty text. A list of strings, or of objects with a string
/// "text" or "value", is joined by newlines. A text of any other type is rejected (text_type) if no candidate of the
/// role has text. An id may be a number; its digits are kept as written. Other roles of another type count as missing.
/// Dates are parsed by parse_date(), numbers included; the first candidate that is a date is used. A string of more
/// than kMaxTextBytes is rejected (line_too_long).
///
/// Allocates nothing per article once the largest line has been seen. Never throws because of a line, except
/// std::bad_alloc. Not thread-safe. Cheap to reuse, expensive to construct.
class ArticleParser {
 public:
  explicit ArticleParser(const FieldMap& map);
  ~ArticleParser();
  ArticleParser(ArticleParser&&) noexcept;
  ArticleParser& operator=(ArticleParser&&) noexcept;

  /// Parses one line, without its '\n', followed by kBlockPadding readable bytes. The values of those bytes can only
  /// affect the reported reason, and not even that if they begin with '\n', '\r' or NUL. Returns true if article() is
  /// set, false if reason() is set.
  [[nodiscard]] bool parse(std::string_view line);
  [[nodiscard]] const ParsedArticle& article() const;
  [[nodiscard]] RejectReason reason() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wirecopy
