#include "pipeline/recall_check.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/json_writer.hpp"
#include "base/radix_sort.hpp"
#include "pipeline/pair_order.hpp"
#include "pipeline/parallel.hpp"
#include "text/shingler.hpp"
#include "verify/matcher.hpp"
#include "verify/profile_table.hpp"

namespace wirecopy {
namespace {

/// A shingle of an article, how many tokens it has, and how often it occurs there.
struct CountedShingle {
  std::uint64_t shingle;
  std::uint32_t tokens;
  std::uint32_t times;
};

/// Scratch for the distinct shingles of articles.
class ShingleCounter {
 public:
  /// Those of title and text, in ascending order.
  std::span<const CountedShingle> count(std::span<const Token> tokens, unsigned words) {
    shingles_.clear();
    for_each_shingle(tokens, words, [&](std::uint64_t shingle, std::size_t, std::size_t count) {
      shingles_.push_back({shingle, static_cast<std::uint32_t>(count), 1});
    });
    scratch_.resize(shingles_.size());
    radix_sort(std::span(shingles_), std::span(scratch_), [](const CountedShingle& s) { return s.shingle; });
    std::size_t kept = 0;
    for (const CountedShingle& next : shingles_) {
      if (kept > 0 && shingles_[kept - 1].shingle == next.shingle) {
        ++shingles_[kept - 1].times;
      } else {
        shingles_[kept++] = next;
      }
    }
    shingles_.resize(kept);
    return shingles_;
  }

 private:
  std::vector<CountedShingle> shingles_, scratch_;
};

/// All shingles of the sampled articles: where they occur and how often.
class SampleIndex {
 public:
  struct Posting {
    std::uint32_t place;  ///< in the sample
    std::uint32_t times;
  };

  SampleIndex(const Corpus& corpus, unsigned words, std::span<const ArticleId> sample) {
    std::vector<Entry> entries, scratch;
    ShingleCounter counter;
    for (std::uint32_t place = 0; place < sample.size(); ++place) {
      const auto counted = counter.count(corpus.tokens(sample[place]), words);
      for (const CountedShingle& s : counted) entries.push_back({s.shingle, {place, s.times}});
      distinct_.push_back(static_cast<std::uint32_t>(counted.size()));
    }
    scratch.resize(entries.size());
    radix_sort(std::span(entries), std::span(scratch), [](const Entry& entry) { return entry.shingle; });
    slots_.resize(std::bit_ceil(2 * entries.size() + 2));
    for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
      while (end < entries.size() && entries[end].shingle == entries[begin].shingle) ++end;
      slots_[place(entries[begin].shingle)] = {entries[begin].shingle, static_cast<std::uint32_t>(begin),
                                               static_cast<std::uint32_t>(end - begin)};
    }
    postings_.reserve(entries.size());
    for (const Entry& entry : entries) postings_.push_back(entry.posting);
  }

  [[nodiscard]] std::span<const Posting> find(std::uint64_t shingle) const {
    const Slot& slot = slots_[place(shingle)];
    return std::span(postings_).subspan(slot.first, slot.count);
  }
  /// Distinct shingles of a sampled article.
  [[nodiscard]] std::uint32_t distinct(std::uint32_t place) const { return distinct_[place]; }

 private:
  struct Entry {
    std::uint64_t shingle;
    Posting posting;
  };
  struct Slot {
    std::uint64_t shingle = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;  // 0: free
  };

  /// Where the shingle is, or the free slot where it belongs.
  [[nodiscard]] std::size_t place(std::uint64_t shingle) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = shingle & mask;
    while (slots_[at].count != 0 && slots_[at].shingle != shingle) at = (at + 1) & mask;
    return at;
  }

  std::vector<Slot> slots_;
  std::vector<Posting> postings_;
  std::vector<std::uint32_t> distinct_;
};

/// One article of each group of equal ones, without those that are copies of nothing.
std::vector<ArticleId> comparable_representatives(const Corpus& corpus, const Options& options) {
  const Preference preference(corpus, options);
  const EqualGroups groups(corpus, options, preference);
  std::vector<ArticleId> articles;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const ArticleId article{i};
    if (groups.is_representative(article) && is_comparable(corpus.record(article), options)) {
      articles.push_back(article);
    }
  }
  return articles;
}

/// The articles of smallest identity, by number.
std::vector<ArticleId> choose(const Corpus& corpus, std::vector<ArticleId> articles, std::uint64_t most) {
  const auto rank = [&](ArticleId article) { return std::pair(corpus.record(article).identity, article); };
  if (articles.size() > most) {
    const auto end = articles.begin() + static_cast<std::ptrdiff_t>(most);
    std::nth_element(articles.begin(), end, articles.end(),
                     [&](ArticleId a, ArticleId b) { return rank(a) < rank(b); });
    articles.erase(end, articles.end());
    std::sort(articles.begin(), articles.end());
  }
  return articles;
}

/// Finds every pair that could match.
class ExhaustiveSearch {
 public:
  ExhaustiveSearch(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
                   const std::vector<ArticleId>& sample)
      : corpus_(corpus),
        options_(options),
        profiles_(profiles),
        sample_(sample),
        index_(corpus, options.shingle, sample) {}

  CandidatePairs run(std::span<const ArticleId> articles, RunContext& context) {
    constexpr std::size_t kGrain = 256;
    oneapi::tbb::enumerable_thread_specific<CandidatePairs> found;
    parallel_items<Scratch>(
        articles.size(), {kGrain}, context, [&](auto& scratch) { scratch.emplace(sample_.size()); },
        [&](std::size_t i, Scratch& scratch) { search(articles[i], scratch, found.local()); });
    CandidatePairs pairs, sort_scratch;
    for (const auto& some : found) pairs.insert(pairs.end(), some.begin(), some.end());
    sort_unique(pairs, sort_scratch);
    return pairs;
  }

 private:
  /// What an article can share with one of the sample: upper bounds of the tokens covered, and distinct shingles.
  struct Shared {
    std::uint64_t tokens = 0;     // of the article
    std::uint64_t of_sample = 0;  // of the one of the sample
    std::uint32_t distinct = 0;
  };
  struct Scratch {
    explicit Scratch(std::size_t sample) : shared(sample) {}
    ShingleCounter counter;
    std::vector<Shared> shared;  // by place in the sample; all 0 between articles
    std::vector<std::uint32_t> touched;
  };

  void search(ArticleId article, Scratch& scratch, CandidatePairs& pairs) const {
    const auto shingles = scratch.counter.count(corpus_.tokens(article), options_.shingle);
    for (const CountedShingle& s : shingles) {
      const std::uint64_t covered = s.tokens + kBridgedTokens;  // by one place: the shingle and a bridge to the next
      for (const SampleIndex::Posting& posting : index_.find(s.shingle)) {
        Shared& shared = scratch.shared[posting.place];
        if (shared.distinct++ == 0) scratch.touched.push_back(posting.place);
        shared.tokens += covered * s.times;
        shared.of_sample += covered * posting.times;
      }
    }
    for (const std::uint32_t place : scratch.touched) {
      const Shared shared = std::exchange(scratch.shared[place], {});
      const ArticleId other = sample_[place];
      if (other == article) continue;
      const bool can_match = is_short(article) || is_short(other)
                                 ? can_be_equal(shared, std::max<std::size_t>(shingles.size(), index_.distinct(place)))
                                 : can_contain(shared, article, other);
      if (can_match)
        pairs.push_back({std::min(number(article), number(other)), std::max(number(article), number(other))});
    }
    scratch.touched.clear();
  }

  [[nodiscard]] bool is_short(ArticleId article) const {
    return profiles_.profile(article).editorial_quarters < 4 * kShortWords;
  }

  static bool can_be_equal(const Shared& shared, std::size_t more) {
    return static_cast<double>(shared.distinct) >= kShortSimilarity * static_cast<double>(more);
  }

  [[nodiscard]] bool can_contain(const Shared& shared, ArticleId article, ArticleId other) const {
    const std::uint32_t tokens = profiles_.profile(article).editorial_tokens;
    const std::uint32_t of_other = profiles_.profile(other).editorial_tokens;
    const auto suffices = [&](std::uint64_t covered, std::uint32_t all) {
      return static_cast<double>(covered) >= options_.threshold * all;
    };
    return (tokens <= of_other && suffices(shared.tokens, tokens)) ||
           (of_other <= tokens && suffices(shared.of_sample, of_other));
  }

  const Corpus& corpus_;
  const Options& options_;
  const ProfileTable& profiles_;
  const std::vector<ArticleId>& sample_;
  SampleIndex index_;
};

std::vector<ArticleMatch> compare_exactly(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
                                          CandidatePairs pairs, RunContext& context) {
  constexpr std::size_t kChunk = 1024;
  load_longer_first(corpus, pairs);
  std::vector<std::vector<ArticleMatch>> found((pairs.size() + kChunk - 1) / kChunk);
  parallel_items<Matcher>(
      found.size(), {}, context, [&](auto& matcher) { matcher.emplace(corpus, profiles, options); },
      [&](std::size_t chunk, Matcher& matcher) {
        const std::size_t end = std::min(pairs.size(), (chunk + 1) * kChunk);
        for (std::size_t i = chunk * kChunk; i < end; ++i) {
          matcher.load(ArticleId{pairs[i].first});
          if (const auto match = matcher.compare(ArticleId{pairs[i].second})) found[chunk].push_back(*match);
        }
      });
  std::vector<ArticleMatch> matches;
  for (const auto& some : found) matches.insert(matches.end(), some.begin(), some.end());
  restore_order(std::span(matches));
  return matches;
}

ProfileTable profile_all(const Corpus& corpus, const Options& options, const BoilerplateModel& model,
                         const std::vector<ArticleId>& articles, RunContext& context) {
  ProfileTable profiles(corpus, model, options);
  std::vector<char> wanted(corpus.size(), 0);
  for (const ArticleId article : articles) wanted[number(article)] = 1;
  parallel_items<TextComparer>(
      profiles.chunks(), {}, context, [&](auto& comparer) { comparer.emplace(options.shingle); },
      [&](std::size_t chunk, TextComparer& comparer) { profiles.fill(chunk, wanted, comparer); });
  return profiles;
}

std::vector<ArticleMatch> matches_of(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
                                     const std::vector<ArticleId>& articles, const std::vector<ArticleId>& sample,
                                     RunContext& context) {
  return compare_exactly(corpus, options, profiles,
                         ExhaustiveSearch(corpus, options, profiles, sample).run(articles, context), context);
}

/// Counts matches by what the run made of them.
class Counter {
 public:
  Counter(const Resolution& resolution, std::size_t articles)
      : resolution_(resolution), decisions_(resolution, articles) {}

  void count(const ArticleMatch& match, const ProfileTable& profiles, RecallCheck& check) const {
    const TextProfile &a = profiles.profile(match.first), &b = profiles.profile(match.second);
    const bool found = is_found(match);
    const ResolvedCluster* cluster = decisions_.cluster(match.first);
    const bool clustered = cluster != nullptr && cluster == decisions_.cluster(match.second);
    add(check.all, found, clustered);
    const auto [shorter, longer] = std::minmax(a.editorial_quarters, b.editorial_quarters);
    if (shorter < 4 * RecallCheck::kLongWords) return;
    add(check.long_texts, found, clustered);
    const double ratio = static_cast<double>(longer) / shorter;
    const auto above = std::count_if(RecallCheck::kRatios.begin(), RecallCheck::kRatios.end(),
                                     [&](double limit) { return ratio > limit; });
    add(check.by_ratio[static_cast<std::size_t>(above)], found, clustered);
  }

 private:
  static void add(RecallCount& count, bool found, bool clustered) {
    ++count.pairs;
    count.found += found;
    count.clustered += clustered;
  }

  [[nodiscard]] bool is_found(const ArticleMatch& match) const {
    const auto is_before = [](const ArticleMatch& a, const ArticleMatch& b) {
      return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    };
    return std::binary_search(resolution_.matches.begin(), resolution_.matches.end(), match, is_before);
  }

  const Resolution& resolution_;
  DecisionTable decisions_;
};

void add_count(JsonWriter& json, const RecallCount& count) {
  const Interval interval = wilson_interval(count.found, count.pairs);
  json.member("pairs", count.pairs).member("found", count.found).member("recall", count.recall());
  json.key("recall_95").begin_array().value(interval.low).value(interval.high).end_array();
  json.member("clustered", count.clustered);
}

std::string describe(const RecallCount& count) {
  if (count.pairs == 0) return "no pair";
  const Interval interval = wilson_interval(count.found, count.pairs);
  return fmt::format("{:.4f} (95 %: {:.4f} to {:.4f}), {} of {} pairs; {} in one cluster", count.recall(), interval.low,
                     interval.high, count.found, count.pairs, count.clustered);
}

}  // namespace

Interval wilson_interval(std::uint64_t found, std::uint64_t pairs) {
  if (pairs == 0) return {};
  constexpr double kZ = 1.959964;
  const auto n = static_cast<double>(pairs);
  const double share = static_cast<double>(found) / n;
  const double middle = share + kZ * kZ / (2 * n), shrink = 1 + kZ * kZ / n;
  const double spread = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
  return {std::max(0.0, (middle - spread) / shrink), std::min(1.0, (middle + spread) / shrink)};
}

std::vector<ArticleMatch> all_matches(const Corpus& corpus, const Options& options, const BoilerplateModel& model,
                                      std::vector<ArticleId> sample, RunContext& context) {
  const std::vector<ArticleId> articles = comparable_representatives(corpus, options);
  std::erase_if(sample, [&](ArticleId each) { return !std::binary_search(articles.begin(), articles.end(), each); });
  const ProfileTable profiles = profile_all(corpus, options, model, articles, context);
  return matches_of(corpus, options, profiles, articles, sample, context);
}

RecallCheck check_recall(const Corpus& corpus, const Options& options, const Resolution& resolution,
                         std::uint64_t articles, RunContext& context) {
  const StageTimer timer(context.times, "check recall");
  context.progress.stage = "check recall";
  const std::vector<ArticleId> all = comparable_representatives(corpus, options);
  const std::vector<ArticleId> sample = choose(corpus, all, articles);
  const ProfileTable profiles = profile_all(corpus, options, resolution.boilerplate, all, context);
  const Counter counter(resolution, corpus.size());
  RecallCheck check;
  check.articles = sample.size();
  for (const ArticleMatch& match : matches_of(corpus, options, profiles, all, sample, context)) {
    counter.count(match, profiles, check);
  }
  return check;
}

std::string format_json(const RecallCheck& check) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("articles", check.articles);
  json.key("all").begin_object();
  add_count(json, check.all);
  json.end_object().key("long_texts").begin_object();
  add_count(json, check.long_texts);
  json.end_object().key("by_ratio").begin_array();
  for (std::size_t i = 0; i < check.by_ratio.size(); ++i) {
    json.begin_object().key("up_to");
    i < RecallCheck::kRatios.size() ? json.value(RecallCheck::kRatios[i]) : json.value(nullptr);
    add_count(json, check.by_ratio[i]);
    json.end_object();
  }
  json.end_array().end_object();
  return text;
}

std::vector<std::string> describe(const RecallCheck& check) {
  std::vector<std::string> lines{
      fmt::format("recall of candidates, on {} articles: {}", check.articles, describe(check.all)),
      fmt::format("  texts of {} words and more: {}", RecallCheck::kLongWords, describe(check.long_texts))};
  constexpr std::array<const char*, 4> kNames{"1 to 2", "2 to 5", "5 to 10", "above 10"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    lines.push_back(fmt::format("  length ratio {}: {}", kNames[i], describe(check.by_ratio[i])));
  }
  return lines;
}

}  // namespace wirecopy
