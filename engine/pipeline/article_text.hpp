// An article read again from its line: its text, and the positions of its tokens in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/options.hpp>

#include "base/kernel.hpp"
#include "feed/article_parser.hpp"
#include "feed/field_map.hpp"
#include "text/passage_finder.hpp"
#include "text/tokenizer.hpp"
#include "verify/text_profile.hpp"

namespace wirecopy {

/// Reads articles one after the other. Their text is the one that is compared: that of the article, after its title
/// and a newline where titles count (Options::title), without markup. Scratch of one thread.
class ArticleTextReader {
 public:
  ArticleTextReader(const Options& options, const FieldMap& fields, Kernel kernel)
      : with_title_(options.title), parser_(fields), tokenizer_(options.seed, kernel), finder_(tokenizer_) {}
  ArticleTextReader(const ArticleTextReader&) = delete;
  ArticleTextReader& operator=(const ArticleTextReader&) = delete;

  /// Parses a line (see ArticleParser for the bytes behind it); false where it is no article. Views of an article
  /// before end here.
  [[nodiscard]] bool read(std::string_view line);
  /// Takes an article that was read already; its views must outlive their use.
  void take(const Article& article);
  [[nodiscard]] const Article& article() const { return article_; }

  [[nodiscard]] const std::string& text() const { return plain_; }
  /// The position in text() of each of its tokens; the same tokens as those of the sketch phase.
  [[nodiscard]] const std::vector<ByteRange>& places();
  /// The text of a run of the `total` tokens, without placing all of them. What is longer than `most` bytes may be cut,
  /// but not below `most`.
  [[nodiscard]] std::string_view passage(TokenRange tokens, std::uint32_t total, std::size_t most);

 private:
  void place(std::string_view raw, std::size_t offset);

  bool with_title_;
  ArticleParser parser_;
  Tokenizer tokenizer_;
  PassageFinder finder_;
  TokenizerScratch scratch_;
  std::vector<TokenSpan> spans_;
  Article article_;
  std::string plain_;
  std::size_t text_offset_ = 0;  // in plain_
  bool is_placed_ = false;
  std::vector<ByteRange> places_;
};

}  // namespace wirecopy
