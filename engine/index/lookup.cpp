// The passes that change nothing: sketch, look up, judge.
#include <fmt/format.h>

#include <algorithm>

#include "cluster/clustering.hpp"
#include "corpus/article_reader.hpp"
#include "index/engine.hpp"
#include "lsh/sample_hits.hpp"
#include "provenance/lead_in.hpp"
#include "text/markup.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {
namespace {

/// Texts that an article is compared with: those that share most sampled shingles.
constexpr std::size_t kMostCandidates = 32;
constexpr std::uint32_t kEqualContent = UINT32_MAX;
/// Articles of a batch run that are looked up at once.
constexpr std::size_t kSlice = 1000;

const Hasher& id_hasher() {
  static const Hasher kHasher(0);
  return kHasher;
}

/// Tokens, samples and verdicts must mean the same.
void check_same_texts(const Options& theirs, const Options& ours) {
  const auto require = [](bool holds, std::string_view what) {
    if (holds) return;
    throw Error(ErrorKind::state, fmt::format("the index was made with another {} than this run has", what));
  };
  require(theirs.method == ours.method, "method");
  require(theirs.threshold == ours.threshold, "threshold");
  require(theirs.recall == ours.recall, "recall");
  require(theirs.shingle == ours.shingle, "shingle");
  require(theirs.seed == ours.seed, "seed");
  require(theirs.title == ours.title, "title");
}

}  // namespace

std::uint64_t IndexEngine::id_hash(std::string_view id) {
  return posting_hash(PostingKind::id, id_hasher().hash64(id));
}

IndexEngine::Batch IndexEngine::sketch(std::span<const Article> articles, FeedClock& clock) const {
  Batch batch(articles.size());
  std::int64_t now = counters_.now;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const Article& article = articles[i];
    now = settings_.feed_clock ? clock.arrive(article.published, article.source) : std::max(now, arrival_of(article));
    batch[i].now = now;
    batch[i].has_clock_started = !settings_.feed_clock || clock.state().has_started;
  }
  for_all(batch.size(), 16, [&](std::size_t i, Worker& worker) { sketch_one(articles[i], batch[i], worker); });
  return batch;
}

void IndexEngine::sketch_one(const Article& article, Incoming& incoming, Worker& worker) const {
  SketchBlock& block = worker.block;
  block.clear();
  worker.sources.clear();
  check_sizes(article);  // before all of it is hashed for a name
  IndexedId named = ids_->id_of(article);
  sketcher_->sketch(article, named.id, {}, 0, block, worker.sources, worker.sketch);
  const ArticleRecord& record = block.records.front();

  incoming.text.article.id = std::move(named.id);
  incoming.is_named_by_content = named.is_digest;
  take_record(record, block.tokens, article.source, incoming);
  hash(incoming, block.samples);
}

void IndexEngine::take_record(const ArticleRecord& record, std::span<const Token> tokens, std::string_view source,
                              Incoming& incoming) const {
  StoredArticle& stored = incoming.text.article;
  incoming.source_name = source;
  stored.published = record.published;
  const std::int64_t published = record.published == kNoDate ? incoming.now : record.published;
  stored.time = std::max<std::int64_t>(0, std::min(published, incoming.now));
  stored.content = record.content;
  stored.identity = record.identity;
  stored.source = sources_->find(source);
  stored.title_tokens = record.title_tokens;
  stored.text_tokens = record.text_tokens;
  stored.agency = record.agency != AgencyId::none ? 1 : 0;
  stored.tokens.assign(tokens.begin(), tokens.end());
  incoming.is_too_old = stored.time < cutoff_at(incoming.now);
  incoming.is_comparable = is_comparable(record, parameters_.options);
}

std::vector<std::optional<KnownCopy>> IndexEngine::find_copies(const Corpus& corpus,
                                                               std::span<const ArticleId> articles,
                                                               const Options& options) const {
  const std::shared_lock lock(mutex_);
  check_same_texts(parameters_.options, options);
  std::vector<std::optional<KnownCopy>> copies(articles.size());
  oneapi::tbb::enumerable_thread_specific<ArticleReader> readers([&corpus] { return ArticleReader(corpus); });
  for (std::size_t first = 0; first < articles.size(); first += kSlice) {
    Batch batch(std::min(kSlice, articles.size() - first));
    for_all(batch.size(), 16, [&](std::size_t i, Worker&) {
      const ArticleId article = articles[first + i];
      batch[i].now = counters_.now;
      take_record(corpus.record(article), corpus.tokens(article), corpus.source(article), batch[i]);
      hash(batch[i], readers.local().sample(article));
    });
    look_up(batch);
    for_all(batch.size(), 16, [&](std::size_t i, Worker& worker) {
      judge(batch, batch[i], worker);
      copies[first + i] = known_copy(batch[i], options);
    });
  }
  return copies;
}

/// The best match for which a batch would remove the article.
std::optional<KnownCopy> IndexEngine::known_copy(const Incoming& incoming, const Options& options) const {
  const std::int64_t cutoff = cutoff_at(incoming.now);
  for (const ComparedArticle& each : incoming.compared) {
    if (each.kinship != Kinship::match || !options.drop.contains(each.relation)) continue;
    if (!each.is_equal && each.similarity.containment() < 1 - kMostOwnText) continue;
    const std::optional<ArticleKey> match = living(each.key, cutoff);
    StoredArticle article;
    if (!match || !read_head(*match, article)) continue;
    return KnownCopy{article.id, cluster_name(cluster_number_of(*match)), each.relation, each.similarity};
  }
  return std::nullopt;
}

void IndexEngine::hash(Incoming& incoming, std::span<const std::uint64_t> sample) const {
  StoredArticle& stored = incoming.text.article;
  const IgnoredShingles boilerplate = sources_->boilerplate(stored.source, incoming.source_name);
  mark_text(incoming.text, parameters_.options, boilerplate);
  for (std::size_t i = 0; incoming.is_comparable && i < sample.size(); ++i) {
    if (!boilerplate.contains(sample[i])) continue;
    stored.unposted.resize((sample.size() + 7) / 8, 0);
    stored.unposted[i / 8] = static_cast<std::uint8_t>(stored.unposted[i / 8] | 1U << i % 8);
  }
  incoming.samples = append_postings(stored, sample, incoming.hashes);
}

std::size_t IndexEngine::append_postings(const StoredArticle& article, std::span<const std::uint64_t> sample,
                                         std::vector<std::uint64_t>& hashes) const {
  const std::size_t before = hashes.size();
  std::size_t samples = 0;
  if (!article.tokens.empty() && is_comparable(article, parameters_.options)) {
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
  if (!article.id.empty()) hashes.push_back(id_hash(article.id));
  return samples;
}

void IndexEngine::look_up(Batch& batch) const {
  std::vector<std::uint64_t> hashes;
  std::vector<std::size_t> firsts;
  for (const Incoming& incoming : batch) {
    firsts.push_back(hashes.size());
    if (batch.size() > 1) hashes.insert(hashes.end(), incoming.hashes.begin(), incoming.hashes.end());
  }
  BatchFilter filter = postings_->batch_filter(hashes);
  for_all(filter.tasks(), 16, [&](std::size_t task, Worker&) { filter.do_task(task); });
  for_all(batch.size(), 16, [&](std::size_t i, Worker& worker) { look_up(batch[i], filter, firsts[i], worker); });
}

void IndexEngine::look_up(Incoming& incoming, const BatchFilter& filter, std::size_t first, Worker& worker) const {
  const std::size_t samples = incoming.samples;
  const std::size_t content = incoming.is_comparable ? samples : SIZE_MAX;
  const std::int64_t cutoff = cutoff_at(counters_.now);
  worker.hits.clear();
  std::vector<ArticleKey> named;
  const auto use = [&](std::size_t i, ArticleKey key, std::uint32_t posted) {
    if (i < samples) {
      worker.hits.push_back({key, posted});
    } else if (i == content) {
      incoming.candidates.push_back({key, kEqualContent});
    } else {
      named.push_back(key);
    }
  };
  postings_->find(incoming.hashes, use, filter, first);
  for (const ArticleKey key : named) {
    if (!read_head(key, worker.second.article)) continue;
    const StoredArticle& article = worker.second.article;
    if (article.id != incoming.text.article.id || !is_living(article, cutoff)) continue;
    if (!incoming.known || *incoming.known < key) incoming.known = key;
  }
  add_candidates(incoming, worker.hits);
}

// In order, so that an article meets those before it, as if they had come one by one.
void IndexEngine::look_up_within(Batch& batch) const {
  if (batch.size() < 2) return;
  PostingTable within(0);
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    Incoming& incoming = batch[i];
    const std::size_t content = incoming.is_comparable ? incoming.samples : SIZE_MAX;
    hits.clear();
    within.find(incoming.hashes, [&](std::size_t h, ArticleKey at) {
      const Incoming& other = batch[at];
      if (h < incoming.samples) {
        hits.push_back({other.key, static_cast<std::uint32_t>(other.samples)});
      } else if (h == content) {
        incoming.candidates.push_back({other.key, kEqualContent});
      } else if (other.text.article.id == incoming.text.article.id) {
        incoming.known = other.key;
      }
    });
    add_candidates(incoming, hits);
    for (const std::uint64_t hash : incoming.hashes) within.add(hash, i);
  }
}

void IndexEngine::add_candidates(Incoming& incoming, std::vector<Hit>& hits) const {
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.key < b.key; });
  for (std::size_t begin = 0, end = 0; begin < hits.size(); begin = end) {
    while (end < hits.size() && hits[end].key == hits[begin].key) ++end;
    const auto count = static_cast<std::uint32_t>(end - begin);
    if (has_enough_hits(count, incoming.samples, hits[begin].samples, parameters_.options.threshold)) {
      incoming.candidates.push_back({hits[begin].key, count});
    }
  }
  if (incoming.candidates.size() <= kMostCandidates) return;
  std::sort(incoming.candidates.begin(), incoming.candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.hits != b.hits ? a.hits > b.hits : a.key > b.key; });
  incoming.candidates.resize(kMostCandidates);
}

void IndexEngine::judge(const Batch& batch, Incoming& incoming, Worker& worker) const {
  if (incoming.candidates.empty()) return;
  std::sort(incoming.candidates.begin(), incoming.candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.key < b.key; });
  const std::uint64_t first = batch.front().key == kNoKey ? UINT64_MAX : sequence_of(batch.front().key);
  const std::int64_t cutoff = cutoff_at(counters_.now);
  std::optional<ComparedArticle> best_other;
  worker.judge.load(incoming.text);
  ArticleKey before = kNoKey;
  for (const Candidate& candidate : incoming.candidates) {
    if (std::exchange(before, candidate.key) == candidate.key) continue;
    std::optional<ComparedArticle> found;
    if (sequence_of(candidate.key) >= first) {
      const MarkedText& other = batch[sequence_of(candidate.key) - first].text;
      found = compare_text(incoming.text, candidate.key, other, worker);
    } else {
      found = compare_remembered(incoming.text, candidate.key, cutoff, worker);
    }
    if (!found) continue;
    const ComparedArticle& compared = *found;
    if (compared.kinship == Kinship::match) {
      incoming.compared.push_back(compared);
    } else if (compared.is_partial && (!best_other || is_better(compared, *best_other))) {
      best_other = compared;
    }
  }
  if (best_other) incoming.compared.push_back(*best_other);
  std::sort(incoming.compared.begin(), incoming.compared.end(), is_better);
}

std::optional<ComparedArticle> IndexEngine::compare_remembered(const MarkedText& text, ArticleKey key,
                                                               std::int64_t cutoff, Worker& worker) const {
  const auto counts = [&](const StoredArticle& article) {
    return is_living(article, cutoff) || living(key, cutoff).has_value();
  };
  if (worker.long_text.holds(key, moment_)) {
    if (!counts(worker.long_text.article())) return std::nullopt;
    return worker.judge.compare_with_held(key, worker.long_text.judge());
  }
  if (!read_text(key, worker.second) || !counts(worker.second.article)) return std::nullopt;
  return compare_text(text, key, worker.second, worker);
}

ComparedArticle IndexEngine::compare_text(const MarkedText& text, ArticleKey key, const MarkedText& other,
                                          Worker& worker) const {
  if (!LongText::is_worth_holding(other, text.article.tokens.size())) return worker.judge.compare(key, other);
  if (!worker.long_text.holds(key, moment_)) worker.long_text.hold(key, moment_, other);
  return worker.judge.compare_with_held(key, worker.long_text.judge());
}

ComparedArticle IndexEngine::compare(ArticleKey a, ArticleKey b) const {
  Worker& worker = workers_.local();
  ComparedArticle nothing;
  nothing.key = b;
  if (!read_text(a, worker.first) || !read_text(b, worker.second)) return nothing;
  worker.judge.load(worker.first);
  return worker.judge.compare(b, worker.second);
}

std::vector<std::string> IndexEngine::cut_passages(const Article& article,
                                                   const std::vector<TokenRange>& tokens) const {
  const Tokenizer tokenizer(parameters_.options.seed);
  TokenizerScratch scratch;
  std::string plain;
  std::vector<ByteRange> places;
  const auto read = [&](std::string_view raw) {
    const auto offset = static_cast<std::uint32_t>(plain.size());
    may_have_markup(raw) ? strip_markup(raw, plain) : static_cast<void>(plain += raw);
    plain += '\n';
    std::vector<TokenSpan> spans;
    tokenizer.tokenize_spans(raw, scratch, spans);
    for (const TokenSpan& span : spans) places.push_back({span.bytes.begin + offset, span.bytes.end + offset});
  };
  if (parameters_.options.title) read(article.title);
  read(article.text.substr(lead_in(article.text)));
  std::vector<std::string> passages;
  for (const TokenRange& range : tokens) {
    if (range.begin >= range.end || range.end > places.size()) continue;
    const std::uint32_t begin = places[range.begin].begin;
    passages.push_back(plain.substr(begin, places[range.end - 1].end - begin));
  }
  return passages;
}

std::vector<std::string> IndexEngine::shared_passages(const Article& article, std::string_view id) const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> passages;
  const std::optional<ArticleKey> key = find_id(id, cutoff_at(counters_.now));
  MarkedText other;
  if (!key || !read_text(host_of(*key), other)) return passages;
  FeedClock at = clock();
  const Batch batch = sketch(std::span(&article, 1), at);
  Worker& worker = workers_.local();
  worker.judge.load(batch.front().text);
  const std::vector<TokenRange> ranges = worker.judge.shared_ranges(other);
  return cut_passages(article, ranges);
}

}  // namespace wirecopy
