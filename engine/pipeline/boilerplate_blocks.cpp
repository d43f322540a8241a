// Two passes, kept apart so that the second can be as short as possible. The first, here, goes over tokens in memory:
// for each source with boilerplate it marks the articles of a bounded sample, and counts equal blocks. In the second
// (block_texts), only the examples of the listed blocks are read again from the feed, in input order.
#include "pipeline/boilerplate_blocks.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>

#include "corpus/article_reader.hpp"
#include "pipeline/parallel.hpp"
#include "text/shingler.hpp"
#include "verify/text_profile.hpp"

namespace wirecopy {
namespace {

/// Finds the blocks of one source.
class BlockCounter {
 public:
  BlockCounter(const Corpus& corpus, const Options& options, const SampledSource& source)
      : reader_(corpus), options_(options), source_(source) {}

  /// The most frequent blocks, at most `most`, with their examples.
  std::vector<BoilerplateBlock> find(std::size_t most) {
    for (std::uint32_t i = 0; i < source_.sample.size(); ++i) {
      if (i + 1 < source_.sample.size()) reader_.prefetch_tokens(source_.sample[i + 1]);
      count(i);
    }
    const std::vector<std::uint32_t> listed = choose(most);
    std::vector<BoilerplateBlock> blocks;
    blocks.reserve(listed.size());
    for (const std::uint32_t block : listed) blocks.push_back(counted_[block]);
    choose_examples(listed, blocks);
    return blocks;
  }

 private:
  struct Occurrence {
    std::uint32_t article;  // place in the sample
    std::uint32_t block;
    TokenRange tokens;
  };

  void count(std::uint32_t article) {
    const std::span<const Token> tokens = reader_.compared_tokens(source_.sample[article], options_.title);
    marked_.clear();
    mark_boilerplate(tokens, options_.shingle, *source_.boilerplate, marked_);
    if (marked_.empty()) return;
    const std::size_t first = occurrences_.size();
    for (const TokenRange range : tokens_of_shingles(tokens, options_.shingle, marked_)) {
      const std::uint32_t block = number_of(tokens.subspan(range.begin, range.end - range.begin));
      const auto is_same = [block](const Occurrence& other) { return other.block == block; };
      if (std::any_of(occurrences_.begin() + static_cast<std::ptrdiff_t>(first), occurrences_.end(), is_same)) continue;
      occurrences_.push_back({article, block, range});
      ++counted_[block].articles;
    }
  }

  /// Blocks are the same where the same learned shingles follow each other, whatever facts a template has between them.
  std::uint32_t number_of(std::span<const Token> tokens) {
    std::uint64_t hash = 0;
    for_each_shingle(tokens, options_.shingle, [&](std::uint64_t shingle, std::size_t, std::size_t) {
      if (source_.boilerplate->contains(shingle)) hash = mix64(hash ^ shingle);
    });
    const auto [found, is_new] = number_of_.try_emplace(hash, static_cast<std::uint32_t>(counted_.size()));
    if (is_new) {
      BoilerplateBlock& block = counted_.emplace_back();
      block.sample = static_cast<std::uint32_t>(source_.sample.size());
      block.hash = hash;
      block.is_shared = source_.is_everybody;
      block.tokens = {0, static_cast<std::uint32_t>(tokens.size())};
    }
    return found->second;
  }

  /// The numbers of the blocks to list, in that order.
  [[nodiscard]] std::vector<std::uint32_t> choose(std::size_t most) const {
    std::vector<std::uint32_t> order(counted_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto rank = [this](std::uint32_t i) {
      const BoilerplateBlock& block = counted_[i];
      return std::tuple(~block.articles, ~block.tokens.end, block.hash);
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
    if (order.size() > most) order.resize(most);
    while (!order.empty() && counted_[order.back()].articles == 1 && counted_[order.front()].articles > 1) {
      order.pop_back();
    }
    return order;
  }

  /// As few examples as a greedy choice finds, so that few lines are read again: always the article with the most
  /// blocks that have none yet, of several the one of smallest identity.
  void choose_examples(const std::vector<std::uint32_t>& listed, std::vector<BoilerplateBlock>& blocks) const {
    std::vector<std::uint32_t> place_of(counted_.size(), UINT32_MAX);
    for (std::uint32_t i = 0; i < listed.size(); ++i) place_of[listed[i]] = i;
    std::vector<Occurrence> open;
    std::copy_if(occurrences_.begin(), occurrences_.end(), std::back_inserter(open),
                 [&](const Occurrence& occurrence) { return place_of[occurrence.block] != UINT32_MAX; });
    while (!open.empty()) {
      std::vector<std::uint32_t> held(source_.sample.size(), 0);
      for (const Occurrence& occurrence : open) ++held[occurrence.article];
      const auto best = static_cast<std::uint32_t>(std::max_element(held.begin(), held.end()) - held.begin());
      for (const Occurrence& occurrence : open) {
        if (occurrence.article != best) continue;
        BoilerplateBlock& block = blocks[place_of[occurrence.block]];
        block.example = source_.sample[best];
        block.tokens = occurrence.tokens;
        place_of[occurrence.block] = UINT32_MAX;
      }
      std::erase_if(open, [&](const Occurrence& occurrence) { return place_of[occurrence.block] == UINT32_MAX; });
    }
  }

  ArticleReader reader_;
  const Options& options_;
  const SampledSource& source_;
  std::unordered_map<std::uint64_t, std::uint32_t> number_of_;  // by hash of the tokens
  std::vector<BoilerplateBlock> counted_;
  std::vector<Occurrence> occurrences_;  // by article
  std::vector<TokenRange> marked_;
};

/// The greatest number of blocks a source that keeps all sources together within the limit, 1 at least.
std::size_t fair_share(const std::vector<std::vector<BoilerplateBlock>>& blocks, const BlockLimits& limits) {
  const auto total = [&](std::size_t share) {
    std::size_t sum = 0;
    for (const auto& of_source : blocks) sum += std::min(share, of_source.size());
    return sum;
  };
  std::size_t share = limits.of_source;
  while (share > 1 && total(share) > limits.of_all) --share;
  return share;
}

}  // namespace

std::vector<BoilerplateBlock> find_blocks(const Corpus& corpus, const Options& options, const BoilerplateModel& model,
                                          const BlockLimits& limits, RunContext& context) {
  std::vector<SampledSource> sources = sample_sources(corpus, model, limits.sampling, context);
  std::vector<std::vector<BoilerplateBlock>> found(sources.size());
  parallel_items(sources.size(), {}, context, [&](std::size_t i) {
    sources[i].sample = sources[i].shown.take();
    found[i] = BlockCounter(corpus, options, sources[i]).find(limits.of_source);
  });
  const std::size_t share = fair_share(found, limits);
  std::vector<BoilerplateBlock> blocks;
  for (const auto& of_source : found) {
    blocks.insert(blocks.end(), of_source.begin(),
                  of_source.begin() + static_cast<std::ptrdiff_t>(std::min(share, of_source.size())));
  }
  return blocks;
}

}  // namespace wirecopy
