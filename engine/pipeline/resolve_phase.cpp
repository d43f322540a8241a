#include "pipeline/resolve_phase.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <atomic>

#include "base/cancellation.hpp"
#include "boilerplate/learner.hpp"
#include "cluster/cohesion.hpp"
#include "pipeline/candidate_search.hpp"
#include "verify/profile_table.hpp"

namespace wirecopy {
namespace {

using oneapi::tbb::blocked_range;

/// Calls `body(item, scratch)` for 0..count-1 in parallel, with one scratch a thread and chunks of `grain`.
template <typename Scratch, typename MakeScratch, typename Body>
void parallel_items(std::size_t count, std::size_t grain, RunContext& context, MakeScratch make, Body body) {
  oneapi::tbb::enumerable_thread_specific<Scratch> scratches(make);
  context.progress.total = count;
  context.progress.done = 0;
  oneapi::tbb::parallel_for(blocked_range<std::size_t>(0, count, grain), [&](const blocked_range<std::size_t>& range) {
    throw_if_stopped(context.stop);
    Scratch& scratch = scratches.local();
    for (std::size_t i = range.begin(); i != range.end(); ++i) body(i, scratch);
    context.progress.done += range.size();
  });
}

/// What each source repeats in unrelated articles. Sources without a name have no boilerplate.
BoilerplateModel learn_boilerplate(const Corpus& corpus, const Options& options, const EqualGroups& groups,
                                   RunContext& context) {
  const StageTimer timer(context.times, "boilerplate");
  context.progress.stage = "boilerplate";
  std::vector<std::vector<ArticleId>> articles(corpus.sources().size());
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const ArticleId article{i};
    if (groups.is_representative(article)) articles[number(corpus.record(article).source)].push_back(article);
  }
  const BoilerplateRule rule;
  std::vector<std::vector<std::uint64_t>> learnt(articles.size());
  parallel_items<BoilerplateLearner>(
      articles.size(), 1, context, [&] { return BoilerplateLearner(corpus, options.shingle, rule); },
      [&](std::size_t source, BoilerplateLearner& learner) {
        if (corpus.sources()[source].empty()) return;
        choose_sample(corpus, rule, articles[source]);
        learnt[source] = learner.learn(articles[source]);
      });
  BoilerplateModel model;
  for (std::size_t source = 0; source < learnt.size(); ++source) {
    model.set(corpus.sources()[source], ShingleSet(learnt[source]));
  }
  return model;
}

/// Marks the boilerplate of every article that is in a candidate pair.
void mark_candidates(const Corpus& corpus, const std::vector<CandidatePair>& pairs, ProfileTable& profiles,
                     RunContext& context) {
  const StageTimer timer(context.times, "profiles");
  context.progress.stage = "profiles";
  std::vector<char> wanted(corpus.size(), 0);
  for (const CandidatePair& pair : pairs) wanted[pair.first] = wanted[pair.second] = 1;
  parallel_items<char>(
      profiles.chunks(), 1, context, [] { return char{}; },
      [&](std::size_t chunk, char) { profiles.mark(chunk, wanted); });
}

/// Counts the distinct shingles of every article that is in a match, or stands for equal ones, and completes the scores
/// of the matches with them.
void complete_scores(const Corpus& corpus, const Options& options, const EqualGroups& groups, ProfileTable& profiles,
                     std::vector<ArticleMatch>& matches, RunContext& context) {
  const StageTimer timer(context.times, "scores");
  std::vector<char> wanted(corpus.size(), 0), unmarked(corpus.size(), 0);
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
std::vector<ArticleMatch> verify(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
                                 const std::vector<CandidatePair>& pairs, RunContext& context) {
  const StageTimer timer(context.times, "verify");
  context.progress.stage = "verify";
  constexpr std::size_t kChunk = 4096;
  const std::size_t chunks = (pairs.size() + kChunk - 1) / kChunk;
  std::vector<std::vector<ArticleMatch>> found(chunks);
  parallel_items<Matcher>(
      chunks, 1, context, [&] { return Matcher(corpus, profiles, options); },
      [&](std::size_t chunk, Matcher& matcher) {
        const std::size_t end = std::min(pairs.size(), (chunk + 1) * kChunk);
        for (std::size_t i = chunk * kChunk; i < end; ++i) {
          matcher.load(ArticleId{pairs[i].first});
          if (const auto match = matcher.compare(ArticleId{pairs[i].second})) found[chunk].push_back(*match);
        }
      });
  std::vector<ArticleMatch> matches;
  for (const auto& some : found) matches.insert(matches.end(), some.begin(), some.end());
  return matches;
}

/// Connected components of matches, split into clusters that hold together; clusters of one article are left out.
std::vector<NodeCluster> cluster_matches(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
                                         const EqualGroups& groups, const std::vector<ArticleMatch>& matches,
                                         CohesionCounts& counts, RunContext& context) {
  const StageTimer timer(context.times, "cluster");
  context.progress.stage = "cluster";
  std::vector<NodeCluster> components = connect(corpus, groups, matches);
  std::vector<std::vector<NodeCluster>> parts(components.size());
  std::vector<CohesionCounts> part_counts(components.size());
  parallel_items<Matcher>(
      components.size(), 16, context, [&] { return Matcher(corpus, profiles, options); },
      [&](std::size_t i, Matcher& matcher) {
        parts[i] = hold_together(corpus, std::move(components[i]), CohesionRule{}, matcher, part_counts[i]);
      });
  std::vector<NodeCluster> clusters;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    counts.chains_cut += part_counts[i].chains_cut;
    counts.verified += part_counts[i].verified;
    for (NodeCluster& part : parts[i]) {
      if (part.nodes.size() > 1 || groups.members(part.nodes.front()).size() > 1) clusters.push_back(std::move(part));
    }
  }
  return clusters;
}

/// Each member of a group of equal articles with the group's representative.
std::vector<ArticleMatch> match_equal(const EqualGroups& groups, const Matcher& matcher) {
  std::vector<ArticleMatch> matches;
  groups.for_each_group([&](std::span<const ArticleId> group) {
    for (const ArticleId member : group.subspan(1)) matches.push_back(matcher.equal(group.front(), member));
  });
  return matches;
}

std::vector<ResolvedCluster> decide_all(const Corpus& corpus, const Options& options, const ProfileTable& profiles,
                                        const EqualGroups& groups, const Preference& preference,
                                        std::vector<NodeCluster>& clusters, RunContext& context) {
  const StageTimer timer(context.times, "decide");
  context.progress.stage = "decide";
  std::vector<ResolvedCluster> resolved(clusters.size());
  parallel_items<Matcher>(
      clusters.size(), 16, context, [&] { return Matcher(corpus, profiles, options); },
      [&](std::size_t i, Matcher& matcher) {
        resolved[i].members = decide(clusters[i], groups, options, preference, matcher);
        resolved[i].id = cluster_id(corpus, resolved[i].members);
        resolved[i].cohesion = clusters[i].cohesion;
      });
  std::sort(resolved.begin(), resolved.end(), [](const ResolvedCluster& a, const ResolvedCluster& b) {
    return a.members.front().article < b.members.front().article;
  });
  return resolved;
}

}  // namespace

Resolution resolve(const Corpus& corpus, const Options& options, RunContext& context, const BoilerplateModel* known) {
  throw_if_stopped(context.stop);
  Resolution resolution;
  const Preference preference(corpus, options);
  const EqualGroups groups = [&] {
    const StageTimer timer(context.times, "equal groups");
    return EqualGroups(corpus, options, preference);
  }();
  if (options.boilerplate) resolution.boilerplate = learn_boilerplate(corpus, options, groups, context);
  if (options.boilerplate && known != nullptr) resolution.boilerplate.unite(*known);
  const std::vector<CandidatePair> pairs =
      find_candidates(corpus, options, groups, resolution.boilerplate, resolution.candidates, context);
  ProfileTable profiles(corpus, resolution.boilerplate, options);
  mark_candidates(corpus, pairs, profiles, context);
  resolution.matches = verify(corpus, options, profiles, pairs, context);
  complete_scores(corpus, options, groups, profiles, resolution.matches, context);
  std::vector<NodeCluster> clusters =
      cluster_matches(corpus, options, profiles, groups, resolution.matches, resolution.cohesion, context);
  resolution.clusters = decide_all(corpus, options, profiles, groups, preference, clusters, context);

  resolution.equal = match_equal(groups, Matcher(corpus, profiles, options));
  resolution.equal_groups = groups.size();
  resolution.verified = pairs.size() + resolution.cohesion.verified;
  for (const ResolvedCluster& cluster : resolution.clusters) {
    resolution.duplicates +=
        std::count_if(cluster.members.begin(), cluster.members.end(), [](const Decision& d) { return !d.kept; });
  }
  return resolution;
}

}  // namespace wirecopy
