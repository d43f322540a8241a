#include "pipeline/run_plan.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

#include "base/large_memory.hpp"
#include "base/memory_size.hpp"
#include "base/stage_timer.hpp"
#include "feed/article_parser.hpp"
#include "feed/block.hpp"
#include "pipeline/feed_sample.hpp"
#include "pipeline/in_arena.hpp"
#include "pipeline/memory_plan.hpp"
#include "pipeline/resolve_phase.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {
namespace {

// Resolving takes about half as long again as sketching (longer on disk), and occupies so many bytes an article besides
// its sketch: its record, groups, profiles, records of sampled shingles and pairs on their way to being counted,
// decisions. A match is in an array that may just have doubled, and in lists by component.
constexpr double kResolveTime = 1.5;
constexpr double kResolveBytes = 1400;
constexpr double kMatchBytes = 3 * sizeof(ArticleMatch) + 3 * sizeof(CandidatePair);

constexpr std::size_t kMaxResolved = 64_KiB;  // bytes of a line

/// What the sample shows, scaled up to the feed.
struct Estimate {
  double articles = 0;
  double sketch_bytes = 0;
  double matches = 0;
  double sketch_seconds = 0;  // of processor time
  double resolve_seconds = 0;
};

/// Appends what a piece holds to `corpus`, long texts left out: comparing those takes more memory than a forecast may.
void sketch_piece(const FeedPiece& piece, const DedupRequest& request, const Sketcher& sketcher, Corpus& corpus,
                  Estimate& estimate) {
  const double start = thread_cpu_seconds();
  ArticleParser parser(request.fields);
  SketchBlock sketch, sketch_of_long;
  SketchScratch scratch;
  SourceTable sources, sources_of_long;
  Block block;
  block.bytes = std::string_view(piece.lines).substr(0, piece.lines.size() - kBlockPadding);
  LineCursor cursor(block);
  for (Line line; cursor.next(line);) {
    if (is_blank(line.bytes) || !parser.parse(line.bytes)) continue;
    const Article& article = parser.article().article;
    const bool is_long = line.bytes.size() > kMaxResolved;
    sketcher.sketch(article, article.id, {}, 0, is_long ? sketch_of_long : sketch, is_long ? sources_of_long : sources,
                    scratch);
  }
  estimate.sketch_seconds += piece.weight * (thread_cpu_seconds() - start);
  for (const SketchBlock& part : {std::cref(sketch), std::cref(sketch_of_long)}) {
    const std::uint64_t in_files = part.bytes() - part.samples.size() * sizeof(std::uint64_t);  // samples are not
    estimate.articles += piece.weight * static_cast<double>(part.records.size());
    estimate.sketch_bytes += piece.weight * static_cast<double>(in_files);
  }
  if (!sketch.records.empty()) corpus.append(std::move(sketch));
}

/// Resolves the sample. Of its matches, those within a piece are met once for each piece that there would be; those
/// between pieces, for each two of them.
void resolve_sample(const Corpus& corpus, std::span<const std::uint32_t> piece_of, std::span<const double> weights,
                    const DedupRequest& request, Kernel kernel, Estimate& estimate) {
  RunContext context;
  context.kernel = kernel;
  const double start = thread_cpu_seconds();
  in_arena(context, [&] {
    const Resolution resolution = resolve(corpus, request.options, context);
    for (const ArticleMatch& match : resolution.matches) {
      const std::uint32_t a = piece_of[number(match.first)], b = piece_of[number(match.second)];
      estimate.matches += a == b ? weights[a] : weights[a] * weights[b];
    }
  });
  const double weight = std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(weights.size());
  estimate.resolve_seconds = weight * (thread_cpu_seconds() - start);
}

Estimate estimate_of(std::span<const FeedPiece> pieces, const DedupRequest& request, Kernel kernel) {
  const Sketcher sketcher(request.options, kernel);
  Estimate estimate;
  Corpus corpus;
  std::vector<std::uint32_t> piece_of;  // by article
  std::vector<double> weights;
  for (const FeedPiece& piece : pieces) {
    sketch_piece(piece, request, sketcher, corpus, estimate);
    piece_of.resize(corpus.size(), static_cast<std::uint32_t>(weights.size()));
    weights.push_back(piece.weight);
  }
  if (corpus.size() > 0) resolve_sample(corpus, piece_of, weights, request, kernel, estimate);
  // In buckets that are flooded an article is paired with a few others only: more matches than that are not found.
  constexpr double kMaxMatches = 64;
  estimate.matches = std::min(estimate.matches, kMaxMatches * estimate.articles);
  return estimate;
}

}  // namespace

bool fits_certainly(const DedupRequest& request) {
  constexpr std::uint64_t kGrowth = 64;
  const std::uint64_t bytes = known_bytes(request.inputs());
  return bytes != 0 && bytes < request.memory / kGrowth;
}

RunPlan plan_run(const DedupRequest& request, const RunContext& context) {
  RunPlan plan;
  FeedSampling sampling;
  sampling.piece = std::clamp<std::size_t>(request.memory >> 10, 64_KiB, 256_KiB);
  sampling.max_line = std::min(sampling.max_line, request.max_line);
  sampling.records = request.fields.records();
  const Estimate estimate = estimate_of(sample_feed(request.inputs(), sampling), request, context.kernel);
  release_free_memory();
  if (estimate.articles == 0) return plan;
  const MemoryPlan memory = plan_memory(request.memory, context.threads, request.block_size);
  const double resolve_bytes = estimate.articles * kResolveBytes + estimate.matches * kMatchBytes;
  plan.is_known = true;
  plan.articles = static_cast<std::uint64_t>(estimate.articles);
  plan.memory = static_cast<std::uint64_t>(estimate.sketch_bytes + resolve_bytes);
  if (estimate.sketch_bytes > static_cast<double>(memory.sketches)) {
    plan.disk = plan.memory;
  } else if (resolve_bytes > static_cast<double>(memory.arrays)) {
    plan.disk = static_cast<std::uint64_t>(resolve_bytes);
  }
  plan.cpu_seconds =
      estimate.sketch_seconds + std::max(kResolveTime * estimate.sketch_seconds, estimate.resolve_seconds);
  return plan;
}

}  // namespace wirecopy
