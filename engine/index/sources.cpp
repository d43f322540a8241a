#include "index/sources.hpp"

#include <algorithm>

#include "corpus/corpus.hpp"
#include "index/bytes.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

/// A corpus of the articles of one source.
class SampleCorpus {
 public:
  SampleCorpus(const Options& options, const ExcerptSample& sample) : options_(options), sample_(sample) {}

  void add(const StoredArticle& article) {
    ArticleRecord record;
    record.content = article.content;
    record.identity = article.identity;
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
  }

  [[nodiscard]] Corpus take() {
    block_.sources.emplace_back();
    Corpus corpus;
    corpus.append(std::move(block_));
    return corpus;
  }

 private:
  const Options& options_;
  const ExcerptSample& sample_;
  SketchBlock block_;
  std::vector<std::uint64_t> shingles_;
};

/// How many texts a source has: identities are uniform, so the largest of the smallest tells (Bar-Yossef et al. 2002).
std::uint64_t estimated_texts(const std::vector<std::pair<std::uint64_t, ArticleKey>>& sample, std::size_t most) {
  if (sample.size() < most) return sample.size();
  return static_cast<std::uint64_t>(static_cast<double>(sample.size()) * 0x1p64 /
                                    (static_cast<double>(sample.front().first) + 1));
}

}  // namespace

Sources::Sources(const Options& options, const ExcerptSample& sample, BoilerplateModel given)
    : options_(options), excerpt_sample_(sample), given_(std::move(given)) {}

void Sources::load(const IndexStore& store) {
  store.scan({Table::source, 0, 0}, {Table::source, 1, 0}, [&](const Key& key, std::string_view bytes) {
    ByteReader in(bytes);
    Source& source = sources_.emplace_back();
    source.name = in.text();
    source.added = in.number<std::uint64_t>();
    source.learnt_at = in.number<std::uint64_t>();
    source.learnt_texts = in.number<std::uint64_t>();
    in.end();
    if (key.minor + 1 != sources_.size()) ByteReader::damaged();
    set_learnt(source, {});
    numbers_.emplace(source.name, static_cast<std::uint32_t>(key.minor));
    return true;
  });
  store.scan({Table::boilerplate, 0, 0}, {Table::boilerplate, 1, 0}, [&](const Key& key, std::string_view bytes) {
    std::vector<std::uint64_t> shingles;
    ByteReader in(bytes);
    in.array(shingles);
    if (key.minor >= sources_.size()) ByteReader::damaged();
    set_learnt(sources_[key.minor], shingles);
    return true;
  });
  store.scan({Table::sample, 0, 0}, {Table::sample, UINT64_MAX, 0}, [&](const Key& key, std::string_view bytes) {
    const std::uint64_t source = sequence_of(key.major);
    if (source >= sources_.size()) ByteReader::damaged();
    sources_[source].sample.emplace_back(key.minor, ByteReader(bytes).number<std::uint64_t>());
    return true;
  });
  for (Source& source : sources_) std::make_heap(source.sample.begin(), source.sample.end());
}

std::uint32_t Sources::intern(std::string_view name) {
  const auto [found, is_new] = numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(sources_.size()));
  if (is_new) {
    sources_.push_back({found->first, 0, 0, 0, {}, {}});
    set_learnt(sources_.back(), {});
    touched_.insert(found->second);
  }
  return found->second;
}

std::uint32_t Sources::find(std::string_view name) const {
  const auto found = numbers_.find(std::string(name));
  return found == numbers_.end() ? UINT32_MAX : found->second;
}

IgnoredShingles Sources::boilerplate(std::uint32_t source) const {
  static const ShingleSet kNothing;
  return {source < sources_.size() ? sources_[source].learnt : kNothing, given_.formulas()};
}

IgnoredShingles Sources::boilerplate(std::uint32_t source, std::string_view name) const {
  if (source < sources_.size()) return boilerplate(source);
  return {given_.of(std::string(name)), given_.formulas()};
}

void Sources::set_learnt(Source& source, std::span<const std::uint64_t> shingles) {
  const ShingleSet& given = given_.of(source.name);
  if (given.empty()) {
    source.learnt = ShingleSet(shingles);
    return;
  }
  std::vector<std::uint64_t> both = given.sorted();
  both.insert(both.end(), shingles.begin(), shingles.end());
  source.learnt = ShingleSet(both);
}

void Sources::add(std::uint32_t number, std::uint64_t identity, ArticleKey article, PendingStore& store) {
  Source& source = sources_[number];
  if (!options_.boilerplate || source.name.empty()) return;
  ++source.added;
  touched_.insert(number);
  const std::pair taken(identity, article);
  if (source.sample.size() >= rule_.sample && taken >= source.sample.front()) return;
  source.sample.push_back(taken);
  std::push_heap(source.sample.begin(), source.sample.end());
  store.put(sample_key(number, identity, article), ByteWriter().number(article).take());
  if (source.sample.size() <= rule_.sample) return;
  std::pop_heap(source.sample.begin(), source.sample.end());
  store.erase(sample_key(number, source.sample.back().first, source.sample.back().second));
  source.sample.pop_back();
}

void Sources::remove(std::uint32_t number, std::uint64_t identity, ArticleKey article, PendingStore& store) {
  auto& sample = sources_[number].sample;
  if (std::erase(sample, std::pair(identity, article)) == 0) return;
  std::make_heap(sample.begin(), sample.end());
  store.erase(sample_key(number, identity, article));
}

bool Sources::is_time_to_learn(const Source& source) const {
  if (source.name.empty() || source.sample.size() < rule_.least_stories) return false;
  const std::uint64_t fresh = source.added - source.learnt_at;
  return fresh >= source.learnt_texts && fresh > 0;
}

void Sources::learn(const ReadArticle& read, PendingStore& store) {
  for (const std::uint32_t number : touched_) {
    Source& source = sources_[number];
    if (options_.boilerplate && is_time_to_learn(source)) {
      const std::vector<std::uint64_t> shingles = learn_one(source, read);
      set_learnt(source, shingles);
      const Key key{Table::boilerplate, 0, number};
      if (shingles.empty()) {
        store.erase(key);
      } else {
        store.put(key, ByteWriter().array(std::span<const std::uint64_t>(shingles)).take());
      }
    }
    store.put({Table::source, 0, number}, ByteWriter()
                                              .text(source.name)
                                              .number(source.added)
                                              .number(source.learnt_at)
                                              .number(source.learnt_texts)
                                              .take());
  }
  touched_.clear();
}

std::vector<std::uint64_t> Sources::learn_one(Source& source, const ReadArticle& read) const {
  source.learnt_at = source.added;
  SampleCorpus sample(options_, excerpt_sample_);
  std::vector<ArticleId> articles;
  StoredArticle article;
  std::vector<std::pair<std::uint64_t, ArticleKey>> living;
  for (const auto& [identity, key] : source.sample) {
    if (!read(key, article) || article.tokens.empty()) continue;
    sample.add(article);
    articles.push_back(ArticleId{static_cast<std::uint32_t>(articles.size())});
    living.emplace_back(identity, key);
  }
  std::make_heap(living.begin(), living.end());
  source.sample = std::move(living);
  source.learnt_texts = estimated_texts(source.sample, rule_.sample);
  const Corpus corpus = sample.take();
  return BoilerplateLearner(corpus, options_.shingle, rule_, options_.title).learn(articles);
}

std::uint64_t Sources::boilerplate_shingles() const {
  std::uint64_t shingles = 0;
  for (const Source& source : sources_) shingles += source.learnt.size();
  return shingles;
}

}  // namespace wirecopy
