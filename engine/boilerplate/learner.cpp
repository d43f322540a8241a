// Problem. Newsletter prompts, related links, rights notices and recurring intros make unrelated articles of one outlet
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
// footer: its versions are found by their whole texts, titles and dates (see versions.hpp).
//
// Cost. Boilerplate comes in blocks, and of a block of L shingles one in s is among the shingles sampled anyway (see
// sketch/excerpt_sample.hpp): with s = 4.7, 92 % of blocks of 12 words and all but 0.5 % of 24 words have a sample. So
// only samples are counted for all articles; where one is suspicious, the shingles within kReach of it are counted as
// well, and stories are looked for only then. On the labelled day that is a third of the work of counting everything.
// Order plays no part: counts add up, and stories are connected components.
#include "boilerplate/learner.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/prefetch.hpp"
#include "base/union_find.hpp"
#include "boilerplate/title_overlap.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// Shingles on both sides of a suspicious sample that may belong to its block: the next sample of a block is farther
// away than this once in fifty times.
constexpr std::size_t kReach = 64;

}  // namespace

std::vector<std::uint64_t> BoilerplateLearner::learn(std::span<const ArticleId> articles) {
  least_stories_ = is_small(articles.size()) ? rule_.least_stories_of_small : rule_.least_stories;
  if (articles.size() < least_stories_) return {};
  count_samples(articles);
  const std::uint32_t least = least_count(articles.size());
  const auto is_suspicious = [least](const CountTable::Count& sample) { return sample.count >= least; };
  if (std::none_of(samples_.counts().begin(), samples_.counts().end(), is_suspicious)) return {};

  gather_suspects(articles, least);
  const std::vector<std::uint32_t> stories = find_stories(articles);
  std::vector<std::uint32_t> distinct = stories;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  count_suspects(stories);
  const std::uint32_t least_stories = least_count(distinct.size());
  std::vector<std::uint64_t> learned;
  for (const CountTable::Count& suspect : suspects_.counts()) {
    if (suspect.count >= least_stories) learned.push_back(suspect.shingle);
  }
  std::sort(learned.begin(), learned.end());
  return learned;
}

std::uint32_t BoilerplateLearner::least_count(std::size_t total) const {
  return std::max(least_stories_,
                  static_cast<std::uint32_t>(std::ceil(rule_.least_share * static_cast<double>(total))));
}

void BoilerplateLearner::count_samples(std::span<const ArticleId> articles) {
  gather_repeated(articles);
  samples_.reset(repeated_begins_.back());
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    const std::span<const std::uint64_t> sample = corpus_.sample(articles[i]);
    for (std::size_t at = repeated_begins_[i]; at < repeated_begins_[i + 1]; ++at) {
      repeated_samples_[at].place = samples_.add(sample[repeated_samples_[at].position], i);
    }
  }
}

// Without branches, as every third sample is a repeated one. The articles of a source lie all over the corpus, and
// their samples fit into a cache: they are prefetched together.
void BoilerplateLearner::gather_repeated(std::span<const ArticleId> articles) {
  std::size_t total = 0;
  for (const ArticleId article : articles) {
    prefetch(corpus_.sample(article));
    total += corpus_.sample(article).size();
  }
  repeated_.start(total);
  for (const ArticleId article : articles) {
    for (const std::uint64_t shingle : corpus_.sample(article)) repeated_.meet(shingle);
  }
  if (repeated_samples_.size() < total) repeated_samples_.resize(total);
  repeated_begins_.assign(1, 0);
  std::size_t count = 0;
  for (const ArticleId article : articles) {
    std::uint32_t position = 0;
    for (const std::uint64_t shingle : corpus_.sample(article)) {
      repeated_samples_[count].position = position++;
      count += repeated_.occurs_again(shingle);
    }
    repeated_begins_.push_back(count);
  }
}

void BoilerplateLearner::gather_suspects(std::span<const ArticleId> articles, std::uint32_t least) {
  suspect_shingles_.clear();
  suspect_ends_.clear();
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    if (i + 1 < articles.size()) prefetch(corpus_.compared_tokens(articles[i + 1], with_title_));
    gather_near_suspects(articles[i], i, least);
    suspect_ends_.push_back(suspect_shingles_.size());
  }
}

// An article's samples are its smallest shingles, those up to the largest of the samples: so they are found again
// without a branch.
void BoilerplateLearner::gather_near_suspects(ArticleId article, std::uint32_t i, std::uint32_t least) {
  const std::span<const RepeatedSample> repeated = repeated_samples(i);
  const auto is_suspicious = [&](const RepeatedSample& each) { return samples_.counts()[each.place].count >= least; };
  if (std::none_of(repeated.begin(), repeated.end(), is_suspicious)) return;
  const std::span<const std::uint64_t> sample = corpus_.sample(article);
  const std::uint64_t largest = *std::max_element(sample.begin(), sample.end());
  shingles_.clear();
  shingle(corpus_.compared_tokens(article, with_title_), words_, shingles_);
  if (positions_.size() < shingles_.size()) positions_.resize(shingles_.size());
  std::uint32_t position = 0;
  std::size_t found = 0;
  for (const std::uint64_t shingle : shingles_) {
    positions_[found] = position++;
    found += shingle <= largest;
  }
  std::size_t taken = 0;  // the shingles before it are dealt with
  for (const RepeatedSample& each : repeated) {
    if (!is_suspicious(each)) continue;
    const std::size_t at = positions_[each.position];
    const std::size_t begin = std::max(taken, at > kReach ? at - kReach : 0);
    taken = std::min(shingles_.size(), at + kReach + 1);
    suspect_shingles_.insert(suspect_shingles_.end(), shingles_.begin() + static_cast<std::ptrdiff_t>(begin),
                             shingles_.begin() + static_cast<std::ptrdiff_t>(taken));
  }
}

// Every article is held against those after it that share a sample with it.
std::vector<std::uint32_t> BoilerplateLearner::find_stories(std::span<const ArticleId> articles) {
  const auto size = static_cast<std::uint32_t>(articles.size());
  count_rare_samples(articles);
  list_holders(size);
  find_stubs(articles);
  small_source_.start(articles);
  UnionFind stories(size);
  versions_.unite(
      articles, [this](std::uint32_t i) { return repeated_samples(i); }, samples_.counts().size(), stories);
  std::pmr::vector<std::uint32_t> next(holder_begins_, memory_);  // of each sample, the holder that comes next
  std::vector<std::uint32_t> shared(size, 0), sharing;
  for (std::uint32_t a = 0; a < size; ++a) {
    for (const RepeatedSample& sample : repeated_samples(a)) {
      const std::uint32_t end = holder_begins_[sample.place + 1];
      if (next[sample.place] == end || holders_[next[sample.place]] != a) continue;
      for (std::uint32_t at = ++next[sample.place]; at < end; ++at) {
        if (shared[holders_[at]]++ == 0) sharing.push_back(holders_[at]);
      }
    }
    for (const std::uint32_t b : sharing) {
      if (are_kin(articles, a, b, std::exchange(shared[b], 0))) stories.unite(a, b);
    }
    sharing.clear();
  }
  std::vector<std::uint32_t> story_of(size);
  for (std::uint32_t i = 0; i < size; ++i) story_of[i] = stories.find(i);
  return story_of;
}

void BoilerplateLearner::count_rare_samples(std::span<const ArticleId> articles) {
  rare_samples_.assign(articles.size(), 0);
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    const std::span<const RepeatedSample> repeated = repeated_samples(i);
    if (rule_.common_articles > 1) {
      rare_samples_[i] = static_cast<std::uint32_t>(corpus_.sample(articles[i]).size() - repeated.size());
    }
    for (const RepeatedSample& each : repeated) {
      rare_samples_[i] += samples_.counts()[each.place].count < rule_.common_articles;
    }
  }
}

void BoilerplateLearner::list_holders(std::uint32_t articles) {
  holder_begins_.assign(1, 0);
  for (const CountTable::Count& sample : samples_.counts()) {
    const bool is_told = sample.count >= 2 && sample.count < rule_.common_articles;
    holder_begins_.push_back(holder_begins_.back() + (is_told ? sample.count : 0));
  }
  holders_.resize(holder_begins_.back());
  std::pmr::vector<std::uint32_t> ends(holder_begins_.begin(), holder_begins_.end() - 1, memory_);
  for (std::uint32_t i = 0; i < articles; ++i) {
    for (const RepeatedSample& sample : repeated_samples(i)) {
      std::uint32_t& end = ends[sample.place];
      const bool is_known = end > holder_begins_[sample.place] && holders_[end - 1] == i;
      if (!is_known && end < holder_begins_[sample.place + 1]) holders_[end++] = i;
    }
  }
}

// "No news record found", under headline after headline. A story that is published again keeps words of its title.
void BoilerplateLearner::find_stubs(std::span<const ArticleId> articles) {
  stubs_.assign(articles.size(), 0);
  std::vector<std::span<const Token>> texts;
  std::array<std::uint16_t, 1024> of_size{};  // texts, by their size, as far as it can be seen from a few bits
  const auto same_size = [&](std::span<const Token> text) -> std::uint16_t& {
    return of_size[text.size() % of_size.size()];
  };
  for (const ArticleId article : articles) {
    texts.push_back(corpus_.text_tokens(article));
    ++same_size(texts.back());
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    if (same_size(texts[i]) >= rule_.stubs) order.push_back(i);
  }
  const auto is_before = [&](std::uint32_t i, std::uint32_t j) {
    const auto x = texts[i], y = texts[j];
    return x.size() != y.size() ? x.size() < y.size()
                                : std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
  };
  std::sort(order.begin(), order.end(), is_before);
  for (auto begin = order.begin(), end = begin; begin != order.end(); begin = end) {
    end = std::find_if(begin, order.end(), [&](std::uint32_t i) { return is_before(*begin, i); });
    if (static_cast<std::size_t>(end - begin) < rule_.stubs) continue;
    std::vector<std::uint32_t> unlike;  // titles that have little in common, as many as are needed
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
                                 std::uint32_t shared) {
  const double share = static_cast<double>(shared) / std::max(1U, std::min(rare_samples_[a], rare_samples_[b]));
  if (share < rule_.kinship) return false;
  if (stubs_[a] || stubs_[b]) return title_overlap(corpus_, articles[a], articles[b]) >= rule_.title_kinship;
  if (!is_small(articles.size()) || share >= rule_.near_kinship) return true;
  return small_source_.are_kin(a, b);
}

// Five in six suspects occur in one article only, and are not worth an entry in the table.
void BoilerplateLearner::drop_single_suspects() {
  repeated_.start(suspect_shingles_.size());
  for (const std::uint64_t shingle : suspect_shingles_) repeated_.meet(shingle);
  std::size_t count = 0, at = 0;
  for (std::size_t& end : suspect_ends_) {
    for (; at < end; ++at) {
      suspect_shingles_[count] = suspect_shingles_[at];
      count += repeated_.occurs_again(suspect_shingles_[at]);
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
