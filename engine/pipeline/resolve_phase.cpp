#include "pipeline/resolve_phase.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <atomic>

#include "base/cancellation.hpp"
#include "base/prefetch.hpp"
#include "boilerplate/formula_learner.hpp"
#include "boilerplate/learner.hpp"
#include "cluster/cohesion.hpp"
#include "corpus/article_reader.hpp"
#include "corpus/identity_sample.hpp"
#include "pipeline/candidate_search.hpp"
#include "verify/profile_table.hpp"

namespace wirecopy {
namespace {

using oneapi::tbb::blocked_range;

/// Calls `body(item, scratch)` for 0..count-1 in parallel, with one scratch a thread and chunks of `grain`, never more:
/// between two of them memory is relieved.
template <typename Scratch, typename MakeScratch, typename Body>
void parallel_items(std::size_t count, std::size_t grain, RunContext& context, MakeScratch make, Body body) {
  oneapi::tbb::enumerable_thread_specific<Scratch> scratches(make);
  context.progress.total = count;
  context.progress.done = 0;
  const auto run_chunk = [&](const blocked_range<std::size_t>& range) {
    throw_if_stopped(context.stop);
    context.relieve_memory();
    Scratch& scratch = scratches.local();
    for (std::size_t i = range.begin(); i != range.end(); ++i) body(i, scratch);
    context.progress.done += range.size();
  };
  oneapi::tbb::parallel_for(blocked_range<std::size_t>(0, count, grain), run_chunk, oneapi::tbb::simple_partitioner());
}

/// Calls `body(first, count)` for 0..count-1 in slices, one after the other: what a slice leaves on the heap is
/// bounded.
template <typename Body>
void in_slices(std::size_t count, std::size_t slice, Body body) {
  for (std::size_t first = 0; first < count; first += slice) body(first, std::min(slice, count - first));
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

/// The formulas that unrelated stories of many sources share; `articles` are one of each group of equal ones.
std::vector<std::uint64_t> learn_formulas(const Corpus& corpus, const Options& options,
                                          std::span<const ArticleId> articles) {
  const FormulaRule rule;
  CorpusExcerpt excerpt(corpus);
  const std::vector<ArticleId> sample = choose_formula_sample(corpus, rule, articles);
  return FormulaLearner(excerpt.corpus(), options.shingle, rule, options.title).learn(excerpt.take(sample));
}

/// What each source repeats in unrelated articles, and the formulas that unrelated stories of many sources share.
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
  std::vector<std::vector<std::uint64_t>> learnt(of_source.size());
  std::vector<std::uint64_t> formulas;
  parallel_items<SourceLearner>(
      1 + of_source.size(), 1, context, [&] { return SourceLearner(corpus, options, rule); },
      [&](std::size_t item, SourceLearner& learner) {
        if (item == 0) {
          formulas = learn_formulas(corpus, options, all);
        } else if (!corpus.sources()[item - 1].empty()) {
          learnt[item - 1] = learner.learn(of_source[item - 1].take());
        }
      });
  BoilerplateModel model;
  for (std::size_t source = 0; source < learnt.size(); ++source) {
    model.set(corpus.sources()[source], ShingleSet(learnt[source]));
  }
  model.set_formulas(ShingleSet(formulas));
  return model;
}

/// Marks the boilerplate of every article that is in a candidate pair.
void mark_candidates(const Corpus& corpus, std::span<const CandidatePair> pairs, ProfileTable& profiles,
                     RunContext& context) {
  const StageTimer timer(context.times, "profiles");
  context.progress.stage = "profiles";
  std::pmr::vector<char> wanted(corpus.size(), 0, corpus.memory());
  for (const CandidatePair& pair : pairs) wanted[pair.first] = wanted[pair.second] = 1;
  parallel_items<char>(
      profiles.chunks(), 1, context, [] { return char{}; },
      [&](std::size_t chunk, char) { profiles.mark(chunk, wanted); });
}

/// Counts the distinct shingles of every article that is in a match, or stands for equal ones, and completes the scores
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
      profiles.chunks(), 1, context, [&] { return TextComparer(options.shingle); },
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

/// Compares every candidate pair; pairs come sorted, so that an article is loaded once for all its partners.
void verify(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
            std::span<const CandidatePair> pairs, std::pmr::vector<ArticleMatch>& matches, RunContext& context) {
  const StageTimer timer(context.times, "verify");
  context.progress.stage = "verify";
  in_slices(pairs.size(), std::size_t{1} << 24, [&](std::size_t first, std::size_t count) {
    const std::span<const CandidatePair> slice = pairs.subspan(first, count);
    constexpr std::size_t kChunk = 4096, kPairsOfABreath = 64;
    std::vector<std::vector<ArticleMatch>> found((slice.size() + kChunk - 1) / kChunk);
    parallel_items<Matcher>(
        found.size(), 1, context, [&] { return Matcher(corpus, profiles, options); },
        [&](std::size_t chunk, Matcher& matcher) {
          const std::size_t end = std::min(slice.size(), (chunk + 1) * kChunk);
          for (std::size_t i = chunk * kChunk; i < end; ++i) {
            if (i % kPairsOfABreath == 0) context.relieve_memory();
            if (i + 2 < end) prefetch(corpus.records().subspan(slice[i + 2].second, 1));
            if (i + 1 < end) prefetch(corpus.tokens(ArticleId{slice[i + 1].second}));
            matcher.load(ArticleId{slice[i].first});
            if (const auto match = matcher.compare(ArticleId{slice[i].second})) found[chunk].push_back(*match);
          }
        });
    for (const auto& some : found) matches.insert(matches.end(), some.begin(), some.end());
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
                        const EqualGroups& groups, const Preference& preference, Resolution& resolution,
                        RunContext& context) {
  const StageTimer timer(context.times, "cluster");
  context.progress.stage = "cluster";
  const Components components(corpus, groups, resolution.matches);
  in_slices(components.size(), std::size_t{1} << 16, [&](std::size_t first, std::size_t count) {
    std::vector<Decided> decided(count);
    parallel_items<Matcher>(
        count, 16, context, [&] { return Matcher(corpus, profiles, options); },
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
  const std::pmr::vector<CandidatePair> pairs =
      find_candidates(corpus, options, groups, resolution.boilerplate, resolution.candidates, context);
  ProfileTable profiles(corpus, resolution.boilerplate, options);
  mark_candidates(corpus, pairs, profiles, context);
  verify(corpus, options, profiles, pairs, resolution.matches, context);
  complete_scores(corpus, options, groups, profiles, resolution.matches, context);
  cluster_and_decide(corpus, options, profiles, groups, preference, resolution, context);
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
