#include "evaluate/truth_scores.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace wirecopy::evaluate {
namespace {

constexpr std::size_t kMaxNamedParts = 3;

/// The articles with a known story, numbered without gaps.
struct Compared {
  std::vector<std::uint32_t> articles, clusters, stories;
};

Compared compared_articles(const Grouping& clusters, const Truth& truth) {
  Compared compared;
  for (std::uint32_t article = 0; article < truth.stories.group_of.size(); ++article) {
    if (!truth.stories.names(article)) continue;
    compared.articles.push_back(article);
    compared.clusters.push_back(clusters.of(article));
    compared.stories.push_back(truth.stories.of(article));
  }
  return compared;
}

std::vector<EditScore> score_edits(const Compared& compared, const Contingency& table, const Truth& truth) {
  const std::size_t not_given = truth.edits.size();
  std::vector<EditScore> scores(not_given + 1);
  for (std::uint32_t edit = 0; edit < not_given; ++edit) scores[edit].edit = truth.edits.name(edit);
  for (std::size_t i = 0; i < compared.articles.size(); ++i) {
    const std::uint32_t article = compared.articles[i];
    const std::uint32_t edit = article < truth.edit_of.size() ? truth.edit_of[article] : kAlone;
    EditScore& score = scores[edit == kAlone ? not_given : edit];
    const std::uint32_t common = table.in_common(i), story = table.story_sizes()[table.story(i)];
    ++score.articles;
    score.copies += story > 1;
    score.lost += story > 1 && common == 1;
    score.expected += story - 1;
    score.found += common - 1;
    score.wrong += table.cluster_sizes()[table.cluster(i)] - common;
  }
  if (scores.back().articles == 0) scores.pop_back();
  std::sort(scores.begin(), scores.end(), [](const EditScore& a, const EditScore& b) { return a.edit < b.edit; });
  return scores;
}

/// One dimension of the table, whose worst groups are ranked: `of` is the group in a cell, `other` the group that it
/// overlaps.
struct Side {
  std::uint32_t Cell::*of;
  std::uint32_t Cell::*other;
  const NameTable& names;
  const NameTable& other_names;
};

/// For each group with errors: its number, its wrong pairs and the number of its parts; the worst first.
std::vector<std::tuple<std::uint32_t, std::uint64_t, std::uint64_t>> rank_groups(const Contingency& table,
                                                                                 std::span<const std::uint32_t> sizes,
                                                                                 const Side& side, std::size_t worst) {
  std::vector<std::uint64_t> pairs, parts(sizes.size());
  for (const std::uint32_t size : sizes) pairs.push_back(pairs_among(size));
  for (const Cell& cell : table.cells()) {
    pairs[cell.*side.of] -= pairs_among(cell.count);
    ++parts[cell.*side.of];
  }
  std::vector<std::tuple<std::uint32_t, std::uint64_t, std::uint64_t>> ranked;
  for (std::uint32_t group = 0; group < sizes.size(); ++group) {
    if (pairs[group] > 0) ranked.emplace_back(group, pairs[group], parts[group]);
  }
  const auto is_worse = [&](const auto& a, const auto& b) {
    if (std::get<1>(a) != std::get<1>(b)) return std::get<1>(a) > std::get<1>(b);
    return side.names.name(std::get<0>(a)) < side.names.name(std::get<0>(b));
  };
  const auto shown = static_cast<std::ptrdiff_t>(std::min(worst, ranked.size()));
  std::partial_sort(ranked.begin(), ranked.begin() + shown, ranked.end(), is_worse);
  ranked.resize(static_cast<std::size_t>(shown));
  return ranked;
}

/// The largest named parts, by size and name.
std::vector<std::pair<std::string, std::uint64_t>> largest_of(std::vector<Cell> cells, const Side& side) {
  std::erase_if(cells, [&](const Cell& cell) { return cell.*side.other >= side.other_names.size(); });
  std::sort(cells.begin(), cells.end(), [&](const Cell& a, const Cell& b) {
    if (a.count != b.count) return a.count > b.count;
    return side.other_names.name(a.*side.other) < side.other_names.name(b.*side.other);
  });
  cells.resize(std::min(cells.size(), kMaxNamedParts));
  std::vector<std::pair<std::string, std::uint64_t>> named;
  for (const Cell& cell : cells) named.emplace_back(side.other_names.name(cell.*side.other), cell.count);
  return named;
}

std::vector<WorstGroup> worst_groups(const Contingency& table, std::span<const std::uint32_t> sizes, const Side& side,
                                     std::size_t worst) {
  const auto ranked = rank_groups(table, sizes, side, worst);
  std::vector<std::uint32_t> rank_of(sizes.size(), UINT32_MAX);
  for (std::uint32_t rank = 0; rank < ranked.size(); ++rank) rank_of[std::get<0>(ranked[rank])] = rank;
  std::vector<std::vector<Cell>> cells(ranked.size());
  for (const Cell& cell : table.cells()) {
    if (rank_of[cell.*side.of] != UINT32_MAX) cells[rank_of[cell.*side.of]].push_back(cell);
  }
  std::vector<WorstGroup> groups;
  for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
    const auto& [group, pairs, parts] = ranked[rank];
    groups.push_back(
        {std::string(side.names.name(group)), sizes[group], parts, pairs, largest_of(std::move(cells[rank]), side)});
  }
  return groups;
}

}  // namespace

TruthEvaluation evaluate_truth(const Grouping& clusters, const Truth& truth, std::size_t worst) {
  const Compared compared = compared_articles(clusters, truth);
  const Contingency table(compared.clusters, clusters.groups.size(), compared.stories, truth.stories.groups.size());
  TruthEvaluation evaluation;
  evaluation.articles = compared.articles.size();
  evaluation.stories = static_cast<std::uint64_t>(
      std::count_if(table.story_sizes().begin(), table.story_sizes().end(), [](std::uint32_t n) { return n > 1; }));
  evaluation.pairs = count_pairs(table);
  evaluation.bcubed = b_cubed(table);
  evaluation.clusters = count_clusters(clusters);
  evaluation.edits = score_edits(compared, table, truth);
  const Side by_cluster{&Cell::cluster, &Cell::story, clusters.groups, truth.stories.groups};
  const Side by_story{&Cell::story, &Cell::cluster, truth.stories.groups, clusters.groups};
  evaluation.mixed_clusters = worst_groups(table, table.cluster_sizes(), by_cluster, worst);
  evaluation.split_stories = worst_groups(table, table.story_sizes(), by_story, worst);
  for (const std::uint32_t article : compared.articles) evaluation.not_in_result += !clusters.names(article);
  evaluation.not_in_truth = clusters.named + evaluation.not_in_result - evaluation.articles;
  return evaluation;
}

}  // namespace wirecopy::evaluate
