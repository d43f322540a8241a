#include "cluster/agglomeration.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

namespace wirecopy {

Agglomeration::Agglomeration(std::uint32_t nodes, const CohesionRule& rule, Test test)
    : rule_(rule), test_(std::move(test)), sets_(nodes), samples_(nodes), sizes_(nodes, 1) {
  for (Node node = 0; node < nodes; ++node) samples_[node] = {node};
}

void Agglomeration::run(std::vector<StrongPair> matches) {
  const auto strength = [](const StrongPair& match) {
    return std::tuple(-match.share, -match.jaccard, pair_key(match.a, match.b));
  };
  std::sort(matches.begin(), matches.end(),
            [&](const StrongPair& x, const StrongPair& y) { return strength(x) < strength(y); });
  for (const StrongPair& match : matches) try_to_join(match.a, match.b);
}

void Agglomeration::try_to_join(Node x, Node y) {
  const Node a = sets_.find(x), b = sets_.find(y);
  if (a == b) return;
  const std::uint64_t product = std::uint64_t{sizes_[a]} * sizes_[b];
  const auto refused = refused_.find(pair_key(a, b));
  if (refused != refused_.end() && product < 2 * refused->second) return;
  if (belong_together(a, b)) {
    join(a, b);
  } else {
    refused_[pair_key(a, b)] = product;
  }
}

/// Whether enough of the tested pairs between two clusters match, and more than share next to nothing.
bool Agglomeration::belong_together(Node a, Node b) {
  const auto& x = samples_[a].size() <= samples_[b].size() ? samples_[a] : samples_[b];
  const auto& y = samples_[a].size() <= samples_[b].size() ? samples_[b] : samples_[a];
  const auto side = static_cast<std::size_t>(std::max(1.0, std::sqrt(rule_.pairs)));
  const std::size_t of_x = std::min(x.size(), side), of_y = std::min(y.size(), rule_.pairs / of_x);
  std::size_t matching = 0, unrelated = 0;
  for (std::size_t i = 0; i < of_x; ++i) {
    for (std::size_t j = 0; j < of_y; ++j) {
      const Kinship kinship = test(x[i], y[j]);
      matching += kinship == Kinship::match;
      unrelated += kinship == Kinship::none;
    }
  }
  return matching > unrelated && static_cast<double>(matching) >= rule_.least_share * static_cast<double>(of_x * of_y);
}

Kinship Agglomeration::test(Node a, Node b) {
  const auto [found, is_new] = tested_.try_emplace(pair_key(a, b), Kinship::none);
  if (is_new) found->second = test_(a, b);
  return found->second;
}

void Agglomeration::join(Node a, Node b) {
  std::vector<Node> merged;
  std::merge(samples_[a].begin(), samples_[a].end(), samples_[b].begin(), samples_[b].end(),
             std::back_inserter(merged));
  if (merged.size() > rule_.pairs) merged.resize(rule_.pairs);
  const std::uint32_t size = sizes_[a] + sizes_[b];
  sets_.unite(a, b);
  const Node root = sets_.find(a);
  samples_[a == root ? b : a].clear();
  samples_[root] = std::move(merged);
  sizes_[root] = size;
}

}  // namespace wirecopy
