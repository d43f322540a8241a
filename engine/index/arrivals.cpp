#include "index/arrivals.hpp"

#include <algorithm>
#include <utility>

#include "postings/posting_table.hpp"
#include "text/shingler.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {

void Arrivals::sketch(const Article& article, Incoming& incoming, IndexWorker& worker) const {
  SketchBlock& block = worker.block;
  block.clear();
  worker.sources.clear();
  check_sizes(article);  // before all of it is hashed for a name
  IndexedId named = ids_.id_of(article);
  sketcher_.sketch(article, named.id, {}, 0, block, worker.sources, worker.sketch);
  const ArticleRecord& record = block.records.front();

  incoming.text.article.id = std::move(named.id);
  incoming.is_named_by_content = named.is_digest;
  take_record(record, block.tokens, article.source, incoming);
  hash(incoming, block.samples);
}

void Arrivals::take_record(const ArticleRecord& record, std::span<const Token> tokens, std::string_view source,
                           Incoming& incoming) const {
  StoredArticle& stored = incoming.text.article;
  incoming.source_name = source;
  stored.published = record.published;
  const std::int64_t published = record.published == kNoDate ? incoming.now : record.published;
  stored.time = std::max<std::int64_t>(0, std::min(published, incoming.now));
  stored.content = record.content;
  stored.identity = record.identity;
  stored.source = contents_.sources.find(source);
  stored.title_tokens = record.title_tokens;
  stored.text_tokens = record.text_tokens;
  stored.agency = record.agency != AgencyId::none ? 1 : 0;
  stored.tokens.assign(tokens.begin(), tokens.end());
  incoming.is_too_old = stored.time < contents_.cutoff_at(incoming.now);
  incoming.is_comparable = is_comparable(record, contents_.parameters.options);
}

void Arrivals::take_sketch(const Corpus& corpus, ArticleId article, std::span<const std::uint64_t> sample,
                           Incoming& incoming) const {
  take_record(corpus.record(article), corpus.tokens(article), corpus.source(article), incoming);
  hash(incoming, sample);
}

void Arrivals::hash(Incoming& incoming, std::span<const std::uint64_t> sample) const {
  StoredArticle& stored = incoming.text.article;
  const IgnoredShingles boilerplate = contents_.sources.boilerplate(stored.source, incoming.source_name);
  mark_text(incoming.text, contents_.parameters.options, boilerplate);
  for (std::size_t i = 0; incoming.is_comparable && i < sample.size(); ++i) {
    if (!boilerplate.contains(sample[i])) continue;
    stored.unposted.resize((sample.size() + 7) / 8, 0);
    stored.unposted[i / 8] = static_cast<std::uint8_t>(stored.unposted[i / 8] | 1U << i % 8);
  }
  incoming.samples = append_postings(stored, sample, incoming.hashes);
}

std::size_t Arrivals::append_postings(const StoredArticle& article, std::span<const std::uint64_t> sample,
                                      std::vector<std::uint64_t>& hashes) const {
  const std::size_t before = hashes.size();
  std::size_t samples = 0;
  if (!article.tokens.empty() && is_comparable(article, contents_.parameters.options)) {
    for (std::size_t i = 0; i < sample.size(); ++i) {
      const bool is_unposted = i / 8 < article.unposted.size() && (article.unposted[i / 8] >> i % 8 & 1) != 0;
      if (!is_unposted) hashes.push_back(posting_hash(PostingKind::shingle, sample[i]));
    }
    const auto first = hashes.begin() + static_cast<std::ptrdiff_t>(before);
    std::sort(first, hashes.end());
    hashes.erase(std::unique(first, hashes.end()), hashes.end());
    samples = hashes.size() - before;
    hashes.push_back(posting_hash(PostingKind::content, article.content.low));
  }
  if (!article.id.empty()) hashes.push_back(posting_hash_of_id(article.id));
  return samples;
}

std::size_t Arrivals::append_postings(const StoredArticle& article, std::vector<std::uint64_t>& hashes) const {
  const Options& options = contents_.parameters.options;
  std::vector<std::uint64_t> shingles, sample;
  if (!article.tokens.empty() && options.method != Method::exact) {
    const std::span<const Token> tokens(article.tokens);
    shingle(tokens.subspan(options.title ? 0 : article.title_tokens), options.shingle, shingles);
    sketcher_.excerpt_sample().take(shingles, sample);
  }
  return append_postings(article, sample, hashes);
}

}  // namespace wirecopy
