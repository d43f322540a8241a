#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <utility>
#include <wirecopy/deduplicator.hpp>

#include "base/mutex.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_check.hpp"
#include "pipeline/dedup_core.hpp"
#include "pipeline/run_context.hpp"
#include "pipeline/sketch_phase.hpp"
#include "pipeline/sketcher.hpp"
#include "pipeline/threads.hpp"

namespace wirecopy {
namespace {

/// What one thread has added since its last full block.
struct Added {
  SketchBlock block;
  SourceTable sources;
  SketchScratch scratch;
};

Match public_match(const Corpus& corpus, const ArticleMatch& match) {
  Match made{corpus.record(match.first).ordinal, corpus.record(match.second).ordinal, match.relation, match.similarity};
  if (made.second < made.first) {
    std::swap(made.first, made.second);
    made.relation = reversed(made.relation);
    made.similarity = reversed(made.similarity);
  }
  return made;
}

Cluster public_cluster(const Corpus& corpus, const ResolvedCluster& resolved) {
  Cluster cluster{resolved.id(), corpus.record(resolved.members.front().article).ordinal, {}};
  for (const Decision& decision : resolved.members) {
    Member member{corpus.record(decision.article).ordinal, decision.kept, {}, decision.relation, decision.similarity};
    if (decision.match != kNoArticle) member.match = corpus.record(decision.match).ordinal;
    cluster.members.push_back(member);
  }
  return cluster;
}

}  // namespace

struct [[gnu::visibility("hidden")]] Deduplicator::State {
  State(const Options& given, const Resources& resources)
      : options((validate(given), given)),
        block_size(resources.block_size),
        arena(static_cast<int>(worker_count(resources))),
        sketcher(options, chosen_kernel(resources)),
        core(options, context) {
    context.threads = worker_count(resources);
    context.kernel = chosen_kernel(resources);
  }

  void hand_over(Added & from);
  void gather();

  Options options;
  std::size_t block_size;
  RunContext context;
  oneapi::tbb::task_arena arena;
  Sketcher sketcher;
  oneapi::tbb::enumerable_thread_specific<Added> added;
  Mutex corpus_mutex;
  DedupCore core;  // while articles are added, its corpus is guarded by corpus_mutex; then one thread has it all
};

void Deduplicator::State::hand_over(Added& from) {
  if (from.block.records.empty()) return;
  const MutexLock lock(corpus_mutex);
  core.corpus().append(std::exchange(from.block, {}));
  from.sources.clear();
}

void Deduplicator::State::gather() {
  for (Added& from : added) hand_over(from);
  core.corpus().sort_by_ordinal();
}

Deduplicator::Deduplicator(const Options& options, const Resources& resources)
    : state_(std::make_unique<State>(options, resources)) {}
Deduplicator::~Deduplicator() = default;
Deduplicator::Deduplicator(Deduplicator&&) noexcept = default;
Deduplicator& Deduplicator::operator=(Deduplicator&&) noexcept = default;

void Deduplicator::add(const Article& article, std::uint64_t ordinal) {
  Added& mine = state_->added.local();
  state_->sketcher.sketch(article, article.id, {}, ordinal, mine.block, mine.sources, mine.scratch);
  if (mine.block.is_full()) state_->hand_over(mine);
}

void Deduplicator::add_feeds(std::span<const std::string> paths, bool allow_empty) {
  state_->gather();
  Corpus& corpus = state_->core.corpus();
  const std::uint64_t first = corpus.size() == 0 ? 0 : corpus.records().back().ordinal + 1;
  BlockReader::Options reading;
  reading.block_size = state_->block_size;
  const std::vector<Input> inputs = expand_inputs(paths);
  const FieldMap fields;
  state_->arena.execute([&] {
    state_->core.sketch(inputs, std::move(reading), fields, state_->sketcher, append_to(corpus, first), FeedEvents());
  });
  if (allow_empty) return;
  if (const auto fault = find_fault(state_->core.counts(), fields, inputs, state_->options.title)) throw *fault;
}

Result Deduplicator::finish(std::stop_token stop) {
  State& state = *state_;
  state.gather();
  state.context.stop = std::move(stop);
  state.arena.execute([&] { state.core.resolve(); });
  const Corpus& corpus = state.core.corpus();
  const Resolution& resolution = state.core.resolution();

  Result result;
  result.rejected = state.core.counts().rejected;
  result.read = corpus.size() + result.rejected;
  result.duplicates = resolution.duplicates;
  result.kept = corpus.size() - resolution.duplicates;
  for (const ResolvedCluster& cluster : resolution.clusters) {
    result.clusters.push_back(public_cluster(corpus, cluster));
  }
  for (const ArticleMatch& match : resolution.matches) result.matches.push_back(public_match(corpus, match));
  for (const ArticleMatch& match : resolution.equal) result.matches.push_back(public_match(corpus, match));
  std::sort(result.matches.begin(), result.matches.end(),
            [](const Match& a, const Match& b) { return std::pair(a.first, a.second) < std::pair(b.first, b.second); });
  return result;
}

}  // namespace wirecopy
