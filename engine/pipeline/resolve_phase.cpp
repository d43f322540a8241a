#include "pipeline/resolve_phase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/cancellation.hpp"
#include "base/prefetch.hpp"
#include "boilerplate/learner.hpp"
#include "boilerplate/shared_boilerplate_learner.hpp"
#include "cluster/cohesion.hpp"
#include "corpus/article_reader.hpp"
#include "corpus/identity_sample.hpp"
#include "pipeline/candidate_search.hpp"
#include "pipeline/growing_array.hpp"
#include "pipeline/pair_order.hpp"
#include "pipeline/parallel.hpp"
#include "verify/profile_table.hpp"

namespace wirecopy {
namespace {

/// Threads for a pass that compares texts, the longest of which is the longest of those wanted. Throws Error(resources)
/// where even one has not the memory for that.
unsigned comparing_threads(const Corpus& corpus, std::span<const char> wanted, const RunContext& context) {
  constexpr std::uint64_t kBytesOfAToken = 128;  // of tables and filters in a TextComparer
  ArticleId longest = kNoArticle;
  std::uint64_t tokens = 0;
  for (std::uint32_t i = 0; i < wanted.size(); ++i) {
    const ArticleRecord& record = corpus.record(ArticleId{i});
    if (!wanted[i] || record.title_tokens + record.text_tokens <= tokens) continue;
    tokens = record.title_tokens + record.text_tokens;
    longest = ArticleId{i};
  }
  if (tokens == 0) return context.threads;
  context.memory.require_for_text(kBytesOfAToken * tokens,
                                  fmt::format("the article \"{}\", line {} of its feed: to compare it takes",
                                              corpus.id(longest), corpus.record(longest).place.line));
  return context.memory.workers(kBytesOfAToken * tokens);
}

/// Calls `body(first, count)` for 0..count-1 in slices, one after the other: what a slice leaves on the heap is
/// bounded.
template <typename Body>
void in_slices(std::size_t count, std::size_t slice, Body body) {
  for (std::size_t first = 0; first < count; first += slice) body(first, std::min(slice, count - first));
}

/// Throws Error(resources) where learning from these articles would jump about in more memory than there is for
/// `learners` at a time: tables of what near-equal long texts repeat, which would be unmapped while they are in use. Of
/// articles of usual length little is repeated.
void require_for_learning(const Corpus& corpus, std::span<const ArticleId> articles, unsigned learners,
                          const MemoryPlan& plan) {
  constexpr std::uint64_t kBytesOfAToken = 64, kUsualTokens = 2048;
  std::uint64_t tokens = 0;
  for (const ArticleId article : articles) {
    const ArticleRecord& record = corpus.record(article);
    const std::uint64_t all = std::uint64_t{record.title_tokens} + record.text_tokens;
    tokens += all - std::min(all, kUsualTokens);
  }
  plan.require_for_text(kBytesOfAToken * tokens * learners, "the long articles of this feed: to learn from them takes");
}

/// One thread's learner of sources.
struct SourceLearner {
  SourceLearner(const Corpus& corpus, const Options& options, const BoilerplateRule& rule)
      : excerpt(corpus), learner(excerpt.corpus(), options.shingle, rule, options.title) {}

  [[nodiscard]] std::vector<std::uint64_t> learn(std::vector<ArticleId> articles) {
    std::sort(articles.begin(), articles.end());  // as they are in memory
    return learner.learn(excerpt.take(articles));
  }

  CorpusExcerpt excerpt;
  BoilerplateLearner learner;
};

/// The passages that unrelated stories of many sources share; `articles` are one of each group of equal ones.
std::vector<std::uint64_t> learn_shared_boilerplate(const Corpus& corpus, const Options& options,
                                                    std::span<const ArticleId> articles, const MemoryPlan& plan) {
  const SharedBoilerplateRule rule;
  CorpusExcerpt excerpt(corpus);
  const std::vector<ArticleId> sample = choose_shared_sample(corpus, rule, articles);
  require_for_learning(corpus, sample, 1, plan);
  return SharedBoilerplateLearner(excerpt.corpus(), options.shingle, rule, options.title).learn(excerpt.take(sample));
}

/// What each source repeats in unrelated articles, and the passages that unrelated stories of many sources share.
/// Sources without a name have no boilerplate of their own.
BoilerplateModel learn_boilerplate(const Corpus& corpus, const Options& options, const EqualGroups& groups,
                                   RunContext& context) {
  const StageTimer timer(context.times, "boilerplate");
  context.progress.stage = "boilerplate";
  std::pmr::vector<ArticleId> all(corpus.memory());
  const BoilerplateRule rule;
  std::vector<IdentitySample> of_source(corpus.sources().size(), IdentitySample(rule.sample));
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const ArticleId article{i};
    if (!groups.is_representative(article)) continue;
    all.push_back(article);
    of_source[number(corpus.record(article).source)].show(corpus, article);
  }
  std::vector<std::vector<std::uint64_t>> learned(of_source.size());
  std::vector<std::uint64_t> shared;
  parallel_items<SourceLearner>(
      1 + of_source.size(), {}, context, [&](auto& learner) { learner.emplace(corpus, options, rule); },
      [&](std::size_t item, SourceLearner& learner) {
        if (item == 0) {
          shared = learn_shared_boilerplate(corpus, options, all, context.memory);
        } else if (!corpus.sources()[item - 1].empty()) {
          std::vector<ArticleId> sample = of_source[item - 1].take();
          require_for_learning(corpus, sample, context.threads, context.memory);
          learned[item - 1] = learner.learn(std::move(sample));
        }
      });
  BoilerplateModel model;
  for (std::size_t source = 0; source < learned.size(); ++source) {
    model.set(corpus.sources()[source], ShingleSet(learned[source]));
  }
  model.set_shared(ShingleSet(shared));
  return model;
}

/// Marks the boilerplate of every article that is in a candidate pair. Returns the threads that may compare them.
unsigned mark_candidates(const Corpus& corpus, std::span<const CandidatePair> pairs, ProfileTable& profiles,
                         RunContext& context) {
  const StageTimer timer(context.times, "profiles");
  context.progress.stage = "profiles";
  std::pmr::vector<char> wanted(corpus.size(), 0, corpus.memory());
  for (const CandidatePair& pair : pairs) wanted[pair.first] = wanted[pair.second] = 1;
  parallel_items(profiles.chunks(), {}, context, [&](std::size_t chunk) { profiles.mark(chunk, wanted); });
  return comparing_threads(corpus, wanted, context);
}

/// Counts the distinct shingles of every article that is in a match or represents equal ones, and completes the scores
/// of the matches with them.
void complete_scores(const Corpus& corpus, const Options& options, const EqualGroups& groups, ProfileTable& profiles,
                     std::span<ArticleMatch> matches, RunContext& context) {
  const StageTimer timer(context.times, "scores");
  std::pmr::vector<char> wanted(corpus.size(), 0, corpus.memory()), unmarked(corpus.size(), 0, corpus.memory());
  for (const ArticleMatch& match : matches) wanted[number(match.first)] = wanted[number(match.second)] = 1;
  groups.for_each_group([&](std::span<const ArticleId> group) {
    const std::uint32_t article = number(group.front());
    unmarked[article] = profiles.profile(group.front()).editorial_tokens == 0;
    wanted[article] = 1;
  });
  parallel_items<TextComparer>(
      profiles.chunks(), {1, comparing_threads(corpus, wanted, context)}, context,
      [&](auto& comparer) { comparer.emplace(options.shingle); },
      [&](std::size_t chunk, TextComparer& comparer) {
        profiles.mark(chunk, unmarked);
        profiles.count(chunk, wanted, comparer);
      });
  for (ArticleMatch& match : matches) {
    const TextProfile &a = profiles.profile(match.first), &b = profiles.profile(match.second);
    match.similarity.first = a.editorial_shingles, match.similarity.second = b.editorial_shingles;
    match.similarity.raw_first = a.raw_shingles, match.similarity.raw_second = b.raw_shingles;
  }
}

/// Compares every candidate pair, in the order in which they come, so that an article is loaded once for all its
/// partners that follow each other.
void verify(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
            std::span<const CandidatePair> pairs, unsigned threads, std::pmr::vector<ArticleMatch>& matches,
            RunContext& context) {
  const StageTimer timer(context.times, "verify");
  context.progress.stage = "verify";
  constexpr std::size_t kChunk = 4096, kPairsPerRelief = 64;
  const std::uint64_t at_once = context.memory.slice() / (2 * sizeof(ArticleMatch));  // twice, as a vector grows
  in_slices(
      pairs.size(), std::clamp<std::uint64_t>(at_once, kChunk, 1 << 24), [&](std::size_t first, std::size_t count) {
        const std::span<const CandidatePair> slice = pairs.subspan(first, count);
        std::vector<std::vector<ArticleMatch>> found((slice.size() + kChunk - 1) / kChunk);
        parallel_items<Matcher>(
            found.size(), {1, threads}, context, [&](auto& matcher) { matcher.emplace(corpus, profiles, options); },
            [&](std::size_t chunk, Matcher& matcher) {
              const std::size_t end = std::min(slice.size(), (chunk + 1) * kChunk);
              for (std::size_t i = chunk * kChunk; i < end; ++i) {
                if (i % kPairsPerRelief == 0) context.relieve_memory();
                if (i + 2 < end) prefetch(corpus.records().subspan(slice[i + 2].second, 1));
                if (i + 1 < end) prefetch(corpus.tokens(ArticleId{slice[i + 1].second}));
                matcher.load(ArticleId{slice[i].first});
                if (const auto match = matcher.compare(ArticleId{slice[i].second})) found[chunk].push_back(*match);
              }
            });
        std::size_t total = matches.size();
        for (const auto& some : found) total += some.size();
        grow(matches, total, context);
        for (const auto& some : found) append_in_pieces(matches, std::span<const ArticleMatch>(some), context);
      });
}

/// One component's clusters, those of one article left out.
struct Decided {
  struct Part {
    std::vector<Decision> members;
    double cohesion;
  };
  std::vector<Part> parts;
  CohesionCounts counts;
};

/// Connected components of matches, split into clusters that hold together, and what becomes of their members.
void cluster_and_decide(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
                        const EqualGroups& groups, const Preference& preference, unsigned threads,
                        Resolution& resolution, RunContext& context) {
  const StageTimer timer(context.times, "cluster");
  context.progress.stage = "cluster";
  const Components components(corpus, groups, resolution.matches);
  constexpr std::uint64_t kBytesOfAComponent = 1024;  // with the decisions on a few articles
  const std::uint64_t at_once = context.memory.slice() / kBytesOfAComponent;
  in_slices(components.size(), std::min<std::uint64_t>(at_once, 1 << 16), [&](std::size_t first, std::size_t count) {
    std::vector<Decided> decided(count);
    parallel_items<Matcher>(
        count, {16, threads}, context, [&](auto& matcher) { matcher.emplace(corpus, profiles, options); },
        [&](std::size_t i, Matcher& matcher) {
          for (NodeCluster& part :
               hold_together(corpus, components[first + i], CohesionRule{}, matcher, decided[i].counts)) {
            if (part.nodes.size() == 1 && groups.members(part.nodes.front()).size() == 1) continue;
            decided[i].parts.push_back({decide(part, groups, options, preference, matcher), part.cohesion});
          }
        });
    for (const Decided& component : decided) {
      resolution.cohesion.chains_cut += component.counts.chains_cut;
      resolution.cohesion.verified += component.counts.verified;
      for (const auto& [members, cohesion] : component.parts) {
        resolution.clusters.append({cluster_identity(corpus, members), members, cohesion});
      }
    }
  });
  resolution.clusters.sort();
}

/// Each member of a group of equal articles with the group's representative.
void match_equal(const EqualGroups& groups, const Matcher& matcher, std::pmr::vector<ArticleMatch>& matches) {
  groups.for_each_group([&](std::span<const ArticleId> group) {
    for (const ArticleId member : group.subspan(1)) matches.push_back(matcher.equal(group.front(), member));
  });
}

}  // namespace

Resolution resolve(const Corpus& corpus, const Options& options, RunContext& context, const BoilerplateModel* known) {
  throw_if_stopped(context.stop);
  Resolution resolution(corpus.memory());
  const Preference preference(corpus, options);
  const EqualGroups groups = [&] {
    const StageTimer timer(context.times, "equal groups");
    return EqualGroups(corpus, options, preference);
  }();
  if (options.boilerplate) resolution.boilerplate = learn_boilerplate(corpus, options, groups, context);
  if (options.boilerplate && known != nullptr) resolution.boilerplate.unite(*known);
  std::pmr::vector<CandidatePair> pairs =
      find_candidates(corpus, options, groups, resolution.boilerplate, resolution.candidates, context);
  ProfileTable profiles(corpus, resolution.boilerplate, options);
  const unsigned threads = mark_candidates(corpus, pairs, profiles, context);
  load_longer_first(corpus, pairs);
  verify(corpus, options, profiles, pairs, threads, resolution.matches, context);
  restore_order(std::span(resolution.matches));
  complete_scores(corpus, options, groups, profiles, resolution.matches, context);
  cluster_and_decide(corpus, options, profiles, groups, preference, threads, resolution, context);
  match_equal(groups, Matcher(corpus, profiles, options), resolution.equal);

  resolution.equal_groups = groups.size();
  resolution.verified = pairs.size() + resolution.cohesion.verified;
  for (const ResolvedCluster& cluster : resolution.clusters) {
    resolution.duplicates +=
        std::count_if(cluster.members.begin(), cluster.members.end(), [](const Decision& d) { return !d.kept; });
  }
  return resolution;
}

}  // namespace wirecopy
