#include "index/lookup.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "cluster/clustering.hpp"
#include "corpus/article_reader.hpp"
#include "index/passages.hpp"
#include "lsh/sample_hits.hpp"

namespace wirecopy {
namespace {

/// Texts that an article is compared with: those that share most sampled shingles.
constexpr std::size_t kMaxCandidates = 32;
constexpr std::uint32_t kEqualContent = UINT32_MAX;
/// Articles of a batch run that are looked up at once.
constexpr std::size_t kSlice = 1000;

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

Batch Lookup::sketch(std::span<const Article> articles, FeedClock& clock) const {
  Batch batch(articles.size());
  std::int64_t now = contents_.counters.now;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const Article& article = articles[i];
    now = settings_.feed_clock ? clock.arrive(article.published, article.source) : std::max(now, arrival_of(article));
    batch[i].now = now;
    batch[i].has_clock_started = !settings_.feed_clock || clock.state().has_started;
  }
  workers_.for_all(batch.size(), 16,
                   [&](std::size_t i, IndexWorker& worker) { arrivals_.sketch(articles[i], batch[i], worker); });
  return batch;
}

std::vector<std::optional<KnownCopy>> Lookup::find_copies(const Corpus& corpus, std::span<const ArticleId> articles,
                                                          const Options& options) const {
  check_same_texts(contents_.parameters.options, options);
  std::vector<std::optional<KnownCopy>> copies(articles.size());
  oneapi::tbb::enumerable_thread_specific<ArticleReader> readers([&corpus] { return ArticleReader(corpus); });
  for (std::size_t first = 0; first < articles.size(); first += kSlice) {
    Batch batch(std::min(kSlice, articles.size() - first));
    workers_.for_all(batch.size(), 16, [&](std::size_t i, IndexWorker&) {
      const ArticleId article = articles[first + i];
      batch[i].now = contents_.counters.now;
      arrivals_.take_sketch(corpus, article, readers.local().sample(article), batch[i]);
    });
    look_up(batch);
    workers_.for_all(batch.size(), 16, [&](std::size_t i, IndexWorker& worker) {
      judge(batch, batch[i], worker);
      copies[first + i] = known_copy(batch[i], options);
    });
  }
  return copies;
}

/// The best match for which a batch would remove the article.
std::optional<KnownCopy> Lookup::known_copy(const Incoming& incoming, const Options& options) const {
  const std::int64_t cutoff = contents_.cutoff_at(incoming.now);
  for (const ComparedArticle& each : incoming.compared) {
    if (each.kinship != Kinship::match || !may_be_removed(options.drop, each.relation, each.similarity)) continue;
    const std::optional<ArticleKey> match = view_.living(each.key, cutoff);
    StoredArticle article;
    if (!match || !view_.read_head(*match, article)) continue;
    return KnownCopy{article.id, cluster_name(view_.cluster_number_of(*match)), each.relation, each.similarity};
  }
  return std::nullopt;
}

void Lookup::look_up(Batch& batch) const {
  std::vector<std::uint64_t> hashes;
  std::vector<std::size_t> firsts;
  for (const Incoming& incoming : batch) {
    firsts.push_back(hashes.size());
    if (batch.size() > 1) hashes.insert(hashes.end(), incoming.hashes.begin(), incoming.hashes.end());
  }
  BatchFilter filter = contents_.postings.batch_filter(hashes);
  workers_.for_all(filter.tasks(), 16, [&](std::size_t task, IndexWorker&) { filter.do_task(task); });
  workers_.for_all(batch.size(), 16,
                   [&](std::size_t i, IndexWorker& worker) { look_up(batch[i], filter, firsts[i], worker); });
}

void Lookup::look_up(Incoming& incoming, const BatchFilter& filter, std::size_t first, IndexWorker& worker) const {
  const std::size_t samples = incoming.samples;
  const std::size_t content = incoming.is_comparable ? samples : SIZE_MAX;
  const std::int64_t cutoff = contents_.cutoff();
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
  contents_.postings.find(incoming.hashes, use, filter, first);
  for (const ArticleKey key : named) {
    if (!view_.read_head(key, worker.second.article)) continue;
    const StoredArticle& article = worker.second.article;
    if (article.id != incoming.text.article.id || !view_.is_living(article, cutoff)) continue;
    if (!incoming.known || *incoming.known < key) incoming.known = key;
  }
  add_candidates(incoming, worker.hits);
}

// In order, so that an article meets those before it, as if they had come one by one.
void Lookup::look_up_within(Batch& batch) const {
  if (batch.size() < 2) return;
  PostingTable within{ArticleKey()};  // by position in the batch
  std::vector<PostingHit> hits;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    Incoming& incoming = batch[i];
    const std::size_t content = incoming.is_comparable ? incoming.samples : SIZE_MAX;
    hits.clear();
    within.find(incoming.hashes, [&](std::size_t h, ArticleKey at) {
      const Incoming& other = batch[at.number()];
      if (h < incoming.samples) {
        hits.push_back({other.key, static_cast<std::uint32_t>(other.samples)});
      } else if (h == content) {
        incoming.candidates.push_back({other.key, kEqualContent});
      } else if (other.text.article.id == incoming.text.article.id) {
        incoming.known = other.key;
      }
    });
    add_candidates(incoming, hits);
    for (const std::uint64_t hash : incoming.hashes) within.add(hash, ArticleKey(i));
  }
}

void Lookup::add_candidates(Incoming& incoming, std::vector<PostingHit>& hits) const {
  std::sort(hits.begin(), hits.end(), [](const PostingHit& a, const PostingHit& b) { return a.key < b.key; });
  for (std::size_t begin = 0, end = 0; begin < hits.size(); begin = end) {
    while (end < hits.size() && hits[end].key == hits[begin].key) ++end;
    const auto count = static_cast<std::uint32_t>(end - begin);
    if (has_enough_hits(count, incoming.samples, hits[begin].samples, contents_.parameters.options.threshold)) {
      incoming.candidates.push_back({hits[begin].key, count});
    }
  }
  if (incoming.candidates.size() <= kMaxCandidates) return;
  std::sort(incoming.candidates.begin(), incoming.candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.hits != b.hits ? a.hits > b.hits : a.key > b.key; });
  incoming.candidates.resize(kMaxCandidates);
}

void Lookup::judge(Batch& batch) const {
  workers_.for_all(batch.size(), 16, [&](std::size_t i, IndexWorker& worker) { judge(batch, batch[i], worker); });
}

void Lookup::judge(const Batch& batch, Incoming& incoming, IndexWorker& worker) const {
  if (incoming.candidates.empty()) return;
  std::sort(incoming.candidates.begin(), incoming.candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.key < b.key; });
  const std::uint64_t first = batch.front().key == kNoKey ? UINT64_MAX : sequence_of(batch.front().key);
  const std::int64_t cutoff = contents_.cutoff();
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

std::optional<ComparedArticle> Lookup::compare_remembered(const MarkedText& text, ArticleKey key, std::int64_t cutoff,
                                                          IndexWorker& worker) const {
  const auto counts = [&](const StoredArticle& article) {
    return view_.is_living(article, cutoff) || view_.living(key, cutoff).has_value();
  };
  if (worker.long_text.holds(key, contents_.text_version)) {
    if (!counts(worker.long_text.article())) return std::nullopt;
    return worker.judge.compare_with_held(key, worker.long_text.judge());
  }
  if (!view_.read_text(key, worker.second) || !counts(worker.second.article)) return std::nullopt;
  return compare_text(text, key, worker.second, worker);
}

ComparedArticle Lookup::compare_text(const MarkedText& text, ArticleKey key, const MarkedText& other,
                                     IndexWorker& worker) const {
  if (!LongText::is_worth_holding(other, text.article.tokens.size())) return worker.judge.compare(key, other);
  if (!worker.long_text.holds(key, contents_.text_version)) worker.long_text.hold(key, contents_.text_version, other);
  return worker.judge.compare_with_held(key, worker.long_text.judge());
}

ComparedArticle Lookup::compare(const MarkedText& a, ArticleKey key, const MarkedText& b, IndexWorker& worker) {
  worker.judge.load(a);
  return worker.judge.compare(key, b);
}

ComparedArticle Lookup::compare(ArticleKey a, ArticleKey b) const {
  IndexWorker& worker = workers_.local();
  ComparedArticle nothing;
  nothing.key = b;
  if (!view_.read_text(a, worker.first) || !view_.read_text(b, worker.second)) return nothing;
  return compare(worker.first, b, worker.second, worker);
}

ComparedArticle Lookup::compare(ArticleKey a, ArticleKey b, const Incoming& arriving) const {
  if (a != arriving.key && b != arriving.key) return compare(a, b);
  IndexWorker& worker = workers_.local();
  ComparedArticle nothing;
  nothing.key = b;
  if (!view_.read_text(a == arriving.key ? b : a, worker.second)) return nothing;
  return a == arriving.key ? compare(arriving.text, b, worker.second, worker)
                           : compare(worker.second, b, arriving.text, worker);
}

void Lookup::describe_match(const Incoming& incoming, Index::Decision& decision) const {
  if (incoming.compared.empty()) return;
  const std::int64_t cutoff = contents_.cutoff_at(incoming.now);
  for (const ComparedArticle& best : incoming.compared) {
    const std::optional<ArticleKey> match = view_.living(best.key, cutoff);
    StoredArticle article;
    if (!match || !view_.read_head(*match, article)) continue;
    decision.relation = best.relation;
    decision.match = article.id;
    decision.similarity = best.similarity;
    const bool is_member = best.kinship == Kinship::match && incoming.key == kNoKey;
    if (is_member) describe_cluster(incoming, *match, decision);
    return;
  }
}

void Lookup::describe_cluster(const Incoming& incoming, ArticleKey member, Index::Decision& decision) const {
  const ArticleKey representative = view_.representative_of(member);
  if (const std::optional<Story> story = view_.story_of(representative)) {
    describe_cluster(incoming, *story, representative, decision);
  } else if (StoredArticle article; incoming.key == kNoKey && view_.read_head(member, article)) {
    decision.canonical = article.id;
  }
}

void Lookup::describe_cluster(const Incoming& incoming, const Story& story, ArticleKey representative,
                              Index::Decision& decision) const {
  const auto node = std::find_if(story.nodes.begin(), story.nodes.end(),
                                 [representative](const StoryNode& each) { return each.key == representative; });
  if (node == story.nodes.end() || node->cluster == kNoCluster) return;
  const std::int64_t cutoff = contents_.cutoff_at(incoming.now);
  const std::vector<const StoryNode*> nodes = IndexView::nodes_of(story, node->cluster, cutoff);
  if (nodes.empty()) return;
  const StoryNode& canonical = view_.canonical_of(nodes);
  const ArticleKey kept = view_.living(canonical.key, cutoff).value_or(canonical.key);
  StoredArticle article;
  if (!view_.read_head(kept, article)) return;
  decision.cluster = cluster_name(node->cluster);
  decision.canonical = article.id;
  decision.duplicate = kept != incoming.key && is_duplicate(incoming, canonical);
}

bool Lookup::is_duplicate(const Incoming& incoming, const StoryNode& canonical) const {
  const Options& options = contents_.parameters.options;
  if (canonical.content == incoming.text.article.content) return options.drop.contains(Relation::exact);
  const auto known = std::find_if(incoming.compared.begin(), incoming.compared.end(),
                                  [&](const ComparedArticle& each) { return each.key == canonical.key; });
  ComparedArticle compared;
  if (known != incoming.compared.end()) {
    compared = *known;
  } else {
    IndexWorker& worker = workers_.local();
    worker.judge.load(incoming.text);
    const auto found = compare_remembered(incoming.text, canonical.key, contents_.cutoff_at(incoming.now), worker);
    if (!found) return false;
    compared = *found;
  }
  return compared.kinship == Kinship::match && may_be_removed(options.drop, compared.relation, compared.similarity);
}

std::vector<Index::Decision> Lookup::query(std::span<const Article> articles) const {
  FeedClock at = clock();
  Batch batch = sketch(articles, at);
  std::vector<Index::Decision> decisions(batch.size());
  look_up(batch);
  workers_.for_all(batch.size(), 16, [&](std::size_t i, IndexWorker& worker) {
    judge(batch, batch[i], worker);
    decisions[i].id = batch[i].text.article.id;
    decisions[i].outcome = Index::Outcome::queried;
    describe_match(batch[i], decisions[i]);
  });
  return decisions;
}

std::int64_t Lookup::arrival_of(const Article& article) const {
  if (settings_.clock) return settings_.clock(article);
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::vector<std::string> Lookup::shared_passages(const Article& article, std::string_view id) const {
  std::vector<std::string> passages;
  const std::optional<ArticleKey> key = view_.find_id(id, contents_.cutoff());
  MarkedText other;
  if (!key || !view_.read_text(view_.representative_of(*key), other)) return passages;
  FeedClock at = clock();
  const Batch batch = sketch(std::span(&article, 1), at);
  IndexWorker& worker = workers_.local();
  worker.judge.load(batch.front().text);
  const std::vector<TokenRange> ranges = worker.judge.shared_ranges(other);
  return cut_passages(article, ranges, contents_.parameters.options);
}

}  // namespace wirecopy
