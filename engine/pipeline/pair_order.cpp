#include "pipeline/pair_order.hpp"

#include <algorithm>
#include <memory_resource>

namespace wirecopy {
namespace {

/// Streaming fewer tokens than this takes less time than loading another article would.
constexpr std::size_t kLongText = 2048;
/// So many times longer than its partner is much longer.
constexpr std::size_t kMuchLonger = 4;

/// Whether the second article, if it were streamed past the first, would cost much more than the first one.
bool is_second_much_longer(const Corpus& corpus, const CandidatePair& pair) {
  const std::size_t tokens = corpus.tokens(ArticleId{pair.second}).size();
  return tokens > kLongText && tokens > kMuchLonger * corpus.tokens(ArticleId{pair.first}).size();
}

}  // namespace

void load_longer_first(const Corpus& corpus, std::span<CandidatePair> pairs) {
  std::pmr::vector<CandidatePair> turned(corpus.memory());
  std::size_t kept = 0;
  for (const CandidatePair& pair : pairs) {
    if (is_second_much_longer(corpus, pair)) {
      turned.push_back({pair.second, pair.first});
    } else {
      pairs[kept++] = pair;
    }
  }
  std::sort(turned.begin(), turned.end());
  std::copy(turned.begin(), turned.end(), pairs.begin() + static_cast<std::ptrdiff_t>(kept));
}

}  // namespace wirecopy
