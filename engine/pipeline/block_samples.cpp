#include "pipeline/block_samples.hpp"

#include <algorithm>
#include <optional>

#include "corpus/article_reader.hpp"
#include "pipeline/parallel.hpp"

namespace wirecopy {
namespace {

/// Articles among which those with shared boilerplate are looked for.
constexpr std::size_t kArticlesForShared = 1U << 16;

/// Some of the articles that contain a sampled shingle of shared boilerplate: few do, so that a sample of all would
/// show little.
SampledSource sample_everybody(const Corpus& corpus, const ShingleSet& shared, std::size_t size, RunContext& context) {
  SampledSource everybody{{}, &shared, IdentitySample(size), {}, true};
  if (shared.empty()) return everybody;
  IdentitySample shown(kArticlesForShared);
  for (std::uint32_t i = 0; i < corpus.size(); ++i) shown.show(corpus, ArticleId{i});
  std::vector<ArticleId> articles = shown.take();
  std::sort(articles.begin(), articles.end());  // as they are in memory
  std::vector<char> holds_one(articles.size(), 0);
  std::vector<std::optional<CorpusExcerpt>> excerpts(context.threads);
  const auto is_shared = [&](std::uint64_t shingle) { return shared.contains(shingle); };
  parallel_chunks(articles.size(), {.grain = 1024}, context,
                  [&](std::size_t begin, std::size_t end, std::size_t thread) {
                    if (!excerpts[thread]) excerpts[thread].emplace(corpus);
                    const CorpusExcerpt& excerpt = *excerpts[thread];
                    const std::span<const ArticleId> taken =
                        excerpts[thread]->take(std::span(articles).subspan(begin, end - begin));
                    for (std::size_t i = 0; i < taken.size(); ++i) {
                      const std::span<const std::uint64_t> sample = excerpt.corpus().sample(taken[i]);
                      holds_one[begin + i] = std::any_of(sample.begin(), sample.end(), is_shared);
                    }
                  });
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (holds_one[i]) everybody.shown.show(corpus, articles[i]);
  }
  return everybody;
}

/// Articles to look at in each of so many sources.
std::size_t fair_sample(std::size_t sources, const BlockSampling& sampling) {
  const std::size_t share = sampling.of_all / std::max<std::size_t>(1, sources);
  return std::min(sampling.of_source, std::max(sampling.min_of_source, share));
}

}  // namespace

std::vector<SampledSource> sample_sources(const Corpus& corpus, const BoilerplateModel& model,
                                          const BlockSampling& sampling, RunContext& context) {
  const auto has_some = [&](const std::string& name) { return !model.of(name).empty(); };
  const auto with_some = std::count_if(corpus.sources().begin(), corpus.sources().end(), has_some);
  const std::size_t size = fair_sample(static_cast<std::size_t>(with_some), sampling);
  std::vector<SampledSource> sources;
  sources.reserve(corpus.sources().size());
  for (const std::string& name : corpus.sources()) sources.push_back({name, &model.of(name), IdentitySample(size), {}});
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    SampledSource& source = sources[number(corpus.record(ArticleId{i}).source)];
    if (!source.boilerplate->empty()) source.shown.show(corpus, ArticleId{i});
  }
  std::sort(sources.begin(), sources.end(),
            [](const SampledSource& a, const SampledSource& b) { return a.name < b.name; });
  sources.insert(sources.begin(), sample_everybody(corpus, model.shared(), sampling.of_source, context));
  std::erase_if(sources, [](const SampledSource& source) { return source.shown.empty(); });
  return sources;
}

}  // namespace wirecopy
