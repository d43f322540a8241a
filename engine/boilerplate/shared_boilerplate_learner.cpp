// Problem. "All rights reserved", an agency's disclaimer, the footer of a group of eighty local papers: text that
// unrelated stories share across sources, none of which may have enough articles to learn it from. Counts of articles
// or of sources do not tell it from a story that 500 outlets run, nor from the quotation that everybody has that day.
//
// Idea. Count stories again (see learner.cpp), this time over a sample of the whole feed, and ask for several sources.
// A phrase of three words is an idiom as soon as the whole feed is looked at ("one of the"), so what is counted are
// passages of eight words; their shingles are what is learned.
//
// Which articles are one story? Nothing is too common to say so here: a story of 500 outlets is as common as a
// disclaimer. But its copies share most of their text, or a good part of it and the words of their titles; and articles
// that share a quotation are about the same, so that the rest of their texts has rare words in common, while pages that
// share a disclaimer have nothing else. On a real day, quotations and background paragraphs in 12 to 38 articles
// came from up to 24 stories without a look at rare words, and from up to 7 with it.
//
// Comparing all holders of a shingle is quadratic, and not needed: each is compared with the one before it in order of
// identity, for each of its shingles. Articles of one story become connected through many shingles, and a story that
// falls apart into a few all the same is caught by `least_share`.
//
// Right because: the articles that contain such a passage are stories of their own unless it is most of what they say,
// where no text can tell it from a story; a story's holders are few stories. Both errors leave text in rather than out.
// Everything depends on contents and identities only.
//
// Cost. The keys counted first are pairs of samples that follow each other in an article: of a block of 12 shingles
// 76 % have such a pair, of 24 shingles 98 %, and idioms hardly any. (Of what floods the feed one sample is enough.)
// Pairs are counted where both samples are frequent, which leaves few.
// Only articles with a frequent pair are looked at further, and only around it. The sample bounds all of it, whatever
// the size of the feed.
#include "boilerplate/shared_boilerplate_learner.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "base/hash.hpp"
#include "base/prefetch.hpp"
#include "base/radix_sort.hpp"
#include "base/spread.hpp"
#include "base/union_find.hpp"
#include "boilerplate/title_overlap.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// Shingles on both sides of a frequent pair of samples that may belong to its passage.
constexpr std::size_t kReach = 24;
// A share that samples put as near as this to what is required, or that so few samples tell, is looked at shingle by
// shingle.
constexpr double kDoubt = 0.2;
constexpr std::size_t kFewSamples = 20;
// Counters of words: enough for the vocabulary of forty languages, so that few words meet by chance.
constexpr std::size_t kWordCounts = std::size_t{1} << 20;
// With fewer rare words of its own an article has no topic that could be compared.
constexpr std::size_t kLeastTopic = 12;
// In a small feed the words of a topic are a good part of all: a word that occurs no more often is rare anyway.
constexpr double kLeastOfCommonWord = 8;

// A single sample in this many articles of the sample is suspicious by itself: of a short footer it may be the only
// one.
constexpr std::uint8_t kFlood = 250;

std::uint64_t pair_key(std::uint64_t first, std::uint64_t second) { return mix64(first + 3 * second); }

/// `key`: its low bits are uniform.
void count(std::span<std::uint8_t> counts, std::uint64_t key) {
  std::uint8_t& entry = counts[key & (counts.size() - 1)];
  entry += entry != std::numeric_limits<std::uint8_t>::max();
}

/// A table that counts `keys` keys, few of which meet by chance.
void reset(std::pmr::vector<std::uint8_t>& counts, std::size_t keys) { counts.assign(std::bit_ceil(4 * keys + 64), 0); }

/// Equal keys keep their order.
template <typename T, typename Key>
void sort_by(std::pmr::vector<T>& items, Key key) {
  LargeArray<T> scratch(items.size(), items.get_allocator().resource());
  radix_sort(std::span(items), std::span(scratch), key);
}

/// The part of `all` that belongs to an article, where each one's part ends at its entry of `ends`.
std::span<const std::uint64_t> slice(std::span<const std::uint64_t> all, const std::vector<std::size_t>& ends,
                                     std::uint32_t article) {
  const std::size_t begin = article == 0 ? 0 : ends[article - 1];
  return all.subspan(begin, ends[article] - begin);
}

/// Appends the distinct ones of `all`; `members` are these then.
void append_distinct(std::span<const std::uint64_t> all, std::pmr::vector<std::uint64_t>& distinct,
                     CountTable& members) {
  members.reset(2 * all.size());
  for (const std::uint64_t each : all) {
    if (!members.contains(each)) distinct.push_back(each);
    members.add(each, 0);
  }
}

/// Share of the smaller of two sets that is in the other; 0 if one is empty. `members_of_y` are y again.
double overlap(std::span<const std::uint64_t> x, std::span<const std::uint64_t> y, const CountTable& members_of_y) {
  const auto is_in_y = [&](std::uint64_t each) { return members_of_y.contains(each); };
  return static_cast<double>(std::count_if(x.begin(), x.end(), is_in_y)) /
         static_cast<double>(std::max<std::size_t>(1, std::min(x.size(), y.size())));
}

}  // namespace

std::vector<ArticleId> choose_shared_sample(const Corpus& corpus, const SharedBoilerplateRule& rule,
                                            std::span<const ArticleId> articles) {
  const auto zeros = [&](ArticleId article) { return std::countl_zero(corpus.record(article).identity); };
  std::vector<std::size_t> with_zeros(65, 0);
  for (const ArticleId article : articles) ++with_zeros[static_cast<std::size_t>(zeros(article))];
  int least = 64;
  for (std::size_t total = with_zeros[64]; least > 0; --least) {
    total += with_zeros[static_cast<std::size_t>(least - 1)];
    if (total > rule.sample) break;
  }
  std::vector<ArticleId> sample;
  for (const ArticleId article : articles) {
    if (zeros(article) >= least) sample.push_back(article);
  }
  std::sort(sample.begin(), sample.end(),
            [&](ArticleId a, ArticleId b) { return corpus.record(a).identity < corpus.record(b).identity; });
  return sample;
}

std::vector<std::uint64_t> SharedBoilerplateLearner::learn(std::span<const ArticleId> articles) {
  find_holders(articles);
  if (holders_.size() < rule_.least_stories) return {};
  gather_passages();
  if (passages_.empty()) return {};
  count_words(articles);
  find_stories();
  sort_by(passages_, [](const Passage& passage) { return passage.hash; });

  std::vector<std::uint64_t> learned;
  for (std::size_t begin = 0, end = 0; begin < passages_.size(); begin = end) {
    while (end < passages_.size() && passages_[end].hash == passages_[begin].hash) ++end;
    if (!is_shared(std::span(passages_).subspan(begin, end - begin))) continue;
    const Passage& passage = passages_[begin];
    shingle(compared_tokens(holders_[passage.holder]).subspan(passage.token, passage.tokens), words_, learned);
  }
  std::sort(learned.begin(), learned.end());
  learned.erase(std::unique(learned.begin(), learned.end()), learned.end());
  return learned;
}

void SharedBoilerplateLearner::find_holders(std::span<const ArticleId> articles) {
  count_samples(articles);
  count_pairs(articles);
  const auto are_frequent = [&](std::uint64_t a, std::uint64_t b) { return is_frequent(a, b); };
  const auto is_everywhere = [&](std::uint64_t each) { return is_flood(each); };
  holders_.clear();
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const std::span<const std::uint64_t> sample = sample_of(articles, i);
    const bool is_holder = std::adjacent_find(sample.begin(), sample.end(), are_frequent) != sample.end() ||
                           std::any_of(sample.begin(), sample.end(), is_everywhere);
    if (is_holder) holders_.push_back(articles[i]);
  }
}

// In order of identity, articles come from all over the corpus.
std::span<const std::uint64_t> SharedBoilerplateLearner::sample_of(std::span<const ArticleId> articles,
                                                                   std::size_t i) const {
  constexpr std::size_t kAhead = 4;
  if (i + kAhead < articles.size()) prefetch(corpus_.sample(articles[i + kAhead]));
  if (corpus_.record(articles[i]).text_tokens < rule_.least_tokens) return {};
  return corpus_.sample(articles[i]);
}

void SharedBoilerplateLearner::count_samples(std::span<const ArticleId> articles) {
  std::size_t total = 0;
  for (const ArticleId article : articles) total += corpus_.sample(article).size();
  sample_counts_.assign(std::bit_ceil(total + 64), 0);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (const std::uint64_t each : sample_of(articles, i)) count(sample_counts_, each);
  }
}

// A pair is no more frequent than its samples, which fit into a cache: few pairs are counted.
void SharedBoilerplateLearner::count_pairs(std::span<const ArticleId> articles) {
  std::pmr::vector<std::uint64_t> keys(memory_);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const std::span<const std::uint64_t> sample = sample_of(articles, i);
    for (std::size_t at = 1; at < sample.size(); ++at) {
      if (may_be_frequent(sample[at - 1], sample[at])) keys.push_back(pair_key(sample[at - 1], sample[at]));
    }
  }
  reset(counts_, keys.size());
  for (const std::uint64_t key : keys) count(counts_, key);
}

std::uint8_t SharedBoilerplateLearner::articles_with(std::uint64_t sample) const {
  return sample_counts_[sample & (sample_counts_.size() - 1)];
}

bool SharedBoilerplateLearner::may_be_frequent(std::uint64_t first, std::uint64_t second) const {
  return std::min(articles_with(first), articles_with(second)) >= rule_.least_stories;
}

bool SharedBoilerplateLearner::is_frequent(std::uint64_t first, std::uint64_t second) const {
  return may_be_frequent(first, second) &&
         counts_[pair_key(first, second) & (counts_.size() - 1)] >= rule_.least_stories;
}

bool SharedBoilerplateLearner::is_flood(std::uint64_t sample) const { return articles_with(sample) >= kFlood; }

void SharedBoilerplateLearner::gather_passages() {
  passages_.clear();
  for (Holder holder = 0; holder < holders_.size(); ++holder) gather_passages_of(holder);
  drop_rare_passages();
}

void SharedBoilerplateLearner::gather_passages_of(Holder holder) {
  find_regions(holders_[holder]);
  auto region = regions_.begin();
  const auto add = [&](std::uint64_t hash, std::size_t token, std::size_t count) {
    while (region != regions_.end() && token >= region->end) ++region;
    if (region == regions_.end() || token < region->begin) return;
    passages_.push_back({hash, holder, static_cast<std::uint32_t>(token), static_cast<std::uint32_t>(count)});
  };
  if (!regions_.empty()) for_each_shingle(compared_tokens(holders_[holder]), rule_.words, add);
}

// An article's samples are a subsequence of its shingles, so one walk over both finds their positions.
void SharedBoilerplateLearner::find_regions(ArticleId article) {
  const std::span<const std::uint64_t> sample = corpus_.sample(article);
  shingles_.clear();
  regions_.clear();
  shingle(compared_tokens(article), words_, shingles_);
  std::size_t next = 0, before = 0;  // the next sample; the position of the one before it
  for (std::size_t position = 0; position < shingles_.size() && next < sample.size(); ++position) {
    if (shingles_[position] != sample[next]) continue;
    if (next > 0 && is_frequent(sample[next - 1], sample[next])) {
      add_region(before, std::min(position, before + kReach));
      add_region(std::max(before, position - std::min(position, kReach)), position);
    }
    if (is_flood(sample[next])) add_region(position, position);
    before = position;
    ++next;
  }
}

void SharedBoilerplateLearner::add_region(std::size_t first, std::size_t last) {
  const std::size_t begin = first - std::min(first, kReach), end = last + kReach + 1;
  if (!regions_.empty() && begin <= regions_.back().end) {
    regions_.back().end = std::max(regions_.back().end, end);
  } else {
    regions_.push_back({begin, end});
  }
}

// Counted part by part of the table of counts, as a sample of giants makes that larger than a cache, and than memory.
void SharedBoilerplateLearner::drop_rare_passages() {
  constexpr std::size_t kPart = std::size_t{1} << 22, kPiece = std::size_t{16} << 10;
  struct Place {
    std::uint32_t in_part;
    std::uint32_t passage;
  };
  const std::size_t places = std::bit_ceil(4 * passages_.size() + 64);
  PiecePool pool(memory_, kPiece, kPiece);
  Spread<Place> spread((places + kPart - 1) / kPart);
  for (std::size_t i = 0; i < passages_.size(); ++i) {
    const std::size_t at = passages_[i].hash & (places - 1);
    spread.add(at / kPart, {static_cast<std::uint32_t>(at % kPart), static_cast<std::uint32_t>(i)}, pool);
  }
  std::vector<bool> is_rare(passages_.size());
  for (std::size_t part = 0; part * kPart < places; ++part) {
    counts_.assign(std::min(places, kPart), 0);
    spread.for_each(part, [&](const Place& place) { count(counts_, place.in_part); });
    spread.for_each(part,
                    [&](const Place& place) { is_rare[place.passage] = counts_[place.in_part] < rule_.least_stories; });
    spread.release(part, pool);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < passages_.size(); ++i) {
    if (!is_rare[i]) passages_[kept++] = passages_[i];
  }
  passages_.resize(kept);
}

// Words are shingles of one word, so that scripts without spaces have them too. They count as often as they occur, in
// one article of four: that is enough to tell a common word.
void SharedBoilerplateLearner::count_words(std::span<const ArticleId> articles) {
  constexpr std::size_t kStep = 4;
  counts_.assign(kWordCounts, 0);
  for (std::size_t i = 0; i < articles.size(); i += kStep) {
    for_each_shingle(compared_tokens(articles[i]), 1,
                     [&](std::uint64_t word, std::size_t, std::size_t) { count(counts_, word); });
  }
  most_of_rare_word_ =
      std::clamp(rule_.rare_words * static_cast<double>(articles.size()) / kStep, kLeastOfCommonWord, 254.0);
}

void SharedBoilerplateLearner::find_stories() {
  samples_.clear(), sample_ends_.clear();
  topics_.clear(), topic_ends_.clear();
  std::size_t total = 0;
  for (const ArticleId article : holders_) total += corpus_.sample(article).size();
  holders_by_sample_.reset(total);
  UnionFind stories(static_cast<std::uint32_t>(holders_.size()));
  std::span<const Passage> passages = passages_;
  for (Holder holder = 0; holder < holders_.size(); ++holder) {
    const auto is_other = [holder](const Passage& passage) { return passage.holder != holder; };
    const auto end = std::find_if(passages.begin(), passages.end(), is_other);
    append_samples(holder);
    append_topic(holder, {passages.begin(), end});
    passages = {end, passages.end()};
    find_neighbours(holder);
    for (const Holder other : neighbours_) {
      if (stories.find(other) != stories.find(holder) && are_kin(other, holder)) stories.unite(other, holder);
    }
  }
  stories_.resize(holders_.size());
  for (Holder holder = 0; holder < holders_.size(); ++holder) stories_[holder] = stories.find(holder);
}

void SharedBoilerplateLearner::append_samples(Holder holder) {
  append_distinct(corpus_.sample(holders_[holder]), samples_, latest_samples_);
  sample_ends_.push_back(samples_.size());
}

void SharedBoilerplateLearner::append_topic(Holder holder, std::span<const Passage> passages) {
  const std::span<const Token> tokens = compared_tokens(holders_[holder]);
  latest_topic_.reset(tokens.size());
  std::size_t shared_until = 0;
  const auto add = [&](std::uint64_t word, std::size_t token, std::size_t count) {
    for (; !passages.empty() && passages.front().token < token + count; passages = passages.subspan(1)) {
      shared_until = passages.front().token + passages.front().tokens;
    }
    const bool is_rare = counts_[word & (counts_.size() - 1)] <= most_of_rare_word_;
    if (!is_rare || token < shared_until || latest_topic_.contains(word)) return;
    latest_topic_.add(word, holder);
    topics_.push_back(word);
  };
  if (!passages.empty()) for_each_shingle(tokens, 1, add);
  topic_ends_.push_back(topics_.size());
}

/// The holders next to this one among those of each of its samples.
void SharedBoilerplateLearner::find_neighbours(Holder holder) {
  neighbours_.clear();
  for (const std::uint64_t each : slice(samples_, sample_ends_, holder)) {
    const CountTable::Count& known = holders_by_sample_.counts()[holders_by_sample_.find(each)];
    if (known.count != 0) neighbours_.push_back(known.last);
    holders_by_sample_.add(each, holder);
  }
  std::sort(neighbours_.begin(), neighbours_.end());
  neighbours_.erase(std::unique(neighbours_.begin(), neighbours_.end()), neighbours_.end());
}

double SharedBoilerplateLearner::exact_overlap(Holder a, Holder b) const {
  CountTable of_a(memory_), of_b(memory_);
  const auto distinct = [this](Holder holder, CountTable& members) {
    LargeArray<std::uint64_t> all(memory_);
    std::pmr::vector<std::uint64_t> each_once(memory_);
    shingle(compared_tokens(holders_[holder]), words_, all);
    append_distinct(all, each_once, members);
    return each_once;
  };
  const std::pmr::vector<std::uint64_t> x = distinct(a, of_a), y = distinct(b, of_b);
  return overlap(x, y, of_b);
}

bool SharedBoilerplateLearner::are_kin(Holder a, Holder latest) const {
  const auto of_a = slice(samples_, sample_ends_, a), of_latest = slice(samples_, sample_ends_, latest);
  double share = overlap(of_a, of_latest, latest_samples_);
  const bool is_rough = std::min(of_a.size(), of_latest.size()) < kFewSamples;
  if (is_rough || std::abs(share - rule_.kinship) < kDoubt) share = exact_overlap(a, latest);
  if (share >= rule_.kinship) return true;
  const auto x = slice(topics_, topic_ends_, a), y = slice(topics_, topic_ends_, latest);
  if (std::min(x.size(), y.size()) >= kLeastTopic && overlap(x, y, latest_topic_) >= rule_.topic_kinship) return true;
  return share >= rule_.kinship_with_title &&
         title_overlap(corpus_, holders_[a], holders_[latest]) >= rule_.title_kinship;
}

bool SharedBoilerplateLearner::is_shared(std::span<const Passage> passages) {
  const auto distinct = [&](auto&& property) {
    distinct_.clear();
    for (const Passage& passage : passages) distinct_.push_back(property(passage.holder));
    std::sort(distinct_.begin(), distinct_.end());
    return static_cast<std::size_t>(std::unique(distinct_.begin(), distinct_.end()) - distinct_.begin());
  };
  const std::size_t stories = distinct([&](Holder holder) { return stories_[holder]; });
  if (stories < rule_.least_stories) return false;
  const std::size_t articles = distinct([](Holder holder) { return holder; });
  if (static_cast<double>(stories) < rule_.least_share * static_cast<double>(articles)) return false;
  // The origin of an article without a source is unknown: each counts as a source of its own.
  const auto origin = [&](Holder holder) {
    const ArticleId article = holders_[holder];
    return corpus_.source(article).empty() ? ~holder : number(corpus_.record(article).source);
  };
  return distinct(origin) >= rule_.least_sources;
}

}  // namespace wirecopy
