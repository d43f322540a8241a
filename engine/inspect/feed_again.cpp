#include "inspect/feed_again.hpp"

#include <fmt/format.h>

#include <wirecopy/error.hpp>

#include "base/temporary_file.hpp"
#include "feed/second_reading.hpp"
#include "inspect/result_reader.hpp"
#include "output/summary.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/sketch_phase.hpp"

namespace wirecopy {
namespace {

/// Splits what a copier writes into the requested lines.
class LineSink : public ByteSink {
 public:
  explicit LineSink(std::vector<std::string>& lines) : lines_(lines) {}
  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      line_ += bytes.substr(0, end);
      if (end == std::string_view::npos) return;
      if (line_.ends_with('\r')) line_.pop_back();
      lines_.push_back(std::move(line_));
      line_.clear();
      bytes.remove_prefix(end + 1);
    }
  }

 private:
  std::vector<std::string>& lines_;
  std::string line_;
};

std::vector<Input> unchanged_inputs(const ResultParameters& parameters) {
  std::vector<Input> inputs;
  for (const std::string& name : parameters.input_names) {
    inputs.push_back({name});
    if (inputs.back().is_stdin()) {
      throw Error(ErrorKind::usage, "the feed came from standard input, which cannot be read again");
    }
    if (!std::filesystem::exists(name)) {
      throw Error(ErrorKind::io, name + ": no such file; feeds are looked for by the names that the run was given");
    }
    const auto known = parameters.inputs.find(name);
    const std::string differs =
        known == parameters.inputs.end() ? "it was no regular file" : difference(name, known->second);
    if (!differs.empty()) {
      throw Error(ErrorKind::io, fmt::format("{}: was changed since the result was made: {}", name, differs));
    }
  }
  return inputs;
}

}  // namespace

FeedAgain::FeedAgain(const std::filesystem::path& result, const Workspace& workspace, RunContext& context)
    : context_(context) {
  context.space = nullptr;
  ResultParameters parameters = read_parameters(result);
  options_ = parameters.options;
  fields_ = parameters.fields;
  model_ = read_model(result, options_);
  const std::vector<Input> inputs = unchanged_inputs(parameters);
  read(inputs, workspace, context);
  check_articles(parameters);
  fill_profiles(context);
}

// The first look at an input is at some of its bytes; now all of its articles are known.
void FeedAgain::check_articles(const ResultParameters& parameters) const {
  const std::vector<std::uint64_t> digests = article_digests(*corpus_, records_.size());
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const std::string& name = records_[i].input.name;
    if (parameters.inputs.at(name).articles == fmt::format("{:016x}", digests[i])) continue;
    throw Error(ErrorKind::io, name + ": was changed since the result was made: its articles are not the same");
  }
}

FeedAgain::~FeedAgain() {
  context_.space = nullptr;
  context_.memory = {};
}

void FeedAgain::read(const std::vector<Input>& inputs, const Workspace& workspace, RunContext& context) {
  const std::filesystem::path temporary =
      workspace.temporary.empty() ? default_temporary_directory() : workspace.temporary;
  BlockReader::Options reading;
  context.memory = plan_memory(workspace.memory, context.threads, reading.block_size);
  store_.emplace(SketchParameters{options_, fields_, kMaxLineLimit, inputs}, SketchStore::Location{{}, temporary},
                 context.memory.sketches);
  space_ = std::make_unique<SpillSpace>(temporary, workspace.memory, context.memory.arrays);
  context.space = space_.get();
  reading.block_size = context.memory.block_size;
  reading.max_window = context.memory.window;
  reading.max_line = kMaxLineLimit;
  records_ = sketch_inputs(inputs, std::move(reading), fields_, Sketcher(options_, context.kernel), store_->sink(), {},
                           context)
                 .records;
  store_->finish(records_);
  if (store_->is_on_disk()) space_->keep_nothing_in_memory();
  corpus_.emplace(space_.get());
  store_->load(*corpus_, space_.get(), [](std::string_view) {});
}

void FeedAgain::fill_profiles(RunContext& context) {
  const StageTimer timer(context.times, "profiles");
  context.progress.stage = "profiles";
  profiles_.emplace(*corpus_, model_, options_);
  const std::vector<char> all(corpus_->size(), 1);
  parallel_items<TextComparer>(
      profiles_->chunks(), {}, context, [&](auto& comparer) { comparer.emplace(options_.shingle); },
      [&](std::size_t chunk, TextComparer& comparer) { profiles_->fill(chunk, all, comparer); });
}

std::vector<std::string> FeedAgain::lines(std::span<const ArticleId> articles) const {
  std::vector<std::string> lines;
  LineSink sink(lines);
  LineCopier copier(records_, sink);
  for (const ArticleId article : articles) copier.copy(corpus_->record(article).place);
  copier.finish();
  return lines;
}

}  // namespace wirecopy
