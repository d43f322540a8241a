#include "index/writer.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <wirecopy/error.hpp>

#include "base/large_memory.hpp"
#include "index/article_records.hpp"
#include "index/meta_keys.hpp"
#include "index/records.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {
namespace {

/// Articles after which the heap has so many holes that giving them back pays.
constexpr std::uint64_t kBetweenReleases = 4096;

/// A change that leaves the index broken unless it is completed.
class Change {
 public:
  explicit Change(bool& is_broken) : is_broken_(is_broken) { is_broken_ = true; }
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;
  void complete() { is_broken_ = false; }

 private:
  bool& is_broken_;
};

}  // namespace

void IndexWriter::create(std::string model) {
  if (!model.empty()) contents_.pending.put(kModelKey, std::move(model));
  contents_.pending.put(kParametersKey, encode(contents_.parameters));
  write();
  contents_.store.flush();
}

void IndexWriter::load() {
  std::string bytes;
  contents_.sources.load(contents_.store);
  if (!contents_.store.get(kCountersKey, bytes)) {
    throw Error(ErrorKind::state, "the index is damaged: it has no counters");
  }
  contents_.counters = decode_counters(bytes);
  if (contents_.store.get(kClockKey, bytes)) {
    contents_.clock = decode_feed_clock(bytes);
  } else {
    contents_.clock.has_started = contents_.counters.now > 0;
  }
  set_now(contents_.counters.now, !settings_.feed_clock || contents_.clock.has_started);
  contents_.postings.load();
  drop_old_generations();
  restore_postings();
}

// What is in no segment yet is read off the articles: the same postings as when they were added.
void IndexWriter::restore_postings() {
  StoredArticle article;
  std::vector<std::uint64_t> hashes;
  for (const auto& [generation, count] : contents_.counters.articles) {
    const ArticleKey last = contents_.postings.last_in_segments(generation);
    const ArticleKey first = last == kNoKey ? ArticleKey(make_key(generation, 0)) : last + 1;
    contents_.store.scan({Table::article, first, 0}, {Table::article, make_key(generation + 1, 0), 0},
                         [&](const Key& key, std::string_view bytes) {
                           if (key.minor != 0) return true;  // a text apart from its head
                           decode(bytes, article);
                           if (article.is_text_apart) {
                             read_text_apart(contents_.pending, ArticleKey(key.major), article);
                           }
                           hashes.clear();
                           const std::size_t samples = arrivals_.append_postings(article, hashes);
                           contents_.postings.add(ArticleKey(key.major), hashes, samples);
                           return true;
                         });
  }
}

// Events are read in the order of their generations, so these may not fall. A feed clock may go back until it has
// started; what happens until then comes before all generations.
void IndexWriter::set_now(std::int64_t now, bool has_clock_started) {
  contents_.counters.now = now;
  event_generation_ = has_clock_started ? contents_.generation_at(now) : 0;
}

void IndexWriter::keep_clock(const FeedClock& clock) {
  if (!settings_.feed_clock) return;
  std::string state = encode(clock.state());
  if (state != encode(contents_.clock)) contents_.pending.put(kClockKey, std::move(state));
  contents_.clock = clock.state();
}

std::vector<Index::Decision> IndexWriter::add(std::span<const Article> articles) {
  if (articles.empty()) return {};
  for (const Article& article : articles) check_sizes(article);  // before anything is remembered of any
  IndexCounters& counters = contents_.counters;
  for (const Article& article : articles) contents_.sources.intern(article.source);
  FeedClock clock = lookup_.clock();
  Batch batch = lookup_.sketch(articles, clock);
  lookup_.look_up(batch);
  first_sequence_ = counters.next_sequence;
  for (Incoming& incoming : batch) {
    incoming.key = ArticleKey(make_key(contents_.generation_at(incoming.text.article.time), counters.next_sequence++));
  }
  if (counters.next_sequence >= kMaxSequences) throw Error(ErrorKind::resources, "the index is full");
  lookup_.look_up_within(batch);
  lookup_.judge(batch);

  Change change(is_broken_);
  std::vector<Index::Decision> decisions;
  decisions.reserve(batch.size());
  for (Incoming& incoming : batch) decisions.push_back(settle(batch, incoming));
  keep_clock(clock);
  commit(batch);
  change.complete();
  return decisions;
}

bool IndexWriter::remove(std::string_view id) {
  const std::optional<ArticleKey> key = view_.find_id(id, contents_.cutoff());
  StoredArticle article;
  if (!key || !view_.read_article(*key, article)) return false;
  Change change(is_broken_);
  forget(*key, article);
  stories(nullptr).remove(*key);
  write();
  change.complete();
  return true;
}

std::uint64_t IndexWriter::expire(std::int64_t before) {
  IndexCounters& counters = contents_.counters;
  const std::size_t generations = counters.articles.size();
  Change change(is_broken_);
  counters.before = std::max(counters.before, before);
  write();
  drop_old_generations();
  change.complete();
  return generations - counters.articles.size();
}

Stories IndexWriter::stories(const Incoming* arriving) {
  IndexCounters& counters = contents_.counters;
  return Stories({contents_.pending, contents_.parameters.options, counters.now, contents_.cutoff(),
                  contents_.generation_at(counters.now), event_generation_, counters.stories,
                  [this](std::uint32_t source) -> const std::string& { return contents_.sources.name(source); },
                  [this, arriving](ArticleKey a, ArticleKey b) {
                    return arriving == nullptr ? lookup_.compare(a, b) : lookup_.compare(a, b, *arriving);
                  }});
}

Index::Decision IndexWriter::settle(Batch& batch, Incoming& incoming) {
  set_now(incoming.now, incoming.has_clock_started);
  StoredArticle& article = incoming.text.article;
  Index::Decision decision;
  decision.id = article.id;
  drop_who_left(incoming);
  if (incoming.is_too_old) {
    incoming.key = kNoKey;
    decision.outcome = Index::Outcome::too_old;
    lookup_.describe_match(incoming, decision);
    return decision;
  }
  const std::optional<ArticleKey> known = known_version(batch, incoming);
  StoredArticle before;
  if (known) {
    static_cast<void>(view_.read_article(*known, before));
    decision.version = before.version;
    if (before.content == article.content) {
      incoming.key = *known;
      decision.outcome = Index::Outcome::unchanged;
      decision.relation = Relation::exact;
      decision.match = article.id;
      lookup_.describe_cluster(incoming, *known, decision);
      // A second article, not the same one again: a batch would remove it.
      if (incoming.is_named_by_content) {
        decision.duplicate = incoming.is_comparable && contents_.parameters.options.drop.contains(Relation::exact);
      }
      return decision;
    }
    decision.outcome = Index::Outcome::updated;
    decision.version = article.version = before.version + 1;
    forget(*known, before);
    drop_who_left(incoming);  // its last version may have been the last to have a text that others represented
  }
  remember(incoming, known, decision);
  return decision;
}

// The record is encoded once, when it is known who keeps the text.
void IndexWriter::remember(Incoming& incoming, std::optional<ArticleKey> replaced, Index::Decision& decision) {
  StoredArticle& article = incoming.text.article;
  Stories::Arrival arrival{incoming.key, &article, {}, replaced};
  for (const ComparedArticle& each : incoming.compared) {
    if (each.kinship == Kinship::match) arrival.matches.push_back(each);
  }
  const Stories::Added added = stories(&incoming).add(arrival);
  if (added.is_duplicate) {
    put_article(incoming.key, without_tokens(article));
    incoming.hashes.erase(incoming.hashes.begin(), incoming.hashes.end() - 1);
    incoming.samples = 0;
  } else {
    put_article(incoming.key, article);
    if (incoming.is_comparable) {
      contents_.sources.add(article.source, article.identity, incoming.key, contents_.pending);
    }
  }
  lookup_.describe_match(incoming, decision);
  if (added.story) lookup_.describe_cluster(incoming, *added.story, added.representative, decision);
  incoming.is_remembered = true;
  ++contents_.counters.added;
  ++contents_.counters.articles[generation_of(incoming.key)];
}

/// What came to nothing, or left meanwhile, counts no more.
void IndexWriter::drop_who_left(Incoming& incoming) const {
  const std::int64_t cutoff = contents_.cutoff_at(incoming.now);
  StoredArticle other;
  std::erase_if(incoming.compared, [&](const ComparedArticle& each) {
    return !view_.read_head(each.key, other) || (!view_.is_living(other, cutoff) && !view_.living(each.key, cutoff));
  });
}

/// The article that is remembered under this id. One of the same batch may have come to nothing itself.
std::optional<ArticleKey> IndexWriter::known_version(const Batch& batch, const Incoming& incoming) const {
  if (!incoming.known) return std::nullopt;
  ArticleKey key = *incoming.known;
  if (sequence_of(key) >= first_sequence_) key = batch[sequence_of(key) - first_sequence_].key;
  StoredArticle article;
  if (key == kNoKey || !view_.read_head(key, article) || !view_.is_living(article, contents_.cutoff_at(incoming.now)))
    return std::nullopt;
  return key;
}

void IndexWriter::put_article(ArticleKey key, const StoredArticle& article) {
  wirecopy::put_article(contents_.pending, key, article);
}

void IndexWriter::forget(ArticleKey key, StoredArticle& article) {
  ++contents_.text_version;
  article.removed = true;
  put_article(key, article);
  contents_.sources.remove(article.source, article.identity, key, contents_.pending);
  if (const auto found = contents_.counters.articles.find(generation_of(key));
      found != contents_.counters.articles.end())
    --found->second;
}

void IndexWriter::commit(const Batch& batch) {
  const std::int64_t cutoff = contents_.cutoff();
  std::vector<std::uint64_t> generations;
  for (const auto& [generation, count] : contents_.counters.articles) generations.push_back(generation);
  const bool has_learned = contents_.sources.learn(
      generations,
      [&](ArticleKey key, StoredArticle& article) {
        return view_.read_article(key, article) && view_.is_living(article, cutoff);
      },
      contents_.pending);
  contents_.text_version += has_learned ? 1 : 0;
  write();
  for (const Incoming& incoming : batch) {
    if (incoming.is_remembered) contents_.postings.add(incoming.key, incoming.hashes, incoming.samples);
  }
  drop_old_generations();
  const bool has_written = contents_.postings.settle();
  if (is_on_disk_ && (has_written || contents_.counters.added >= released_at_ + kBetweenReleases)) {
    release_free_memory();
    released_at_ = contents_.counters.added;
  }
}

void IndexWriter::write() {
  contents_.pending.put(kCountersKey, encode(contents_.counters));
  contents_.store.write(contents_.pending.take());
}

void IndexWriter::drop_old_generations() {
  IndexCounters& counters = contents_.counters;
  const std::uint64_t oldest = contents_.generation_at(contents_.cutoff());
  if (counters.articles.empty() || counters.articles.begin()->first >= oldest) return;
  counters.articles.erase(counters.articles.begin(), counters.articles.lower_bound(oldest));
  contents_.postings.drop_before(oldest);
  contents_.sources.drop_before(oldest);
  if (settings_.read_only) return;
  contents_.store.sync();  // that they are forgotten must be on the disk before they are gone
  contents_.store.drop_before(make_key(oldest, 0));
}

}  // namespace wirecopy
