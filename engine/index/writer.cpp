// The passes that change the index, in order of arrival; for the writer alone.
#include <algorithm>

#include "base/large_memory.hpp"
#include "index/engine.hpp"

namespace wirecopy {
namespace {

/// Articles after which the heap has so many holes that giving them back pays.
constexpr std::uint64_t kBetweenReleases = 4096;

}  // namespace

Stories IndexEngine::stories() {
  return Stories({*pending_, parameters_.options, counters_.now, cutoff_at(counters_.now), generation_at(counters_.now),
                  counters_.event_generation, counters_.stories,
                  [this](ArticleKey a, ArticleKey b) { return compare(a, b); }});
}

Index::Decision IndexEngine::settle(Batch& batch, Incoming& incoming) {
  set_now(incoming.now, incoming.has_clock_started);
  StoredArticle& article = incoming.text.article;
  Index::Decision decision;
  decision.id = article.id;
  drop_who_left(incoming);
  if (incoming.is_too_old) {
    incoming.key = kNoKey;
    decision.outcome = Index::Outcome::too_old;
    describe_match(incoming, decision);
    return decision;
  }
  const std::optional<ArticleKey> known = known_version(batch, incoming);
  StoredArticle before;
  if (known) {
    static_cast<void>(read_article(*known, before));
    decision.version = before.version;
    if (before.content == article.content) {
      incoming.key = *known;
      decision.outcome = Index::Outcome::unchanged;
      decision.relation = Relation::exact;
      decision.match = article.id;
      describe_cluster(incoming, *known, decision);
      // A second article, not the same one again: a batch would remove it.
      if (incoming.is_named_by_content) {
        decision.duplicate = incoming.is_comparable && parameters_.options.drop.contains(Relation::exact);
      }
      return decision;
    }
    decision.outcome = Index::Outcome::updated;
    decision.version = article.version = before.version + 1;
    forget(*known, before);
    drop_who_left(incoming);  // its last version may have been the last to have a text that others stood for
  }
  remember(incoming, known, decision);
  return decision;
}

void IndexEngine::remember(Incoming& incoming, std::optional<ArticleKey> replaced, Index::Decision& decision) {
  StoredArticle& article = incoming.text.article;
  put_article(incoming.key, article);
  Stories::Arrival arrival{incoming.key, &article, {}, replaced};
  for (const ComparedArticle& each : incoming.compared) {
    if (each.kinship == Kinship::match) arrival.matches.push_back(each);
  }
  const bool is_satellite = stories().add(arrival);
  describe_match(incoming, decision);
  describe_cluster(incoming, incoming.key, decision);
  if (is_satellite) {
    article.tokens.clear();
    article.unposted.clear();
    put_article(incoming.key, article);
    incoming.hashes.erase(incoming.hashes.begin(), incoming.hashes.end() - 1);
    incoming.samples = 0;
  } else if (incoming.is_comparable) {
    sources_->add(article.source, article.identity, incoming.key, *pending_);
  }
  incoming.is_remembered = true;
  ++counters_.added;
  ++counters_.articles[generation_of(incoming.key)];
}

/// What came to nothing, or left meanwhile, counts no more.
void IndexEngine::drop_who_left(Incoming& incoming) const {
  const std::int64_t cutoff = cutoff_at(incoming.now);
  StoredArticle other;
  std::erase_if(incoming.compared, [&](const ComparedArticle& each) {
    return !read_head(each.key, other) || (!is_living(other, cutoff) && !living(each.key, cutoff));
  });
}

/// The article that is remembered under this id. One of the same batch may have come to nothing itself.
std::optional<ArticleKey> IndexEngine::known_version(const Batch& batch, const Incoming& incoming) const {
  if (!incoming.known) return std::nullopt;
  ArticleKey key = *incoming.known;
  if (sequence_of(key) >= first_sequence_) key = batch[sequence_of(key) - first_sequence_].key;
  StoredArticle article;
  if (key == kNoKey || !read_head(key, article) || !is_living(article, cutoff_at(incoming.now))) return std::nullopt;
  return key;
}

void IndexEngine::put_article(ArticleKey key, const StoredArticle& article) {
  pending_->put({Table::article, key, 0}, encode(article));
}

void IndexEngine::forget(ArticleKey key, StoredArticle& article) {
  ++moment_;
  article.removed = true;
  put_article(key, article);
  sources_->remove(article.source, article.identity, key, *pending_);
  if (const auto found = counters_.articles.find(generation_of(key)); found != counters_.articles.end())
    --found->second;
}

void IndexEngine::commit(const Batch& batch) {
  const std::int64_t cutoff = cutoff_at(counters_.now);
  std::vector<std::uint64_t> generations;
  for (const auto& [generation, count] : counters_.articles) generations.push_back(generation);
  const bool has_learnt = sources_->learn(
      generations,
      [&](ArticleKey key, StoredArticle& article) { return read_article(key, article) && is_living(article, cutoff); },
      *pending_);
  moment_ += has_learnt ? 1 : 0;
  write_counters();
  write();
  for (const Incoming& incoming : batch) {
    if (incoming.is_remembered) postings_->add(incoming.key, incoming.hashes, incoming.samples);
  }
  drop_old_generations();
  is_broken_ = true;
  const bool has_written = postings_->settle();
  if (is_on_disk_ && (has_written || counters_.added >= released_at_ + kBetweenReleases)) {
    release_free_memory();
    released_at_ = counters_.added;
  }
  is_broken_ = false;
}

}  // namespace wirecopy
