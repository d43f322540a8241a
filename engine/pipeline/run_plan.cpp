#include "pipeline/run_plan.hpp"

#include <algorithm>
#include <vector>

#include "base/stage_timer.hpp"
#include "feed/article_parser.hpp"
#include "feed/block_reader.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMostInputs = 8;
// Resolving takes about half as long again as sketching (longer on disk), and occupies so many bytes an article besides
// its sketch: its record, groups, profiles, records of sampled shingles and pairs on their way to being counted,
// matches, decisions.
constexpr double kResolveTime = 1.5;
constexpr std::uint64_t kResolveBytes = 1400;

/// What was met in the sample.
struct Sample {
  std::uint64_t raw_bytes = 0;  // before decompression
  std::uint64_t articles = 0;
  std::uint64_t sketch_bytes = 0;
  double seconds = 0;  // of processor time
};

void sketch_first_block(const Input& input, const DedupRequest& request, const Sketcher& sketcher, Sample& sample) {
  BlockReader::Options options;
  options.block_size = request.block_size;
  options.max_line = request.max_line;
  BlockReader reader({input}, options);
  Block block;
  if (!reader.next(block) || block.kind != Block::Kind::lines) return;
  const double start = thread_cpu_seconds();
  ArticleParser parser(request.fields);
  SketchBlock sketch;
  SketchScratch scratch;
  SourceTable sources;
  LineCursor cursor(block);
  for (Line line; cursor.next(line);) {
    if (is_blank(line.bytes) || !parser.parse(line.bytes)) continue;
    const Article& article = parser.article().article;
    sketcher.sketch(article, article.id, {}, 0, sketch, sources, scratch);
  }
  sample.seconds += thread_cpu_seconds() - start;
  const double share = static_cast<double>(block.bytes.size()) / static_cast<double>(reader.bytes_read());
  sample.raw_bytes += static_cast<std::uint64_t>(share * static_cast<double>(reader.raw_bytes_read()));
  sample.articles += sketch.records.size();
  sample.sketch_bytes += sketch.bytes() - sketch.samples.size() * sizeof(std::uint64_t);  // which are not in files
}

}  // namespace

bool fits_certainly(const DedupRequest& request) {
  constexpr std::uint64_t kGrowth = 64;
  const std::uint64_t bytes = known_bytes(request.inputs);
  return bytes != 0 && bytes < request.memory / kGrowth;
}

std::uint64_t most_sketches_in_memory(std::uint64_t budget) { return budget / 5 * 2; }

RunPlan plan_run(const DedupRequest& request, const RunContext& context) {
  RunPlan plan;
  for (const Input& input : request.inputs) {
    if (known_bytes(std::span(&input, 1)) == 0) return plan;
  }
  const Sketcher sketcher(request.options, context.kernel);
  Sample sample;
  const std::size_t chosen = std::min(kMostInputs, request.inputs.size());
  for (std::size_t i = 0; i < chosen; ++i) {
    sketch_first_block(request.inputs[i * request.inputs.size() / chosen], request, sketcher, sample);
  }
  if (sample.articles == 0 || sample.raw_bytes == 0) return plan;
  const double scale = static_cast<double>(known_bytes(request.inputs)) / static_cast<double>(sample.raw_bytes);
  const auto scaled = [scale](auto value) { return static_cast<std::uint64_t>(scale * static_cast<double>(value)); };
  plan.is_known = true;
  plan.articles = scaled(sample.articles);
  const std::uint64_t sketches = scaled(sample.sketch_bytes);
  plan.memory = sketches + plan.articles * kResolveBytes;
  if (sketches > most_sketches_in_memory(request.memory)) plan.disk = plan.memory;
  plan.cpu_seconds = scale * sample.seconds * (1 + kResolveTime);
  return plan;
}

}  // namespace wirecopy
