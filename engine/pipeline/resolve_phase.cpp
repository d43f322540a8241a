#include "pipeline/resolve_phase.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <atomic>

#include "base/cancellation.hpp"
#include "pipeline/candidate_search.hpp"

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

/// Distinct shingles of every article that is in a candidate pair, by article number.
std::vector<std::uint32_t> count_shingles(const Corpus& corpus, const Options& options,
                                          const std::vector<CandidatePair>& pairs, RunContext& context) {
  std::vector<char> is_wanted(corpus.size(), 0);
  for (const CandidatePair& pair : pairs) is_wanted[pair.first] = is_wanted[pair.second] = 1;
  std::vector<std::uint32_t> counts(corpus.size(), 0);
  parallel_items<Matcher>(
      corpus.size(), 1024, context, [&] { return Matcher(corpus, options); },
      [&](std::size_t article, Matcher& matcher) {
        const ArticleId id{static_cast<std::uint32_t>(article)};
        if (is_wanted[article]) counts[article] = matcher.count_distinct(id);
      });
  return counts;
}

/// Compares every candidate pair; pairs come sorted, so that an article is loaded once for all its partners.
std::vector<ArticleMatch> verify(const Corpus& corpus, const Options& options, const std::vector<CandidatePair>& pairs,
                                 RunContext& context) {
  const StageTimer timer(context.times, "verify");
  context.progress.stage = "verify";
  const std::vector<std::uint32_t> counts = count_shingles(corpus, options, pairs, context);
  constexpr std::size_t kChunk = 4096;
  const std::size_t chunks = (pairs.size() + kChunk - 1) / kChunk;
  std::vector<std::vector<ArticleMatch>> found(chunks);
  parallel_items<Matcher>(
      chunks, 1, context,
      [&] {
        Matcher matcher(corpus, options);
        matcher.use_counts(counts);
        return matcher;
      },
      [&](std::size_t chunk, Matcher& matcher) {
        ArticleId loaded = kNoArticle;
        const std::size_t end = std::min(pairs.size(), (chunk + 1) * kChunk);
        for (std::size_t i = chunk * kChunk; i < end; ++i) {
          const ArticleId first{pairs[i].first}, second{pairs[i].second};
          if (first != loaded) matcher.load(loaded = first);
          if (const auto match = matcher.compare(second)) found[chunk].push_back(*match);
        }
      });
  std::vector<ArticleMatch> matches;
  for (const auto& some : found) matches.insert(matches.end(), some.begin(), some.end());
  return matches;
}

/// Each member of a group of equal articles with the group's representative.
std::vector<ArticleMatch> match_equal(const Corpus& corpus, const Options& options, const EqualGroups& groups) {
  Matcher matcher(corpus, options);
  std::vector<ArticleMatch> matches;
  groups.for_each_group([&](std::span<const ArticleId> group) {
    const std::uint32_t distinct = matcher.count_distinct(group.front());
    for (const ArticleId member : group.subspan(1)) {
      matches.push_back({group.front(), member, Relation::exact, {distinct, distinct, distinct}});
    }
  });
  return matches;
}

std::vector<ResolvedCluster> decide_all(const Corpus& corpus, const Options& options, const EqualGroups& groups,
                                        const Preference& preference, const std::vector<NodeCluster>& clusters,
                                        RunContext& context) {
  const StageTimer timer(context.times, "decide");
  context.progress.stage = "decide";
  std::vector<ResolvedCluster> resolved(clusters.size());
  parallel_items<Matcher>(
      clusters.size(), 16, context, [&] { return Matcher(corpus, options); },
      [&](std::size_t i, Matcher& matcher) {
        resolved[i].members = decide(clusters[i], groups, preference, matcher);
        resolved[i].id = cluster_id(corpus, resolved[i].members);
      });
  std::sort(resolved.begin(), resolved.end(), [](const ResolvedCluster& a, const ResolvedCluster& b) {
    return a.members.front().article < b.members.front().article;
  });
  return resolved;
}

}  // namespace

Resolution resolve(const Corpus& corpus, const Options& options, RunContext& context) {
  Resolution resolution;
  const Preference preference(corpus, options);
  const EqualGroups groups = [&] {
    const StageTimer timer(context.times, "equal groups");
    return EqualGroups(corpus, options, preference);
  }();
  resolution.equal_groups = groups.size();
  resolution.equal = match_equal(corpus, options, groups);

  const std::vector<CandidatePair> pairs = find_candidates(corpus, options, groups, resolution.candidates, context);
  resolution.verified = pairs.size();
  resolution.matches = verify(corpus, options, pairs, context);

  const std::vector<NodeCluster> clusters = [&] {
    const StageTimer timer(context.times, "cluster");
    context.progress.stage = "cluster";
    return connect(corpus, groups, resolution.matches, preference);
  }();
  resolution.clusters = decide_all(corpus, options, groups, preference, clusters, context);
  for (const ResolvedCluster& cluster : resolution.clusters) {
    resolution.duplicates +=
        std::count_if(cluster.members.begin(), cluster.members.end(), [](const Decision& d) { return !d.kept; });
  }
  return resolution;
}

}  // namespace wirecopy
