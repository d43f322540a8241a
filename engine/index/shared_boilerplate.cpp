#include "index/shared_boilerplate.hpp"

#include <algorithm>
#include <bit>
#include <set>
#include <utility>

#include "base/large_memory.hpp"
#include "index/sample_corpus.hpp"
#include "store/bytes.hpp"

namespace wirecopy {
namespace {

constexpr Key kStateKey{Table::meta, 0, 3};
constexpr Key kLearntKey{Table::boilerplate, 1, 0};

Key sample_key(std::uint64_t generation, std::uint64_t identity) {
  return {Table::shared_sample, make_key(generation, 0), identity};
}

std::uint32_t zeros_of(std::uint64_t identity) { return static_cast<std::uint32_t>(std::countl_zero(identity)); }

}  // namespace

SharedBoilerplate::SharedBoilerplate(const Options& options, const ExcerptSample& sample, const ShingleSet& given)
    : options_(options), excerpt_sample_(sample), given_(given.sorted()) {
  set_learned({});
}

void SharedBoilerplate::load(const IndexStore& store) {
  std::string bytes;
  if (!store.get(kStateKey, bytes)) return;  // the index is new
  ByteReader state(bytes);
  added_ = state.number<std::uint64_t>();
  learned_at_ = state.number<std::uint64_t>();
  learned_texts_ = state.number<std::uint64_t>();
  for (auto left = state.number<std::uint32_t>(); left > 0; --left) {
    Sample& sample = samples_[state.number<std::uint64_t>()];
    sample.zeros = state.number<std::uint32_t>();
    sample.size = state.number<std::uint64_t>();
  }
  state.end();
  if (!store.get(kLearntKey, bytes)) return;
  std::vector<std::uint64_t> learned;
  ByteReader(bytes).array(learned);
  set_learned(learned);
}

void SharedBoilerplate::set_learned(std::span<const std::uint64_t> shingles) {
  std::vector<std::uint64_t> both = given_;
  both.insert(both.end(), shingles.begin(), shingles.end());
  shingles_ = ShingleSet(both);
}

void SharedBoilerplate::add(std::uint64_t identity, ArticleKey article, PendingStore& store) {
  ++added_;
  is_changed_ = true;
  const std::uint64_t generation = generation_of(article);
  Sample& sample = samples_[generation];
  if (zeros_of(identity) < sample.zeros) return;
  store.put(sample_key(generation, identity), ByteWriter().number(article).take());
  ++sample.size;
  while (sample.size > rule_.sample && sample.zeros < 64) thin_out(generation, sample, store);
}

// Those with too few zero bits are the largest identities.
void SharedBoilerplate::thin_out(std::uint64_t generation, Sample& sample, PendingStore& store) const {
  const std::uint64_t first = std::uint64_t{1} << (63 - sample.zeros++);
  std::vector<Key> gone;
  store.scan(sample_key(generation, first), {Table::shared_sample, make_key(generation, 1), 0},
             [&](const Key& key, std::string_view) {
               gone.push_back(key);
               return true;
             });
  for (const Key& key : gone) store.erase(key);
  sample.size -= std::min<std::uint64_t>(sample.size, gone.size());
}

void SharedBoilerplate::remove(std::uint64_t identity, ArticleKey article, PendingStore& store) {
  const Key key = sample_key(generation_of(article), identity);
  std::string bytes;
  if (!store.get(key, bytes) || ByteReader(bytes).id<ArticleKey>() != article) return;
  store.erase(key);
  Sample& sample = samples_[generation_of(article)];
  sample.size -= sample.size > 0 ? 1 : 0;
  is_changed_ = true;
}

void SharedBoilerplate::drop_before(std::uint64_t generation) {
  samples_.erase(samples_.begin(), samples_.lower_bound(generation));
}

bool SharedBoilerplate::is_time_to_learn() const {
  std::uint64_t texts = 0;
  for (const auto& [generation, sample] : samples_) texts += sample.size;
  return texts >= rule_.least_stories && added_ - learned_at_ >= std::max<std::uint64_t>(1, learned_texts_);
}

bool SharedBoilerplate::learn(const ReadArticle& read, const SourceName& source_name, PendingStore& store) {
  if (!std::exchange(is_changed_, false)) return false;
  const bool is_time = is_time_to_learn();
  if (is_time) {
    const std::vector<std::uint64_t> shingles = learn_now(read, source_name, store);
    set_learned(shingles);
    store.put(kLearntKey, ByteWriter().array(std::span<const std::uint64_t>(shingles)).take());
    release_free_memory();
  }
  write_state(store);
  return is_time;
}

void SharedBoilerplate::write_state(PendingStore& store) const {
  ByteWriter out;
  out.number(added_).number(learned_at_).number(learned_texts_).number(static_cast<std::uint32_t>(samples_.size()));
  for (const auto& [generation, sample] : samples_) out.number(generation).number(sample.zeros).number(sample.size);
  store.put(kStateKey, out.take());
}

/// The sample of all that is remembered, in order of identity; counts how many texts it represents.
std::vector<ArticleKey> SharedBoilerplate::choose(const PendingStore& store) {
  std::vector<std::pair<std::uint64_t, ArticleKey>> all;
  std::uint32_t zeros = 0;
  for (const auto& [generation, sample] : samples_) {
    zeros = std::max(zeros, sample.zeros);
    store.scan(sample_key(generation, 0), {Table::shared_sample, make_key(generation, 1), 0},
               [&](const Key& key, std::string_view bytes) {
                 all.emplace_back(key.minor, ByteReader(bytes).id<ArticleKey>());
                 return true;
               });
  }
  std::sort(all.begin(), all.end());
  const auto has_few = [&](const auto& each) { return zeros_of(each.first) < zeros; };
  const auto end_of_sample = [&] { return std::find_if(all.begin(), all.end(), has_few); };
  while (static_cast<std::size_t>(end_of_sample() - all.begin()) > rule_.sample) ++zeros;
  all.erase(end_of_sample(), all.end());
  learned_texts_ = static_cast<std::uint64_t>(all.size()) << std::min(zeros, 40U);
  std::vector<ArticleKey> chosen;
  chosen.reserve(all.size());
  for (const auto& [identity, article] : all) chosen.push_back(article);
  return chosen;
}

std::vector<std::uint64_t> SharedBoilerplate::learn_now(const ReadArticle& read, const SourceName& source_name,
                                                        const PendingStore& store) {
  learned_at_ = added_;
  SampleCorpus sample(options_, excerpt_sample_);
  std::vector<ArticleId> articles;
  std::set<std::pair<std::uint64_t, std::uint64_t>> contents;  // equal texts of several generations count once
  StoredArticle article;
  for (const ArticleKey key : choose(store)) {
    if (!read(key, article) || article.tokens.empty()) continue;
    if (!contents.emplace(article.content.low, article.content.high).second) continue;
    sample.add(article, source_name(article.source));
    articles.push_back(ArticleId{static_cast<std::uint32_t>(articles.size())});
  }
  const Corpus corpus = sample.take();
  return SharedBoilerplateLearner(corpus, options_.shingle, rule_, options_.title).learn(articles);
}

}  // namespace wirecopy
