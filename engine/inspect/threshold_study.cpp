#include "inspect/threshold_study.hpp"

#include <algorithm>
#include <cmath>
#include <memory_resource>
#include <optional>
#include <tuple>

#include "base/cancellation.hpp"
#include "base/name_map.hpp"
#include "cluster/clustering.hpp"
#include "cluster/cohesion.hpp"
#include "lsh/banding.hpp"
#include "pipeline/candidate_search.hpp"
#include "pipeline/in_arena.hpp"
#include "pipeline/pair_order.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/sketcher.hpp"
#include "verify/relation.hpp"

namespace wirecopy {
namespace {

constexpr double kStep = 0.05;

double linking_threshold(Judgement judgement, const Similarity& similarity) {
  switch (judgement) {
    case Judgement::equal:
    case Judgement::nearly_equal:
      return 1;
    case Judgement::copies:
    case Judgement::below_threshold:
      return similarity.agreement();
    default:
      return 0;
  }
}

class Study {
 public:
  Study(const FeedAgain& feed, RelationSet drop, RunContext& context)
      : feed_(feed),
        corpus_(feed.corpus()),
        options_(feed.options()),
        context_(context),
        preference_(corpus_, options_),
        groups_(corpus_, options_, preference_),
        pairs_(corpus_.memory()) {
    options_.drop = drop;
  }

  ThresholdStudy run() {
    CandidateCounts counts;
    candidates_.emplace(find_candidates(corpus_, options_, groups_, feed_.model(), counts, context_));
    score();
    count();
    choose_nearest();
    for (const double threshold : thresholds()) study_.what_if.push_back(cluster_at(threshold));
    draw_curve();
    return std::move(study_);
  }

 private:
  void score() {
    const StageTimer timer(context_.times, "verify");
    context_.progress.stage = "verify";
    load_longer_first(corpus_, *candidates_);
    pairs_.resize(candidates_->size());
    parallel_items<Matcher>(
        candidates_->size(), {.grain = 4096}, context_,
        [&](auto& matcher) { matcher.emplace(corpus_, feed_.profiles(), options_); },
        [&](std::size_t i, Matcher& matcher) {
          pairs_[i] =
              score_pair(feed_, matcher, ArticleId{(*candidates_)[i].first}, ArticleId{(*candidates_)[i].second});
        });
    restore_order(std::span(pairs_));
  }

  void count() {
    study_.candidates = pairs_.size();
    for (const ScoredPair& pair : pairs_) {
      if (pair.threshold == 0) {
        ++study_.never;
        continue;
      }
      const auto bin = static_cast<std::size_t>(pair.threshold * ThresholdStudy::kBins);
      ++study_.histogram[std::min(bin, ThresholdStudy::kBins - 1)];
    }
  }

  /// Among equally near pairs, and their order, contents decide.
  void choose_nearest() {
    for (const ScoredPair& pair : pairs_) {
      if (pair.threshold == 0 || pair.threshold == 1) continue;
      (pair.threshold < options_.threshold ? study_.below : study_.above).push_back(pair);
    }
    const auto key = [&](const ScoredPair& pair) {
      return std::tuple(std::abs(pair.threshold - options_.threshold), corpus_.record(pair.first).identity,
                        corpus_.record(pair.second).identity);
    };
    for (std::vector<ScoredPair>* side : {&study_.below, &study_.above}) {
      const std::size_t most = std::min(side->size(), ThresholdStudy::kNearest);
      std::partial_sort(side->begin(), side->begin() + static_cast<std::ptrdiff_t>(most), side->end(),
                        [&](const ScoredPair& a, const ScoredPair& b) { return key(a) < key(b); });
      side->resize(most);
    }
  }

  [[nodiscard]] std::vector<double> thresholds() const {
    std::vector<double> thresholds{options_.threshold};
    for (int step = 2; step <= 20; ++step) {
      const double threshold = step * kStep;
      if (std::abs(threshold - options_.threshold) > kStep / 4) thresholds.push_back(threshold);
    }
    std::sort(thresholds.begin(), thresholds.end());
    return thresholds;
  }

  WhatIf cluster_at(double threshold) {
    const StageTimer timer(context_.times, "what if");
    context_.progress.stage = "what if";
    throw_if_stopped(context_.stop);
    Options options = options_;
    options.threshold = threshold;
    std::pmr::vector<ArticleMatch> matches(corpus_.memory());
    for (const ScoredPair& pair : pairs_) {
      if (pair.threshold < threshold) continue;
      const bool is_exact = corpus_.record(pair.first).content == corpus_.record(pair.second).content;
      matches.push_back(
          {pair.first, pair.second, is_exact ? Relation::exact : relation_of(pair.similarity), pair.similarity});
    }
    Matcher matcher(corpus_, feed_.profiles(), options);
    WhatIf result{threshold, 0, 0, 0};
    CohesionCounts ignored;
    const Components components(corpus_, groups_, matches);
    for (std::size_t i = 0; i < components.size(); ++i) {
      for (NodeCluster& part : hold_together(corpus_, components[i], CohesionRule{}, matcher, ignored)) {
        if (part.nodes.size() == 1 && groups_.members(part.nodes.front()).size() == 1) continue;
        const std::vector<Decision> members = decide(part, groups_, options, preference_, matcher);
        ++result.clusters;
        result.largest = std::max<std::uint64_t>(result.largest, members.size());
        for (const Decision& member : members) result.removed += member.kept ? 0 : 1;
      }
    }
    return result;
  }

  void draw_curve() {
    constexpr int kPoints = 20;
    if (options_.method != Method::sample && options_.method != Method::minhash) return;
    for (int i = 0; i <= kPoints; ++i) {
      const double share = static_cast<double>(i) / kPoints;
      if (options_.method == Method::minhash) {
        const Banding banding = choose_banding(jaccard_at(options_.threshold), options_.recall);
        study_.found_with_probability.push_back(candidate_probability(banding, jaccard_at(share)));
      } else {
        study_.found_with_probability.push_back(sample_probability(options_, share));
      }
    }
  }

  const FeedAgain& feed_;
  const Corpus& corpus_;
  Options options_;
  RunContext& context_;
  Preference preference_;
  EqualGroups groups_;
  std::optional<std::pmr::vector<CandidatePair>> candidates_;
  std::pmr::vector<ScoredPair> pairs_;
  ThresholdStudy study_;
};

}  // namespace

ScoredPair score_pair(const FeedAgain& feed, Matcher& matcher, ArticleId first, ArticleId second) {
  const Corpus& corpus = feed.corpus();
  matcher.load(first);
  ScoredPair pair{first, second, 0, matcher.measure(second)};
  if (!is_comparable(corpus.record(first), feed.options()) || !is_comparable(corpus.record(second), feed.options())) {
    return pair;
  }
  pair.threshold = linking_threshold(matcher.judge(pair.similarity, second), pair.similarity);
  return pair;
}

ThresholdStudy study_threshold(const FeedAgain& feed, RelationSet drop, RunContext& context) {
  return Study(feed, drop, context).run();
}

std::vector<double> linking_thresholds(const std::filesystem::path& result,
                                       const std::vector<std::array<std::string, 2>>& pairs, const Workspace& workspace,
                                       RunContext& context) {
  std::vector<double> thresholds(pairs.size(), 0);
  in_arena(context, [&] {
    const FeedAgain feed(result, workspace, context);
    NameMap<ArticleId, std::string_view> articles;
    for (std::uint32_t i = 0; i < feed.corpus().size(); ++i)
      articles.emplace(feed.corpus().id(ArticleId{i}), ArticleId{i});
    Matcher matcher(feed.corpus(), feed.profiles(), feed.options());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto first = articles.find(pairs[i][0]), second = articles.find(pairs[i][1]);
      if (first == articles.end() || second == articles.end() || first == second) continue;
      thresholds[i] = score_pair(feed, matcher, first->second, second->second).threshold;
    }
  });
  return thresholds;
}

}  // namespace wirecopy
