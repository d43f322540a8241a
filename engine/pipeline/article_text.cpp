#include "pipeline/article_text.hpp"

#include "text/markup.hpp"

namespace wirecopy {
namespace {

void append_plain(std::string_view raw, std::string& plain) {
  if (may_have_markup(raw)) {
    strip_markup(raw, plain);
  } else {
    plain += raw;
  }
}

}  // namespace

bool ArticleTextReader::read(std::string_view line) {
  if (!parser_.parse(line)) return false;
  take(parser_.article().article);
  return true;
}

void ArticleTextReader::take(const Article& article) {
  article_ = article;
  plain_.clear();
  if (with_title_) {
    append_plain(article.title, plain_);
    plain_ += '\n';
  }
  text_offset_ = plain_.size();
  append_plain(article.text, plain_);
  is_placed_ = false;
}

const std::vector<ByteRange>& ArticleTextReader::places() {
  if (is_placed_) return places_;
  places_.clear();
  if (with_title_) place(article().title, 0);
  place(article().text, text_offset_);
  is_placed_ = true;
  return places_;
}

void ArticleTextReader::place(std::string_view raw, std::size_t offset) {
  spans_.clear();
  tokenizer_.tokenize_spans(raw, scratch_, spans_);
  const auto shift = static_cast<std::uint32_t>(offset);
  for (const TokenSpan& span : spans_) places_.push_back({span.bytes.begin + shift, span.bytes.end + shift});
}

std::string_view ArticleTextReader::passage(TokenRange tokens, std::uint32_t total, std::size_t most) {
  // What looks like markup in a text that has none left, such as "R&D", would be taken for some if it were read again.
  const ByteRange bytes = may_have_markup(plain_)
                              ? ByteRange{places()[tokens.begin].begin, places()[tokens.end - 1].end}
                              : finder_.find(plain_, total, tokens.begin, tokens.end, most);
  return std::string_view(plain_).substr(bytes.begin, bytes.end - bytes.begin);
}

}  // namespace wirecopy
