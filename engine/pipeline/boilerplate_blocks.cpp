// Two passes, kept apart so that the second can be as short as possible. The first goes over tokens in memory: for each
// source with boilerplate it marks the articles of a bounded sample, and counts equal blocks. Only the examples of
// those that are listed are read again from the feed, in the order in which they stand there.
#include "pipeline/boilerplate_blocks.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "base/cancellation.hpp"
#include "base/json_writer.hpp"
#include "corpus/article_reader.hpp"
#include "corpus/identity_sample.hpp"
#include "feed/article_parser.hpp"
#include "pipeline/article_text.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

using oneapi::tbb::blocked_range;

/// A source with boilerplate, or all of them with their formulas, and the articles that are looked at.
struct Source {
  std::string_view name;
  const ShingleSet* boilerplate = nullptr;
  IdentitySample shown;
  std::vector<ArticleId> sample;  // of those shown
  bool is_everybody = false;
};

/// Articles among which those that hold a formula are looked for.
constexpr std::size_t kArticlesForFormulas = 1U << 16;

/// Some of the articles that hold a sampled shingle of a formula: few do, so that a sample of all would show little.
Source sample_everybody(const Corpus& corpus, const ShingleSet& formulas, std::size_t size, RunContext& context) {
  Source everybody{{}, &formulas, IdentitySample(size), {}, true};
  if (formulas.empty()) return everybody;
  IdentitySample shown(kArticlesForFormulas);
  for (std::uint32_t i = 0; i < corpus.size(); ++i) shown.show(corpus, ArticleId{i});
  std::vector<ArticleId> articles = shown.take();
  std::sort(articles.begin(), articles.end());  // as they are in memory
  std::vector<char> holds_one(articles.size(), 0);
  oneapi::tbb::enumerable_thread_specific<CorpusExcerpt> excerpts([&corpus] { return CorpusExcerpt(corpus); });
  const auto is_formula = [&](std::uint64_t shingle) { return formulas.contains(shingle); };
  const auto look = [&](const blocked_range<std::size_t>& range) {
    throw_if_stopped(context.stop);
    context.relieve_memory();
    CorpusExcerpt& excerpt = excerpts.local();
    const std::span<const ArticleId> taken = excerpt.take(std::span(articles).subspan(range.begin(), range.size()));
    for (std::size_t i = 0; i < taken.size(); ++i) {
      const std::span<const std::uint64_t> sample = excerpt.corpus().sample(taken[i]);
      holds_one[range.begin() + i] = std::any_of(sample.begin(), sample.end(), is_formula);
    }
  };
  const blocked_range<std::size_t> all(0, articles.size(), 1024);
  oneapi::tbb::parallel_for(all, look, oneapi::tbb::simple_partitioner());
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (holds_one[i]) everybody.shown.show(corpus, articles[i]);
  }
  return everybody;
}

/// Articles to look at in each of so many sources.
std::size_t fair_sample(std::size_t sources, const BlockLimits& limits) {
  const std::size_t share = limits.samples / std::max<std::size_t>(1, sources);
  return std::min(limits.sample, std::max(limits.least_sample, share));
}

/// All sources together, then those with boilerplate of their own, by name.
std::vector<Source> sample_sources(const Corpus& corpus, const BoilerplateModel& model, const BlockLimits& limits,
                                   RunContext& context) {
  const auto has_some = [&](const std::string& name) { return !model.of(name).empty(); };
  const auto with_some = std::count_if(corpus.sources().begin(), corpus.sources().end(), has_some);
  const std::size_t size = fair_sample(static_cast<std::size_t>(with_some), limits);
  std::vector<Source> sources;
  sources.reserve(corpus.sources().size());
  for (const std::string& name : corpus.sources()) sources.push_back({name, &model.of(name), IdentitySample(size), {}});
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    Source& source = sources[number(corpus.record(ArticleId{i}).source)];
    if (!source.boilerplate->empty()) source.shown.show(corpus, ArticleId{i});
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.name < b.name; });
  sources.insert(sources.begin(), sample_everybody(corpus, model.formulas(), limits.sample, context));
  std::erase_if(sources, [](const Source& source) { return source.shown.empty(); });
  return sources;
}

/// Finds the blocks of one source.
class BlockCounter {
 public:
  BlockCounter(const Corpus& corpus, const Options& options, const Source& source)
      : reader_(corpus), options_(options), source_(source) {}

  /// The most frequent blocks, at most `most`, with their examples.
  std::vector<BoilerplateBlock> find(std::size_t most) {
    for (std::uint32_t i = 0; i < source_.sample.size(); ++i) {
      if (i + 1 < source_.sample.size()) reader_.ask_for(source_.sample[i + 1]);
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

  /// Blocks are the same where the same learnt shingles follow each other, whatever facts a template has between them.
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
      block.is_formula = source_.is_everybody;
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
  const Source& source_;
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

/// White space folded, at most `characters` code points.
std::string folded(std::string_view text, std::size_t characters) {
  std::string out;
  std::size_t count = 0;
  bool is_space_due = false;
  for (const char c : text) {
    const bool is_space = c == ' ' || (c >= '\t' && c <= '\r');
    const bool is_continuation = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    if (is_space) {
      is_space_due = !out.empty();
      continue;
    }
    if (!is_continuation && (count += 1U + is_space_due) > characters) break;
    if (is_space_due) out += ' ';
    is_space_due = false;
    out += c;
  }
  return out;
}

}  // namespace

std::vector<TokenRange> tokens_of_shingles(std::span<const Token> tokens, unsigned words,
                                           std::span<const TokenRange> shingles) {
  std::vector<TokenRange> ranges(shingles.begin(), shingles.end());  // a shingle begins at the token of its number
  if (are_ngrams(tokens, words)) {
    for (TokenRange& range : ranges) range.end += words - 1;
    return ranges;
  }
  std::size_t at = 0;
  for_each_shingle(tokens, words, [&](std::uint64_t, std::size_t first, std::size_t count) {
    if (at == ranges.size() || first + 1 != shingles[at].end) return;
    ranges[at++].end = static_cast<std::uint32_t>(first + count);
  });
  return ranges;
}

std::vector<BoilerplateBlock> find_blocks(const Corpus& corpus, const Options& options, const BoilerplateModel& model,
                                          const BlockLimits& limits, RunContext& context) {
  std::vector<Source> sources = sample_sources(corpus, model, limits, context);
  std::vector<std::vector<BoilerplateBlock>> found(sources.size());
  oneapi::tbb::parallel_for(std::size_t{0}, sources.size(), [&](std::size_t i) {
    throw_if_stopped(context.stop);
    context.relieve_memory();
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

/// Cuts the stream of copied lines into lines again, and cuts the blocks out of them.
class BlockTexts::Lines : public ByteSink {
 public:
  Lines(const Corpus& corpus, const Options& options, const FieldMap& fields, const BlockLimits& limits,
        std::vector<BoilerplateBlock*> blocks, Kernel kernel)
      : corpus_(corpus),
        options_(options),
        limits_(limits),
        reader_(options, fields, kernel),
        by_example_(std::move(blocks)) {
    std::stable_sort(by_example_.begin(), by_example_.end(), [](const BoilerplateBlock* a, const BoilerplateBlock* b) {
      return a->example < b->example;  // articles are numbered in the order of the feed
    });
    for (const BoilerplateBlock* block : by_example_) {
      if (examples_.empty() || examples_.back() != block->example) examples_.push_back(block->example);
    }
  }

  [[nodiscard]] std::span<const ArticleId> examples() const { return examples_; }

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      if (is_newline_due_ && bytes.front() == '\n') bytes.remove_prefix(1);
      is_newline_due_ = false;
      if (next_ == examples_.size()) return;
      const std::size_t length = corpus_.record(examples_[next_]).place.length;
      const std::string_view taken = bytes.substr(0, length - line_.size());
      line_ += taken;
      bytes.remove_prefix(taken.size());
      if (line_.size() == length) end_line();
    }
  }

 private:
  void end_line() {
    is_newline_due_ = !line_.ends_with('\n');  // the copier adds one to the last line of an input
    while (line_.ends_with('\n') || line_.ends_with('\r')) line_.pop_back();
    const std::size_t size = line_.size();
    line_.append(kBlockPadding, '\0');
    if (reader_.read(std::string_view(line_).substr(0, size))) cut_blocks(examples_[next_]);
    line_.clear();
    ++next_;
  }

  void cut_blocks(ArticleId example) {
    const auto total = static_cast<std::uint32_t>(corpus_.compared_tokens(example, options_.title).size());
    while (at_ < by_example_.size() && by_example_[at_]->example < example) ++at_;
    for (; at_ < by_example_.size() && by_example_[at_]->example == example; ++at_) {
      BoilerplateBlock& block = *by_example_[at_];
      block.text = folded(reader_.passage(block.tokens, total, 8 * limits_.characters), limits_.characters);
    }
  }

  const Corpus& corpus_;
  const Options& options_;
  BlockLimits limits_;
  ArticleTextReader reader_;
  std::vector<BoilerplateBlock*> by_example_;
  std::vector<ArticleId> examples_;
  std::size_t at_ = 0;    // in by_example_
  std::size_t next_ = 0;  // in examples_
  std::string line_;
  bool is_newline_due_ = false;
};

BlockTexts::BlockTexts(const Corpus& corpus, const Options& options, const FieldMap& fields, const BlockLimits& limits,
                       std::vector<BoilerplateBlock*> blocks, Kernel kernel)
    : lines_(std::make_unique<Lines>(corpus, options, fields, limits, std::move(blocks), kernel)) {}
BlockTexts::~BlockTexts() = default;

std::span<const ArticleId> BlockTexts::examples() const { return lines_->examples(); }
ByteSink& BlockTexts::sink() { return *lines_; }

void write_blocks(const Corpus& corpus, const std::vector<BoilerplateBlock>& blocks, BufferedWriter& out) {
  std::string line;
  for (const BoilerplateBlock& block : blocks) {
    line.clear();
    JsonWriter json(line);
    json.begin_object()
        .member("source", block.is_formula ? std::nullopt : std::optional(corpus.source(block.example)))
        .member("text", block.text)
        .member("articles", block.articles)
        .member("sample", block.sample)
        .member("example", corpus.id(block.example))
        .end_object()
        .end_line();
    out.append(line);
  }
}

}  // namespace wirecopy
