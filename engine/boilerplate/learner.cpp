// Problem. Newsletter prompts, related links, rights notices and standing intros make unrelated articles of one outlet
// look alike, at any similarity up to 0.9. A shingle that many articles of a source hold is boilerplate, unless they
// all tell one story: an outlet that publishes a story five times with updates must keep it.
//
// Idea. Count stories, not articles. Before clusters exist, a story is known provisionally: two articles of the source
// are kin if they share much of what is *not* common in the source, and their titles agree. What "common" means is set
// above the number of versions that a story usually has (`common_articles`), and below the number of articles that
// carry a footer in all but the smallest sources; there, the titles tell unrelated articles apart.
//
// Right because: a footer's articles share nothing else, so each is a story of its own and the footer reaches the
// threshold; the versions of one story are kin of each other, so all of them count once. A story with more versions
// than `common_articles` in one source (a live page saved every minute) is indistinguishable by counts from a section's
// footer, and is dropped as one: equal copies among them still link as equal.
//
// Cost. Boilerplate comes in blocks, and of a block of L shingles one in s is among the shingles sampled anyway (see
// sketch/excerpt_sample.hpp): with s = 4.7, 92 % of blocks of 12 words and all but 0.5 % of 24 words have a sample. So
// only samples are counted for all articles; where one is suspicious, the shingles within kReach of it are counted as
// well, and stories are looked for only then. On the labelled day that is a third of the work of counting everything.
// Order plays no part: counts add up, and stories are connected components.
#include "boilerplate/learner.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/union_find.hpp"
#include "boilerplate/title_overlap.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// Shingles on both sides of a suspicious sample that may belong to its block: the next sample of a block is farther
// away than this once in fifty times.
constexpr std::size_t kReach = 64;

std::uint64_t never_zero(std::uint64_t shingle) { return shingle == 0 ? 1 : shingle; }

}  // namespace

std::vector<std::uint64_t> BoilerplateLearner::learn(std::span<const ArticleId> articles) {
  if (articles.size() < rule_.least_stories) return {};
  count_samples(articles);
  const std::uint32_t least = least_count(articles.size());
  if (samples_.largest() < least) return {};

  gather_suspects(articles, least);
  const std::vector<std::uint32_t> stories = find_stories(articles);
  std::vector<std::uint32_t> distinct = stories;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  count_suspects(stories);
  return suspects_.at_least(least_count(distinct.size()));
}

std::uint32_t BoilerplateLearner::least_count(std::size_t total) const {
  return std::max(rule_.least_stories,
                  static_cast<std::uint32_t>(std::ceil(rule_.least_share * static_cast<double>(total))));
}

void BoilerplateLearner::CountTable::reset(std::size_t shingles) {
  table_.assign(std::bit_ceil(2 * shingles + 2), Count{});
  mask_ = table_.size() - 1;
}

std::size_t BoilerplateLearner::CountTable::find(std::uint64_t shingle) const {
  const std::uint64_t wanted = never_zero(shingle);
  // Samples are the smallest hashes: their high bits are all alike, so the low ones place them.
  std::size_t at = wanted & mask_;
  while (table_[at].shingle != 0 && table_[at].shingle != wanted) at = (at + 1) & mask_;
  return at;
}

void BoilerplateLearner::CountTable::add(std::uint64_t shingle, std::uint32_t holder) {
  Count& entry = table_[find(shingle)];
  entry.shingle = never_zero(shingle);
  entry.count += entry.last != holder + 1;
  entry.last = holder + 1;
}

std::uint32_t BoilerplateLearner::CountTable::largest() const {
  std::uint32_t largest = 0;
  for (const Count& entry : table_) largest = std::max(largest, entry.count);
  return largest;
}

std::vector<std::uint64_t> BoilerplateLearner::CountTable::at_least(std::uint32_t least) const {
  std::vector<std::uint64_t> found;
  for (const Count& entry : table_) {
    if (entry.count >= least) found.push_back(entry.shingle);
  }
  std::sort(found.begin(), found.end());
  return found;
}

void BoilerplateLearner::count_samples(std::span<const ArticleId> articles) {
  gather_repeated(articles);
  samples_.reset(repeated_samples_.size());
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    for (std::size_t at = repeated_begins_[i]; at < repeated_begins_[i + 1]; ++at)
      samples_.add(repeated_samples_[at], i);
  }
  articles_with_.clear();
  for (const std::uint64_t shingle : repeated_samples_) articles_with_.push_back(samples_.count(shingle));
}

// Without branches, as every third sample is a repeated one.
void BoilerplateLearner::gather_repeated(std::span<const ArticleId> articles) {
  std::size_t total = 0;
  for (const ArticleId article : articles) total += corpus_.sample(article).size();
  repeated_.start(total);
  for (const ArticleId article : articles) {
    for (const std::uint64_t shingle : corpus_.sample(article)) repeated_.meet(never_zero(shingle));
  }
  if (repeated_samples_.size() < total) repeated_samples_.resize(total);
  repeated_begins_.assign(1, 0);
  std::size_t count = 0;
  for (const ArticleId article : articles) {
    for (const std::uint64_t shingle : corpus_.sample(article)) {
      repeated_samples_[count] = shingle;
      count += repeated_.met_again(never_zero(shingle));
    }
    repeated_begins_.push_back(count);
  }
  repeated_samples_.resize(count);
}

void BoilerplateLearner::gather_suspects(std::span<const ArticleId> articles, std::uint32_t least) {
  suspect_shingles_.clear();
  suspect_ends_.clear();
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    gather_near_suspects(articles[i], i, least);
    suspect_ends_.push_back(suspect_shingles_.size());
  }
}

// An article's samples are a subsequence of its shingles, and its repeated ones are one of these: so one walk over all
// three finds where they stand.
void BoilerplateLearner::gather_near_suspects(ArticleId article, std::uint32_t i, std::uint32_t least) {
  const auto begin_of_own = articles_with_.begin() + static_cast<std::ptrdiff_t>(repeated_begins_[i]);
  const auto end_of_own = articles_with_.begin() + static_cast<std::ptrdiff_t>(repeated_begins_[i + 1]);
  if (std::none_of(begin_of_own, end_of_own, [least](std::uint32_t with) { return with >= least; })) return;
  const std::span<const std::uint64_t> sample = corpus_.sample(article);
  shingles_.clear();
  shingle(corpus_.compared_tokens(article, with_title_), words_, shingles_);
  std::size_t next = 0, repeated = repeated_begins_[i];  // the next sample, the next repeated one
  std::size_t taken = 0;                                 // the shingles before it are dealt with
  for (std::size_t position = 0; position < shingles_.size() && next < sample.size(); ++position) {
    if (shingles_[position] != sample[next]) continue;
    ++next;
    if (repeated == repeated_begins_[i + 1] || shingles_[position] != repeated_samples_[repeated]) continue;
    if (articles_with_[repeated++] < least) continue;
    const std::size_t begin = std::max(taken, position > kReach ? position - kReach : 0);
    taken = std::min(shingles_.size(), position + kReach + 1);
    for (std::size_t near = begin; near < taken; ++near) suspect_shingles_.push_back(shingles_[near]);
  }
}

std::vector<std::uint32_t> BoilerplateLearner::find_stories(std::span<const ArticleId> articles) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> shared;  // sampled shingle, article
  rare_samples_.assign(articles.size(), 0);
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    const std::size_t begin = repeated_begins_[i], end = repeated_begins_[i + 1];
    if (rule_.common_articles > 1) {
      rare_samples_[i] = static_cast<std::uint32_t>(corpus_.sample(articles[i]).size() - (end - begin));
    }
    for (std::size_t at = begin; at < end; ++at) {
      if (articles_with_[at] >= rule_.common_articles) continue;
      ++rare_samples_[i];
      if (articles_with_[at] >= 2) shared.emplace_back(repeated_samples_[at], i);
    }
  }
  std::sort(shared.begin(), shared.end());
  shared.erase(std::unique(shared.begin(), shared.end()), shared.end());

  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t begin = 0, end = 0; begin < shared.size(); begin = end) {
    while (end < shared.size() && shared[end].first == shared[begin].first) ++end;
    for (std::size_t a = begin; a < end; ++a) {
      for (std::size_t b = a + 1; b < end; ++b) pairs.emplace_back(shared[a].second, shared[b].second);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  find_stubs(articles);
  UnionFind stories(static_cast<std::uint32_t>(articles.size()));
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    while (end < pairs.size() && pairs[end] == pairs[begin]) ++end;
    const auto [a, b] = pairs[begin];
    if (are_kin(articles, a, b, static_cast<std::uint32_t>(end - begin))) stories.unite(a, b);
  }
  std::vector<std::uint32_t> story_of(articles.size());
  for (std::uint32_t i = 0; i < articles.size(); ++i) story_of[i] = stories.find(i);
  return story_of;
}

// "No news record found", under headline after headline. A story that is published again keeps words of its title.
void BoilerplateLearner::find_stubs(std::span<const ArticleId> articles) {
  stubs_.assign(articles.size(), 0);
  std::vector<std::uint32_t> order(articles.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto text = [&](std::uint32_t i) { return corpus_.text_tokens(articles[i]); };
  const auto is_before = [&](std::uint32_t i, std::uint32_t j) {
    const auto x = text(i), y = text(j);
    return x.size() != y.size() ? x.size() < y.size()
                                : std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
  };
  std::sort(order.begin(), order.end(), is_before);
  for (auto begin = order.begin(), end = begin; begin != order.end(); begin = end) {
    end = std::find_if(begin, order.end(), [&](std::uint32_t i) { return is_before(*begin, i); });
    if (static_cast<std::size_t>(end - begin) < rule_.stubs) continue;
    std::vector<std::uint32_t> unlike;  // titles that have little in common, as far as they are asked for
    for (auto at = begin; at != end && unlike.size() < rule_.stubs; ++at) {
      const auto is_like = [&](std::uint32_t other) {
        return title_overlap(corpus_, articles[*at], articles[other]) >= rule_.title_kinship;
      };
      if (std::none_of(unlike.begin(), unlike.end(), is_like)) unlike.push_back(*at);
    }
    if (unlike.size() < rule_.stubs) continue;
    for (auto at = begin; at != end; ++at) stubs_[*at] = 1;
  }
}

bool BoilerplateLearner::are_kin(std::span<const ArticleId> articles, std::uint32_t a, std::uint32_t b,
                                 std::uint32_t shared) const {
  const double share = static_cast<double>(shared) / std::max(1U, std::min(rare_samples_[a], rare_samples_[b]));
  if (share < rule_.kinship) return false;
  const bool is_small_source = articles.size() < 2 * std::size_t{rule_.common_articles};
  const bool are_stubs = stubs_[a] || stubs_[b];
  if (!are_stubs && (!is_small_source || share >= rule_.near_kinship)) return true;
  return title_overlap(corpus_, articles[a], articles[b]) >= rule_.title_kinship;
}

// Five in six suspects stand in one article only, and are not worth a place in the table.
void BoilerplateLearner::drop_single_suspects() {
  repeated_.start(suspect_shingles_.size());
  for (const std::uint64_t shingle : suspect_shingles_) repeated_.meet(never_zero(shingle));
  std::size_t count = 0, at = 0;
  for (std::size_t& end : suspect_ends_) {
    for (; at < end; ++at) {
      suspect_shingles_[count] = suspect_shingles_[at];
      count += repeated_.met_again(never_zero(suspect_shingles_[at]));
    }
    end = count;
  }
  suspect_shingles_.resize(count);
}

void BoilerplateLearner::count_suspects(std::span<const std::uint32_t> stories) {
  drop_single_suspects();
  suspects_.reset(suspect_shingles_.size());
  std::vector<std::uint32_t> by_story(stories.size());
  for (std::uint32_t i = 0; i < by_story.size(); ++i) by_story[i] = i;
  std::sort(by_story.begin(), by_story.end(),
            [&](std::uint32_t a, std::uint32_t b) { return stories[a] < stories[b]; });
  for (const std::uint32_t i : by_story) {
    for (std::size_t at = i == 0 ? 0 : suspect_ends_[i - 1]; at < suspect_ends_[i]; ++at) {
      suspects_.add(suspect_shingles_[at], stories[i]);
    }
  }
}

}  // namespace wirecopy
