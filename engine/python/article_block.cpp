#include "python/article_block.hpp"

#include "feed/derived_fields.hpp"
#include "feed/language.hpp"
#include "pipeline/collection.hpp"

namespace wirecopy::python {
namespace {

std::size_t bytes_of(const Article& article) {
  return article.id.size() + article.title.size() + article.text.size() + article.source.size() + article.url.size() +
         article.language.size();
}

}  // namespace

void ArticleBlock::clear() {
  articles.clear(), rows.clear(), rejects.clear(), strings_.clear(), objects_.clear();
  usage = {};
  bytes = 0;
}

void ArticleBlock::add(ParsedArticle parsed, std::uint64_t row) {
  Article& article = parsed.article;
  const std::size_t size = bytes_of(article);
  if (size > Collection::kMaxBytes) return reject(row, RejectReason::line_too_long);
  if (article.source.empty() ? !article.url.empty() : article.source.find("//") != std::string_view::npos) {
    std::string& scratch = strings_.emplace_back(article.source.size() + article.url.size(), '\0');
    derive_fields(parsed, scratch.data());
  } else if (article.id.empty()) {
    derive_fields(parsed, nullptr);
  }
  if (!article.language.empty()) {
    char code[4] = {};
    article.language = keep(std::string(language_code(article.language, code)));
  }
  usage.add(parsed.used, ends_cut(article.text));
  articles.push_back(article);
  rows.push_back(row);
  bytes += size;
}

}  // namespace wirecopy::python
