#include "corpus/article_reader.hpp"

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMaxCopied = std::size_t{64} << 10;  // bytes; what an access to a mapped file reads anyway

bool is_worth_a_copy(const Corpus& corpus, ArticleId article) {
  return corpus.is_mapped() && corpus.tokens(article).size_bytes() <= kMaxCopied;
}

}  // namespace

std::span<const Token> ArticleReader::tokens(ArticleId article) {
  const std::span<const Token> original = corpus_.tokens(article);
  if (!is_worth_a_copy(corpus_, article)) return original;
  tokens_.resize(kMaxCopied / sizeof(Token));
  const std::span<Token> copy = std::span(tokens_).first(original.size());
  corpus_.copy_tokens(article, copy);
  return copy;
}

std::span<const std::uint64_t> ArticleReader::sample(ArticleId article) {
  if (!corpus_.is_mapped()) return corpus_.sample(article);
  sample_.clear();
  maker_.append(corpus_, article, corpus_.tokens(article), sample_);
  return sample_;
}

void SampleMaker::append(const Corpus& corpus, ArticleId article, std::span<const Token> tokens,
                         LargeArray<std::uint64_t>& to) {
  const ArticleRecord& record = corpus.record(article);
  if (record.samples == 0) return;
  const SampleRule& rule = corpus.sample_rule();
  shingles_.clear();
  shingle(rule.with_title ? tokens : tokens.subspan(record.title_tokens), rule.words, shingles_);
  rule.sample.take(shingles_, to);
}

std::span<const ArticleId> CorpusExcerpt::take(std::span<const ArticleId> articles) {
  if (!whole_.is_mapped()) return articles;
  copy(articles);
  excerpt_.clear();
  taken_.clear();
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const std::span<const std::uint64_t> sample =
        std::span(samples_).subspan(sample_begins_[i], sample_begins_[i + 1] - sample_begins_[i]);
    ArticleRecord record = whole_.record(articles[i]);
    record.first_token = record.first_sample = record.first_byte = record.id_bytes = record.title_bytes = 0;
    record.samples = static_cast<std::uint32_t>(sample.size());
    record.source = SourceId{0};
    excerpt_.append({{&record, 1}, texts_[i], {}, {whole_.source(articles[i])}, sample, {}, {}}, 0);
    taken_.push_back(ArticleId{static_cast<std::uint32_t>(i)});
  }
  return taken_;
}

void CorpusExcerpt::copy(std::span<const ArticleId> articles) {
  std::size_t copied = 0;
  for (const ArticleId article : articles) {
    if (is_worth_a_copy(whole_, article)) copied += whole_.tokens(article).size();
  }
  tokens_.resize(copied);
  texts_.clear();
  samples_.clear();
  sample_begins_.assign(1, 0);
  std::span<Token> free(tokens_);
  for (const ArticleId article : articles) {
    texts_.push_back(whole_.tokens(article));
    if (is_worth_a_copy(whole_, article)) {
      const std::span<Token> copy = free.first(texts_.back().size());
      free = free.subspan(copy.size());
      whole_.copy_tokens(article, copy);
      texts_.back() = copy;
    }
    maker_.append(whole_, article, texts_.back(), samples_);
    sample_begins_.push_back(samples_.size());
  }
}

}  // namespace wirecopy
