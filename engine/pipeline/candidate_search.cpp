#include "pipeline/candidate_search.hpp"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <functional>

#include "base/cancellation.hpp"
#include "lsh/banding.hpp"
#include "lsh/simhash_tables.hpp"
#include "sketch/minhash.hpp"
#include "sketch/simhash.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {
namespace {

/// One thread's records and the pairs it has found.
struct Search {
  std::vector<BandRecord> records, scratch;
  std::vector<CandidatePair> pairs, pair_scratch;
  CandidateCounts counts;
  std::size_t compact_at = std::size_t{1} << 22;

  /// The same pair comes from many bands: drops the repetitions before they fill the memory.
  void compact() {
    if (pairs.size() < compact_at) return;
    sort_unique(pairs, pair_scratch);
    compact_at = std::max(compact_at, 2 * pairs.size());
  }
};

/// What the methods differ in: how many partitions there are, an article's key in each, and which pairs to drop.
struct Banded {
  std::size_t partitions = 0;
  std::function<std::uint64_t(std::span<const std::uint32_t> signature, std::size_t partition)> key;
  /// Further content that splits flooded buckets: words of the signature from `first_word(partition)` on.
  std::function<std::size_t(std::size_t partition)> first_word;
  std::function<bool(const CandidatePair&)> is_too_far;
};

std::uint64_t simhash_of(std::span<const std::uint32_t> signature) {
  return signature[0] | std::uint64_t{signature[1]} << 32;
}

Banded minhash_bands(const Options& options) {
  const Banding banding = choose_banding(options.threshold, options.recall);
  return {banding.bands,
          [banding](std::span<const std::uint32_t> signature, std::size_t band) {
            return band_key(signature, banding, static_cast<unsigned>(band));
          },
          [banding](std::size_t band) { return (band + 1) * banding.rows; },
          {}};
}

Banded simhash_bands(const Corpus& corpus, const Options& options) {
  const SimHashTables tables(options.distance, corpus.size());
  return {tables.size(),
          [tables](std::span<const std::uint32_t> signature, std::size_t table) {
            return tables.key(simhash_of(signature), static_cast<unsigned>(table));
          },
          {},
          [&corpus, distance = options.distance](const CandidatePair& pair) {
            return hamming(simhash_of(corpus.signature(ArticleId{pair.first})),
                           simhash_of(corpus.signature(ArticleId{pair.second}))) > distance;
          }};
}

Banded bands_of(const Corpus& corpus, const Options& options) {
  switch (options.method) {
    case Method::minhash:
      return minhash_bands(options);
    case Method::simhash:
      return simhash_bands(corpus, options);
    default:
      return {};
  }
}

/// Articles that can be candidates: one of each group of equal ones, and none with too little text.
std::vector<ArticleId> searchable(const Corpus& corpus, const Options& options, const EqualGroups& groups) {
  std::vector<ArticleId> articles;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const ArticleId article{i};
    if (groups.is_representative(article) && is_comparable(corpus.record(article), options)) {
      articles.push_back(article);
    }
  }
  return articles;
}

/// The content of an article decides where it stands in a flooded bucket.
std::vector<std::uint64_t> rank_by_content(const Corpus& corpus) {
  std::vector<std::uint64_t> ranks;
  ranks.reserve(corpus.size());
  for (const ArticleRecord& record : corpus.records()) ranks.push_back(record.content.low);
  return ranks;
}

/// A flooded MinHash bucket is split by the coordinates behind its band.
Refinement refinement_of(std::size_t partition, const Banded& banded, const Corpus& corpus) {
  if (!banded.first_word) return {};
  constexpr unsigned kLevels = 8;
  return {kLevels, [first = banded.first_word(partition), &corpus](std::uint32_t article, unsigned level) {
            const auto signature = corpus.signature(ArticleId{article});
            return std::uint64_t{signature[(first + level) % signature.size()]};
          }};
}

void search_partition(std::size_t partition, const Banded& banded, const Corpus& corpus,
                      const std::vector<ArticleId>& articles, const std::vector<std::uint64_t>& ranks, Search& search) {
  search.records.clear();
  for (const ArticleId article : articles) {
    search.records.push_back({banded.key(corpus.signature(article), partition), number(article)});
  }
  append_candidates(search.records, search.scratch, ranks, BucketLimits{}, refinement_of(partition, banded, corpus),
                    search.pairs, search.counts);
  search.compact();
}

}  // namespace

std::vector<CandidatePair> find_candidates(const Corpus& corpus, const Options& options, const EqualGroups& groups,
                                           CandidateCounts& counts, RunContext& context) {
  const StageTimer timer(context.times, "candidates");
  context.progress.stage = "candidates";
  const Banded banded = bands_of(corpus, options);
  const std::vector<ArticleId> articles = searchable(corpus, options, groups);
  const std::vector<std::uint64_t> ranks = rank_by_content(corpus);

  oneapi::tbb::enumerable_thread_specific<Search> searches;
  context.progress.total = banded.partitions;
  context.progress.done = 0;
  oneapi::tbb::parallel_for(std::size_t{0}, banded.partitions, [&](std::size_t partition) {
    throw_if_stopped(context.stop);
    search_partition(partition, banded, corpus, articles, ranks, searches.local());
    ++context.progress.done;
  });

  Search all;
  for (Search& search : searches) {
    all.pairs.insert(all.pairs.end(), search.pairs.begin(), search.pairs.end());
    all.counts += search.counts;
    search.pairs = {};
  }
  sort_unique(all.pairs, all.pair_scratch);
  if (banded.is_too_far) std::erase_if(all.pairs, banded.is_too_far);
  counts = all.counts;
  counts.pairs = all.pairs.size();
  return std::move(all.pairs);
}

}  // namespace wirecopy
