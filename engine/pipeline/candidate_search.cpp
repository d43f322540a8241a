#include "pipeline/candidate_search.hpp"

#include <oneapi/tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <memory_resource>
#include <span>

#include "base/spread.hpp"
#include "corpus/article_reader.hpp"
#include "lsh/banding.hpp"
#include "lsh/pair_counts.hpp"
#include "lsh/sample_hits.hpp"
#include "lsh/sample_search.hpp"
#include "lsh/simhash_tables.hpp"
#include "pipeline/growing_array.hpp"
#include "pipeline/parallel.hpp"
#include "sketch/minhash.hpp"
#include "sketch/simhash.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {
namespace {

/// All threads' searches, from records to the pairs that share enough keys.
class Searches {
 public:
  /// `records`: as many as there will be, about.
  Searches(const Corpus& corpus, std::uint64_t records, RunContext& context)
      : corpus_(corpus), context_(context), ranges_(corpus.size()), searches_([this, records] {
          constexpr std::uint64_t kMinPiece = 4 << 10, kMaxPiece = 64 << 10, kMaxSlab = 2 << 20;
          const std::uint64_t share = std::bit_ceil(records * sizeof(SampleRecord) / context_.threads + 1);
          return BucketSearch(ranges_, corpus_.memory(), std::clamp(share >> 12, kMinPiece, kMaxPiece),
                              std::clamp(share, kMaxPiece, kMaxSlab));
        }) {}

  [[nodiscard]] BucketSearch& local() { return searches_.local(); }

  /// Finds the pairs in the records of `search`.
  void propose(BucketSearch& search, std::span<const std::uint64_t> ranks, const BucketLimits& limits,
               const Refinement& refinement) {
    search.propose(ranks, limits, refinement, [this] { context_.relieve_memory(); });
  }

  /// The pairs of which `enough(pair, hits)` is true, sorted, each once.
  template <typename Enough>
  std::pmr::vector<CandidatePair> candidates(Enough enough, CandidateCounts& counts) {
    std::vector<const Spread<Proposal>*> spreads;
    for (const BucketSearch& search : searches_) {
      spreads.push_back(&search.proposed());
      counts += search.counts();
    }
    oneapi::tbb::enumerable_thread_specific<PairCounter> counters(
        [this] { return PairCounter(ranges_, corpus_.memory()); });
    std::pmr::vector<CandidatePair> all(corpus_.memory());
    for (std::size_t first = 0, end = 0; first < ranges_.size(); first = end) {
      end = end_of_slice(spreads, first);
      std::vector<CandidatePairs> found(end - first);
      parallel_items(found.size(), {}, context_, [&](std::size_t i) {
        found[i] = pairs_with(counters.local(), spreads, first + i, enough, corpus_.memory());
      });
      append(found, all);
    }
    return all;
  }

 private:
  /// Behind the ranges from `first` on whose pairs may be in memory together until they are joined: one at least.
  [[nodiscard]] std::size_t end_of_slice(std::span<const Spread<Proposal>* const> spreads, std::size_t first) const {
    std::uint64_t bytes = 0;
    std::size_t end = first;
    while (end < ranges_.size() && (end == first || bytes <= context_.memory.slice())) {
      for (const auto* spread : spreads) bytes += spread->size(end) * sizeof(CandidatePair);
      ++end;
    }
    return end;
  }

  void append(std::span<const CandidatePairs> found, std::pmr::vector<CandidatePair>& all) const {
    std::size_t total = all.size();
    for (const auto& pairs : found) total += pairs.size();
    grow(all, total, context_);
    for (const auto& pairs : found) append_in_pieces(all, std::span<const CandidatePair>(pairs), context_);
  }

  const Corpus& corpus_;
  RunContext& context_;
  ArticleRanges ranges_;
  oneapi::tbb::enumerable_thread_specific<BucketSearch> searches_;
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
  const Banding banding = choose_banding(jaccard_at(options.threshold), options.recall);
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
          [&corpus, distance = tables.distance()](const CandidatePair& pair) {
            return hamming(simhash_of(corpus.signature(ArticleId{pair.first})),
                           simhash_of(corpus.signature(ArticleId{pair.second}))) > distance;
          }};
}

Banded bands_of(const Corpus& corpus, const Options& options) {
  return options.method == Method::minhash ? minhash_bands(options) : simhash_bands(corpus, options);
}

/// Articles that can be candidates: one of each group of equal ones, and none with too little text.
std::pmr::vector<ArticleId> searchable(const Corpus& corpus, const Options& options, const EqualGroups& groups) {
  std::pmr::vector<ArticleId> articles(corpus.memory());
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const ArticleId article{i};
    if (groups.is_representative(article) && is_comparable(corpus.record(article), options)) {
      articles.push_back(article);
    }
  }
  return articles;
}

/// The content of an article decides its position in a flooded bucket.
std::pmr::vector<std::uint64_t> rank_by_content(const Corpus& corpus) {
  std::pmr::vector<std::uint64_t> ranks(corpus.memory());
  ranks.reserve(corpus.size());
  for (const ArticleRecord& record : corpus.records()) ranks.push_back(record.content.low);
  return ranks;
}

/// A flooded MinHash bucket is split by the coordinates behind its band.
Refinement refinement_of(std::size_t partition, const Banded& banded, const Corpus& corpus) {
  if (!banded.first_word) return {};
  constexpr unsigned kLevels = 4;
  return {kLevels, [first = banded.first_word(partition), &corpus](std::uint32_t article, unsigned level) {
            const auto signature = corpus.signature(ArticleId{article});
            return std::uint64_t{signature[(first + level) % signature.size()]};
          }};
}

std::pmr::vector<CandidatePair> search_bands(const Banded& banded, const Corpus& corpus,
                                             std::span<const ArticleId> articles, std::span<const std::uint64_t> ranks,
                                             CandidateCounts& counts, RunContext& context) {
  Searches searches(corpus, articles.size(), context);
  parallel_items(banded.partitions, {}, context, [&](std::size_t partition) {
    BucketSearch& search = searches.local();
    search.records().clear();
    for (const ArticleId article : articles) {
      search.records().push_back({banded.key(corpus.signature(article), partition), number(article)});
    }
    searches.propose(search, ranks, BucketLimits{}, refinement_of(partition, banded, corpus));
  });
  return searches.candidates(
      [&](const CandidatePair& pair, std::uint32_t) { return !banded.is_too_far || !banded.is_too_far(pair); }, counts);
}

/// The default search (lsh/sample_search.hpp), shared among threads.
class SampleSearch {
 public:
  SampleSearch(const Corpus& corpus, const Options& options, const BoilerplateModel& model,
               std::span<const ArticleId> articles, std::span<const std::uint64_t> ranks, RunContext& context)
      : corpus_(corpus),
        options_(options),
        articles_(articles),
        ranks_(ranks),
        context_(context),
        samples_(corpus.size(), corpus.memory()),
        records_(total_records(corpus, articles)),
        partitions_(records_),
        searches_(corpus, records_, context) {
    for (const std::string& source : corpus.sources()) boilerplate_.push_back(model.ignored_in(source));
  }

  std::pmr::vector<CandidatePair> run(CandidateCounts& counts) {
    oneapi::tbb::enumerable_thread_specific<Spread<SampleRecord>> spreads(
        [this] { return Spread<SampleRecord>(partitions_.size()); });
    oneapi::tbb::enumerable_thread_specific<SampleReader> readers([this] { return SampleReader(corpus_); });
    constexpr std::size_t kArticlesOfAChunk = 1024;
    parallel_items(articles_.size(), {kArticlesOfAChunk}, context_,
                   [&](std::size_t i) { spread(articles_[i], readers.local(), spreads.local()); });
    std::vector<Spread<SampleRecord>*> all;
    for (Spread<SampleRecord>& each : spreads) all.push_back(&each);
    parallel_items(partitions_.size(), {}, context_, [&](std::size_t partition) {
      BucketSearch& search = searches_.local();
      search.take_repeated(all, partition);
      searches_.propose(search, ranks_, kSampleBuckets, {});
    });
    return searches_.candidates(
        [&](const CandidatePair& pair, std::uint32_t hits) {
          return has_enough_hits(hits, samples_[pair.first], samples_[pair.second], options_.threshold);
        },
        counts);
  }

 private:
  /// One thread's scratch for reading samples.
  struct SampleReader {
    explicit SampleReader(const Corpus& corpus) : articles(corpus) {}
    ArticleReader articles;
    FirstOccurrences firsts;
  };

  static std::uint64_t total_records(const Corpus& corpus, std::span<const ArticleId> articles) {
    std::uint64_t total = 0;
    for (const ArticleId article : articles) total += corpus.record(article).samples;
    return total;
  }

  /// Adds the distinct sampled shingles of an article that are not ignored.
  void spread(ArticleId article, SampleReader& reader, Spread<SampleRecord>& to) {
    const IgnoredShingles& boilerplate = boilerplate_[number(corpus_.record(article).source)];
    samples_[number(article)] = partitions_.add(
        number(article), reader.articles.sample(article),
        [&](std::uint64_t shingle) { return boilerplate.contains(shingle); }, reader.firsts, to,
        searches_.local().pool());
  }

  const Corpus& corpus_;
  const Options& options_;
  std::span<const ArticleId> articles_;
  std::span<const std::uint64_t> ranks_;
  RunContext& context_;
  std::vector<IgnoredShingles> boilerplate_;  // by source number
  std::pmr::vector<std::uint32_t> samples_;   // records of each article
  std::uint64_t records_;                     // at most
  SamplePartitions partitions_;
  Searches searches_;
};

}  // namespace

std::pmr::vector<CandidatePair> find_candidates(const Corpus& corpus, const Options& options, const EqualGroups& groups,
                                                const BoilerplateModel& model, CandidateCounts& counts,
                                                RunContext& context) {
  const StageTimer timer(context.times, "candidates");
  context.progress.stage = "candidates";
  if (options.method == Method::exact) return std::pmr::vector<CandidatePair>(corpus.memory());
  const std::pmr::vector<ArticleId> articles = searchable(corpus, options, groups);
  const std::pmr::vector<std::uint64_t> ranks = rank_by_content(corpus);
  std::pmr::vector<CandidatePair> pairs =
      options.method == Method::sample
          ? SampleSearch(corpus, options, model, articles, ranks, context).run(counts)
          : search_bands(bands_of(corpus, options), corpus, articles, ranks, counts, context);
  counts.pairs = pairs.size();
  if (options.method == Method::simhash) {
    counts.distance = SimHashTables::max_distance(options.distance, corpus.size());
  }
  return pairs;
}

}  // namespace wirecopy
