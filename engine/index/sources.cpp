#include "index/sources.hpp"

#include <algorithm>
#include <bit>

#include "corpus/corpus.hpp"
#include "index/sample_corpus.hpp"
#include "store/bytes.hpp"

namespace wirecopy {
namespace {

/// What is kept of a source is at most so many times the sample that is learned from: half of it is more than enough.
constexpr std::size_t kMaxSamples = 4;

/// How many texts a source has: identities are uniform, so the largest of the smallest is an estimate (Bar-Yossef et
/// al. 2002).
std::uint64_t estimated_texts(std::size_t sampled, std::uint64_t largest) {
  return static_cast<std::uint64_t>(static_cast<double>(sampled) * 0x1p64 / (static_cast<double>(largest) + 1));
}

}  // namespace

Sources::Sources(const Options& options, const ExcerptSample& sample, BoilerplateModel given)
    : options_(options),
      excerpt_sample_(sample),
      given_(std::move(given)),
      shared_boilerplate_(options, sample, given_.shared()) {}

void Sources::load(const IndexStore& store) {
  store.scan({Table::source, 0, 0}, {Table::source, 1, 0}, [&](const Key& key, std::string_view bytes) {
    ByteReader in(bytes);
    Source& source = sources_.emplace_back();
    source.name = in.text();
    source.added = in.number<std::uint64_t>();
    source.learned_at = in.number<std::uint64_t>();
    source.learned_texts = in.number<std::uint64_t>();
    source.sampled = in.number<std::uint64_t>();
    source.zeros = in.number<std::uint32_t>();
    in.end();
    if (key.minor + 1 != sources_.size()) ByteReader::damaged();
    set_learned(source, {});
    numbers_.emplace(source.name, static_cast<std::uint32_t>(key.minor));
    return true;
  });
  store.scan({Table::boilerplate, 0, 0}, {Table::boilerplate, 1, 0}, [&](const Key& key, std::string_view bytes) {
    std::vector<std::uint64_t> shingles;
    ByteReader in(bytes);
    in.array(shingles);
    if (key.minor >= sources_.size()) ByteReader::damaged();
    set_learned(sources_[key.minor], shingles);
    return true;
  });
  shared_boilerplate_.load(store);
}

std::uint32_t Sources::intern(std::string_view name) {
  const auto [found, is_new] = numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(sources_.size()));
  if (is_new) {
    sources_.push_back({found->first, 0, 0, 0, 0, 0, {}});
    set_learned(sources_.back(), {});
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
  return {source < sources_.size() ? sources_[source].learned : kNothing, shared_boilerplate_.shingles()};
}

IgnoredShingles Sources::boilerplate(std::uint32_t source, std::string_view name) const {
  if (source < sources_.size()) return boilerplate(source);
  return {given_.of(std::string(name)), shared_boilerplate_.shingles()};
}

void Sources::set_learned(Source& source, std::span<const std::uint64_t> shingles) {
  const ShingleSet& given = given_.of(source.name);
  if (given.empty()) {
    source.learned = ShingleSet(shingles);
    return;
  }
  std::vector<std::uint64_t> both = given.sorted();
  both.insert(both.end(), shingles.begin(), shingles.end());
  source.learned = ShingleSet(both);
}

void Sources::add(std::uint32_t number, std::uint64_t identity, ArticleKey article, PendingStore& store) {
  Source& source = sources_[number];
  if (!options_.boilerplate) return;
  shared_boilerplate_.add(identity, article, store);
  if (source.name.empty()) return;
  ++source.added;
  touched_.insert(number);
  if (static_cast<std::uint32_t>(std::countl_zero(identity)) < source.zeros) return;
  store.put(sample_key(number, identity, article), ByteWriter().number(article).take());
  ++source.sampled;
}

void Sources::remove(std::uint32_t number, std::uint64_t identity, ArticleKey article, PendingStore& store) {
  shared_boilerplate_.remove(identity, article, store);
  const Key key = sample_key(number, identity, article);
  std::string bytes;
  if (!store.get(key, bytes) || ByteReader(bytes).id<ArticleKey>() != article) return;
  store.erase(key);
  touched_.insert(number);
  if (sources_[number].sampled > 0) --sources_[number].sampled;
}

Sources::Sample Sources::read_sample(std::uint32_t number, std::span<const std::uint64_t> generations,
                                     const PendingStore& store) {
  Sample sample;
  for (const std::uint64_t generation : generations) {
    const std::uint64_t major = make_key(generation, number);
    store.scan({Table::sample, major, 0}, {Table::sample, major + 1, 0}, [&](const Key& key, std::string_view bytes) {
      sample.emplace_back(key.minor, ByteReader(bytes).id<ArticleKey>());
      return true;
    });
  }
  std::sort(sample.begin(), sample.end());
  return sample;
}

void Sources::thin_out(std::uint32_t number, std::span<const std::uint64_t> generations, PendingStore& store) {
  Source& source = sources_[number];
  Sample sample = read_sample(number, generations, store);
  for (; sample.size() > kMaxSamples * rule_.sample && source.zeros < 63; ++source.zeros) {
    const std::uint64_t end = std::uint64_t{1} << (63 - source.zeros);
    for (; !sample.empty() && sample.back().first >= end; sample.pop_back()) {
      store.erase(sample_key(number, sample.back().first, sample.back().second));
    }
  }
  source.sampled = sample.size();
}

bool Sources::is_time_to_learn(const Source& source) const {
  if (source.name.empty() || !BoilerplateLearner::is_enough(source.sampled, rule_)) return false;
  const std::uint64_t fresh = source.added - source.learned_at;
  return fresh >= source.learned_texts && fresh > 0;
}

bool Sources::learn(std::span<const std::uint64_t> generations, const ReadArticle& read, PendingStore& store) {
  bool has_learned = false;
  for (const std::uint32_t number : touched_) {
    Source& source = sources_[number];
    if (source.sampled > kMaxSamples * rule_.sample) thin_out(number, generations, store);
    if (options_.boilerplate && is_time_to_learn(source)) {
      const std::vector<std::uint64_t> shingles = learn_one(number, generations, read, store);
      set_learned(source, shingles);
      has_learned = true;
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
                                              .number(source.learned_at)
                                              .number(source.learned_texts)
                                              .number(source.sampled)
                                              .number(source.zeros)
                                              .take());
  }
  touched_.clear();
  has_learned |= shared_boilerplate_.learn(
      read, [this](std::uint32_t source) -> const std::string& { return name(source); }, store);
  return has_learned;
}

std::vector<std::uint64_t> Sources::learn_one(std::uint32_t number, std::span<const std::uint64_t> generations,
                                              const ReadArticle& read, PendingStore& store) {
  Source& source = sources_[number];
  source.learned_at = source.added;
  SampleCorpus corpus_of_sample(options_, excerpt_sample_);
  std::vector<ArticleId> articles;
  StoredArticle article;
  std::uint64_t largest = 0;
  const Sample sample = read_sample(number, generations, store);
  for (const auto& [identity, key] : sample) {
    if (!read(key, article) || article.tokens.empty()) continue;
    corpus_of_sample.add(article, source.name);
    articles.push_back(ArticleId{static_cast<std::uint32_t>(articles.size())});
    largest = identity;
    if (articles.size() == rule_.sample) break;
  }
  const bool is_part = articles.size() == rule_.sample;
  source.learned_texts = is_part ? estimated_texts(articles.size(), largest) : articles.size() << source.zeros;
  source.sampled = sample.size();
  if (!is_part && source.zeros > 0) --source.zeros;  // many have left, so more of those who come are needed
  const Corpus corpus = corpus_of_sample.take();
  return BoilerplateLearner(corpus, options_.shingle, rule_, options_.title).learn(articles);
}

std::uint64_t Sources::boilerplate_shingles() const {
  std::uint64_t shingles = 0;
  for (const Source& source : sources_) shingles += source.learned.size();
  return shingles;
}

}  // namespace wirecopy
