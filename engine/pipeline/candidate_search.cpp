#include "pipeline/candidate_search.hpp"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_for_each.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory_resource>
#include <span>

#include "base/cancellation.hpp"
#include "base/repeat_filter.hpp"
#include "lsh/banding.hpp"
#include "lsh/pair_counts.hpp"
#include "lsh/simhash_tables.hpp"
#include "sketch/minhash.hpp"
#include "sketch/simhash.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {
namespace {

/// Calls `body(partition)` for all partitions, in parallel.
template <typename Body>
void parallel_partitions(std::size_t partitions, RunContext& context, Body body) {
  context.progress.total = partitions;
  context.progress.done = 0;
  oneapi::tbb::parallel_for(std::size_t{0}, partitions, [&](std::size_t partition) {
    throw_if_stopped(context.stop);
    context.relieve_memory();
    body(partition);
    ++context.progress.done;
  });
}

/// One thread's records and the pairs it has found.
struct Search {
  Search(const Corpus& corpus, const RunContext& context)
      : pairs(corpus.memory(), most_fresh_pairs(context.memory_budget())) {}

  /// With the scratch to sort them, a sixteenth of the memory a thread at most.
  static std::size_t most_fresh_pairs(std::uint64_t budget) {
    return std::clamp<std::uint64_t>(budget / 16 / (2 * sizeof(CandidatePair)), 1 << 14, PairCounter::kMostFresh);
  }

  BandRecords records, scratch;
  RepeatFilter repeated;
  PairCounter pairs;
  CandidateCounts counts;
};

using Searches = oneapi::tbb::enumerable_thread_specific<Search>;

/// All pairs that the threads have found, with the number of buckets that proposed each.
std::pmr::vector<CountedPair> gather(Searches& searches, CandidateCounts& counts, std::pmr::memory_resource* memory) {
  oneapi::tbb::parallel_for_each(searches, [](Search& search) { search.pairs.finish(); });
  PairCounter all(memory);
  for (Search& search : searches) {
    all.merge(std::move(search.pairs));
    counts += search.counts;
  }
  return all.take();
}

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
          [&corpus, distance = options.distance](const CandidatePair& pair) {
            return hamming(simhash_of(corpus.signature(ArticleId{pair.first})),
                           simhash_of(corpus.signature(ArticleId{pair.second}))) > distance;
          }};
}

Banded bands_of(const Corpus& corpus, const Options& options) {
  return options.method == Method::minhash ? minhash_bands(options) : simhash_bands(corpus, options);
}

/// The pairs alone, without those that `drop` names.
template <typename Drop>
std::pmr::vector<CandidatePair> pairs_without(const std::pmr::vector<CountedPair>& counted, Drop drop) {
  std::pmr::vector<CandidatePair> pairs(counted.get_allocator());
  for (const CountedPair& candidate : counted) {
    if (!drop(candidate)) pairs.push_back(candidate.pair);
  }
  return pairs;
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

/// The content of an article decides where it stands in a flooded bucket.
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
  Searches searches([&] { return Search(corpus, context); });
  parallel_partitions(banded.partitions, context, [&](std::size_t partition) {
    Search& search = searches.local();
    search.records.clear();
    for (const ArticleId article : articles) {
      search.records.push_back({banded.key(corpus.signature(article), partition), number(article)});
    }
    append_candidates(search.records, search.scratch, ranks, BucketLimits{}, refinement_of(partition, banded, corpus),
                      search.pairs.fresh(), search.counts);
    search.pairs.settle();
  });
  return pairs_without(gather(searches, counts, corpus.memory()), [&](const CountedPair& candidate) {
    return banded.is_too_far && banded.is_too_far(candidate.pair);
  });
}

/// The index of sampled shingles. Every article has a record for each of its sampled shingles that is not
/// ignored; articles that share one are in one bucket.
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
        searches_([&corpus, &context] { return Search(corpus, context); }) {
    for (const std::string& source : corpus.sources()) boilerplate_.push_back(model.ignored_in(source));
  }

  std::pmr::vector<CandidatePair> run(CandidateCounts& counts) {
    for (const ArticleId article : articles_) total_ += corpus_.record(article).samples;
    // Records are sorted a range of hashes at a time, a wave, so that they never fill the memory all at once.
    constexpr std::uint64_t kRecordsOfAPartition = std::uint64_t{1} << 17;
    waves_ = total_ / records_of_a_wave() + 1;
    partitions_ = static_cast<std::size_t>(total_ / waves_ / kRecordsOfAPartition + 1);
    waves_ == 1 ? search_at_once() : search_in_waves();
    return pairs_without(gather(searches_, counts, corpus_.memory()),
                         [&](const CountedPair& candidate) { return has_too_few_hits(candidate); });
  }

 private:
  using Parts = std::vector<BandRecords>;
  /// Records of a wave that one thread has found, some of them.
  using Piece = std::pmr::vector<BandRecord>;
  using Spread = std::vector<std::vector<Piece>>;  // by wave

  /// At most 1 GiB of records at a time, and a quarter of the memory that the run may use.
  [[nodiscard]] std::uint64_t records_of_a_wave() const {
    constexpr std::uint64_t kMost = std::uint64_t{1} << 26, kLeast = std::uint64_t{1} << 18;
    return std::clamp(context_.memory_budget() / 4 / sizeof(BandRecord), kLeast, kMost);
  }

  void search_at_once() {
    search_wave(chunks(), [&](std::size_t chunk, Parts& parts) {
      for_each_record(chunk, [&](const BandRecord& record, std::uint64_t place) { put(record, place, parts); });
    });
  }

  // The corpus is read once, and each wave's records written to where there is room: the samples of a corpus that does
  // not fit the memory stand between its texts, and reading them anew for each wave reads all of it.
  void search_in_waves() {
    oneapi::tbb::enumerable_thread_specific<Spread> spreads([&] { return Spread(waves_); });
    parallel_partitions(chunks(), context_, [&](std::size_t chunk) {
      Spread& spread = spreads.local();
      for_each_record(chunk, [&](const BandRecord& record, std::uint64_t place) {
        append(record, spread[(place >> 48) % waves_]);
      });
    });
    for (std::uint64_t wave = 0; wave < waves_; ++wave) {
      std::vector<Piece> pieces;
      for (Spread& spread : spreads) std::move(spread[wave].begin(), spread[wave].end(), std::back_inserter(pieces));
      for (Spread& spread : spreads) spread[wave].clear();
      search_wave(pieces.size(), [&](std::size_t i, Parts& parts) {
        const Piece piece = std::move(pieces[i]);
        for (const BandRecord& record : piece) put(record, mix64(record.key), parts);
      });
    }
  }

  void append(const BandRecord& record, std::vector<Piece>& pieces) const {
    constexpr std::uint64_t kLeast = std::uint64_t{1} << 16, kMost = std::uint64_t{1} << 20;
    if (pieces.empty() || pieces.back().size() == pieces.back().capacity()) {
      pieces.emplace_back(corpus_.memory())
          .reserve(std::clamp(records_of_a_wave() / 16 / context_.threads, kLeast, kMost));
    }
    pieces.back().push_back(record);
  }

  /// `scatter(item, parts)` for all items gives the records of a wave.
  template <typename Scatter>
  void search_wave(std::size_t items, Scatter scatter) {
    oneapi::tbb::enumerable_thread_specific<Parts> scattered([&] { return empty_parts(); });
    parallel_partitions(items, context_, [&](std::size_t item) { scatter(item, scattered.local()); });
    parallel_partitions(partitions_, context_, [&](std::size_t partition) {
      Search& search = searches_.local();
      take_repeated(scattered, partition, search);
      append_candidates(search.records, search.scratch, ranks_, kLimits, {}, search.pairs.fresh(), search.counts);
      search.pairs.settle();
    });
  }

  /// With room for a thread's share of the records, so that they are hardly ever moved while they gather.
  [[nodiscard]] Parts empty_parts() const {
    Parts parts(partitions_);
    const std::uint64_t share = total_ / waves_ / partitions_ / context_.threads;
    for (BandRecords& part : parts) part.reserve(static_cast<std::size_t>(share + share / 16));
    return parts;
  }

  /// All threads' records of a partition, but for those whose key no other record has.
  static void take_repeated(oneapi::tbb::enumerable_thread_specific<Parts>& scattered, std::size_t partition,
                            Search& search) {
    std::size_t total = 0;
    for (const Parts& parts : scattered) total += parts[partition].size();
    search.repeated.start(total);
    for (const Parts& parts : scattered) {
      for (const BandRecord& record : parts[partition]) search.repeated.meet(mix64(record.key));
    }
    search.records.resize(total);
    BandRecord* to = search.records.data();
    for (Parts& parts : scattered) {
      for (const BandRecord& record : parts[partition]) {
        *to = record;
        to += search.repeated.met_again(mix64(record.key));
      }
      parts[partition] = {};
    }
    search.records.resize(static_cast<std::size_t>(to - search.records.data()));
  }

  [[nodiscard]] std::size_t chunks() const { return (articles_.size() + kChunk - 1) / kChunk; }

  /// Calls `use(record, place)` for the sampled shingles of a chunk's articles that are not ignored. Hashes are uniform
  /// whatever their size after mixing, to `place`, and so are waves and partitions.
  template <typename Use>
  void for_each_record(std::size_t chunk, Use use) {
    const std::size_t end = std::min(articles_.size(), (chunk + 1) * kChunk);
    for (std::size_t i = chunk * kChunk; i < end; ++i) {
      const ArticleId article = articles_[i];
      const IgnoredShingles& boilerplate = boilerplate_[number(corpus_.record(article).source)];
      for (const std::uint64_t shingle : corpus_.sample(article)) {
        if (boilerplate.contains(shingle)) continue;
        ++samples_[number(article)];
        use(BandRecord{shingle, number(article)}, mix64(shingle));
      }
    }
  }

  void put(const BandRecord& record, std::uint64_t place, Parts& parts) const {
    parts[static_cast<std::size_t>((place & 0xffffffff) * partitions_ >> 32)].push_back(record);
  }

  /// A pair at the threshold is expected to share about `threshold` of the smaller sample, less where words are
  /// replaced. One that shares under a fifth of that is hardly a match. Measured on the labelled day: of the matches
  /// among all pairs with a sampled shingle in common this keeps 98.7 %, and 6 % of those pairs are left to verify.
  bool has_too_few_hits(const CountedPair& candidate) const {
    const std::uint32_t smaller = std::min(samples_[candidate.pair.first], samples_[candidate.pair.second]);
    return candidate.hits < 0.2 * options_.threshold * smaller;
  }

  static constexpr std::size_t kChunk = 1024;  // articles
  static constexpr BucketLimits kLimits{.all_pairs_up_to = 64, .representatives = 4};

  const Corpus& corpus_;
  const Options& options_;
  std::span<const ArticleId> articles_;
  std::span<const std::uint64_t> ranks_;
  RunContext& context_;
  std::vector<IgnoredShingles> boilerplate_;  // by source number
  std::pmr::vector<std::uint32_t> samples_;   // records of each article
  std::uint64_t total_ = 0;                   // records at most
  std::uint64_t waves_ = 1;
  std::size_t partitions_ = 1;  // of a wave
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
  return pairs;
}

}  // namespace wirecopy
