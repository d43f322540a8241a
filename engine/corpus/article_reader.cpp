#include "corpus/article_reader.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMostCopied = std::size_t{64} << 10;  // bytes; what a look at a mapped file brings anyway

bool is_worth_a_copy(const Corpus& corpus, ArticleId article) {
  return corpus.is_mapped() && corpus.tokens(article).size_bytes() <= kMostCopied;
}

}  // namespace

std::span<const Token> ArticleReader::tokens(ArticleId article) {
  const std::span<const Token> there = corpus_.tokens(article);
  if (!is_worth_a_copy(corpus_, article)) return there;
  tokens_.resize(kMostCopied / sizeof(Token));
  const std::span<Token> here = std::span(tokens_).first(there.size());
  corpus_.copy_tokens(article, here);
  return here;
}

std::span<const ArticleId> CorpusExcerpt::take(std::span<const ArticleId> articles) {
  if (!whole_.is_mapped()) return articles;
  std::size_t tokens = 0, samples = 0;
  for (const ArticleId article : articles) {
    if (!is_worth_a_copy(whole_, article)) continue;
    tokens += whole_.tokens(article).size();
    samples += whole_.sample(article).size();
  }
  tokens_.resize(tokens), samples_.resize(samples);
  excerpt_.clear();
  taken_.clear();
  std::span<Token> free_tokens(tokens_);
  std::span<std::uint64_t> free_samples(samples_);
  for (const ArticleId article : articles) {
    SketchView view;
    view.tokens = whole_.tokens(article), view.samples = whole_.sample(article);
    if (is_worth_a_copy(whole_, article)) {
      whole_.copy_tokens(article, free_tokens.first(view.tokens.size()));
      whole_.copy_sample(article, free_samples.first(view.samples.size()));
      view.tokens = free_tokens.first(view.tokens.size()), free_tokens = free_tokens.subspan(view.tokens.size());
      view.samples = free_samples.first(view.samples.size()), free_samples = free_samples.subspan(view.samples.size());
    }
    ArticleRecord record = whole_.record(article);
    record.first_token = record.first_sample = record.first_byte = record.id_bytes = record.title_bytes = 0;
    record.source = SourceId{0};
    view.records = {&record, 1};
    view.sources = {whole_.source(article)};
    taken_.push_back(ArticleId{static_cast<std::uint32_t>(excerpt_.size())});
    excerpt_.append(view, 0);
  }
  return taken_;
}

}  // namespace wirecopy
