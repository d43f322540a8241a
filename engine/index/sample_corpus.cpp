#include "index/sample_corpus.hpp"

#include <utility>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// Small blocks, so that no large array has to grow.
constexpr std::size_t kArticlesOfABlock = 256;

}  // namespace

void SampleCorpus::add(const StoredArticle& article, const std::string& source) {
  const auto [found, is_new] = sources_.try_emplace(source, static_cast<std::uint32_t>(sources_.size()));
  if (is_new) block_.sources.push_back(source);
  ArticleRecord record;
  record.content = article.content;
  record.identity = article.identity;
  record.published = article.published;
  record.source = SourceId{found->second};
  record.first_token = static_cast<std::uint32_t>(block_.tokens.size());
  record.title_tokens = article.title_tokens;
  record.text_tokens = article.text_tokens;
  block_.tokens.insert(block_.tokens.end(), article.tokens.begin(), article.tokens.end());
  shingles_.clear();
  shingle(std::span(article.tokens).subspan(options_.title ? 0 : article.title_tokens), options_.shingle, shingles_);
  record.first_sample = static_cast<std::uint32_t>(block_.samples.size());
  sample_.take(shingles_, block_.samples);
  record.samples = static_cast<std::uint32_t>(block_.samples.size() - record.first_sample);
  block_.records.push_back(record);
  if (block_.records.size() == kArticlesOfABlock || block_.is_full()) end_block();
}

void SampleCorpus::end_block() {
  corpus_.append(std::exchange(block_, {}));
  sources_.clear();
}

Corpus SampleCorpus::take() {
  if (!block_.records.empty()) end_block();
  return std::exchange(corpus_, Corpus());
}

}  // namespace wirecopy
