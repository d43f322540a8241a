#include "pipeline/collection.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <chrono>

#include "base/temporary_file.hpp"
#include "feed/feed_check.hpp"
#include "feed/second_reading.hpp"
#include "output/summary.hpp"
#include "pipeline/block_texts.hpp"
#include "pipeline/in_arena.hpp"
#include "pipeline/sketch_phase.hpp"
#include "pipeline/threads.hpp"

namespace wirecopy {
namespace {

/// Articles sketched at a time by one thread.
constexpr std::size_t kAtOnce = 64;

/// Adds the time of a pass to the totals of a run.
class PassTime {
 public:
  PassTime(double& wall, double& cpu) : wall_(wall), cpu_(cpu) {}
  ~PassTime() {
    wall_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    cpu_ += process_cpu_seconds() - cpu_start_;
  }
  PassTime(const PassTime&) = delete;
  PassTime& operator=(const PassTime&) = delete;

 private:
  double& wall_;
  double& cpu_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_start_ = process_cpu_seconds();
};

}  // namespace

Collection::Collection(const Options& options, const Resources& resources, const FieldMap& fields)
    : options_((validate(options), options)),
      block_size_(resources.block_size),
      fields_(fields),
      sketcher_(options, chosen_kernel(resources)),
      core_(options_, context_) {
  context_.threads = worker_count(resources);
  context_.kernel = chosen_kernel(resources);
}

void Collection::add(std::span<const Article> articles, std::span<const std::uint64_t> rows, const FieldUsage& usage) {
  const PassTime time(wall_seconds_, cpu_seconds_);
  std::vector<SketchBlock> blocks((articles.size() + kAtOnce - 1) / kAtOnce);
  in_arena(context_, [&] {
    oneapi::tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t i) {
      const std::size_t count = std::min(kAtOnce, articles.size() - i * kAtOnce);
      sketch(articles.subspan(i * kAtOnce, count), rows.subspan(i * kAtOnce, count), blocks[i]);
    });
  });
  for (SketchBlock& block : blocks) core_.corpus().append(std::move(block));
  core_.counts().articles += articles.size();
  core_.counts().usage.merge(usage);
}

void Collection::sketch(std::span<const Article> articles, std::span<const std::uint64_t> rows,
                        SketchBlock& block) const {
  SketchBlock grown;
  SourceTable sources;
  SketchScratch scratch;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const std::string made = articles[i].id.empty() ? fmt::format("row:{}", rows[i]) : std::string();
    sketcher_.sketch(articles[i], made.empty() ? articles[i].id : made, {}, rows[i], grown, sources, scratch);
  }
  block = grown;  // a copy takes no more memory than it needs
}

void Collection::reject(std::uint64_t row, RejectReason reason) {
  rejects_.push_back({row, {{}, reason, {}, {}}});
  core_.counts().add_reject(rejects_.back().reject);
}

void Collection::add_feeds(std::span<const std::string> paths, const std::stop_token& stop) {
  const PassTime time(wall_seconds_, cpu_seconds_);
  inputs_ = expand_inputs(paths);
  BlockReader::Options reading;
  reading.block_size = block_size_;
  reading.max_line = kMaxBytes;
  reading.spool_directory = default_temporary_directory().native();
  context_.stop = stop;
  FeedEvents events;
  events.on_reject = [this](const Reject& reject) { rejects_.push_back({0, reject}); };
  in_arena(context_, [&] {
    core_.sketch(inputs_, std::move(reading), fields_, sketcher_, append_to(core_.corpus(), 0), events);
  });
}

void Collection::require_texts() const {
  if (const auto fault = find_fault(core_.counts(), fields_, inputs_, options_.title)) throw *fault;
}

void Collection::finish(const std::stop_token& stop) {
  const PassTime time(wall_seconds_, cpu_seconds_);
  context_.stop = stop;
  in_arena(context_, [&] { core_.resolve(); });
}

std::string Collection::summary() const {
  RunSummary summary = core_.summary(inputs_, fields_, wall_seconds_, cpu_seconds_);
  summary.duplicate_ids = core_.duplicate_ids().count;
  return format_summary(summary);
}

std::vector<BoilerplateBlock> Collection::boilerplate(const std::stop_token& stop) const {
  if (!options_.boilerplate) return {};
  context_.stop = stop;
  std::vector<BoilerplateBlock> blocks;
  in_arena(context_,
           [&] { blocks = find_blocks(corpus(), options_, resolution().boilerplate, BlockLimits{}, context_); });
  if (core_.records().empty()) return blocks;
  std::vector<BoilerplateBlock*> wanted;
  wanted.reserve(blocks.size());
  for (BoilerplateBlock& block : blocks) wanted.push_back(&block);
  const BlockLimits limits;
  BlockTexts texts(corpus(), options_, fields_, limits, wanted, context_.kernel);
  LineCopier copier(core_.records(), texts.sink());
  for (const ArticleId example : texts.examples()) copier.copy(corpus().record(example).place);
  copier.finish();
  return blocks;
}

}  // namespace wirecopy
