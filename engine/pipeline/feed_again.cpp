#include "pipeline/feed_again.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>

#include <wirecopy/error.hpp>

#include "base/temporary_file.hpp"
#include "feed/second_reading.hpp"
#include "pipeline/result_reader.hpp"
#include "pipeline/run_plan.hpp"
#include "pipeline/sketch_phase.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMaxLine = std::size_t{1} << 30;  // the largest that a run can have accepted

/// Splits what a copier writes into the lines that were asked for.
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

}  // namespace

FeedAgain::FeedAgain(const std::filesystem::path& result, const Workspace& workspace, RunContext& context)
    : context_(context) {
  context.space = nullptr;
  ResultParameters parameters = read_parameters(result);
  options_ = parameters.options;
  fields_ = parameters.fields;
  model_ = read_model(result, options_);
  std::vector<Input> inputs;
  for (const std::string& name : parameters.input_names) {
    inputs.push_back({name});
    if (inputs.back().is_stdin()) {
      throw Error(ErrorKind::usage, "the feed came from standard input, which cannot be read again");
    }
    const auto known = parameters.inputs.find(name);
    if (known != parameters.inputs.end() && known->second == state_of(name)) continue;
    const bool is_there = std::filesystem::exists(name);
    throw Error(ErrorKind::io, fmt::format("{}: {}", name,
                                           is_there ? "was changed since the result was made"
                                                    : "no such file; feeds are looked for by the "
                                                      "names that the run was given"));
  }
  read(inputs, workspace, context);
  fill_profiles(context);
}

FeedAgain::~FeedAgain() { context_.space = nullptr; }

void FeedAgain::read(const std::vector<Input>& inputs, const Workspace& workspace, RunContext& context) {
  const std::filesystem::path temporary =
      workspace.temporary.empty() ? default_temporary_directory() : workspace.temporary;
  store_.emplace(SketchParameters{options_, fields_, kMaxLine, inputs}, SketchStore::Place{{}, temporary},
                 most_sketches_in_memory(workspace.memory));
  BlockReader::Options reading;
  reading.max_line = kMaxLine;
  BlockReader reader(inputs, reading);
  sketch_feed(reader, inputs, fields_, Sketcher(options_, context.kernel), store_->sink(), {}, context);
  records_ = reader.records();
  store_->finish(records_);
  if (store_->is_on_disk()) {
    space_ = std::make_unique<SpillSpace>(temporary, workspace.memory);
    context.space = space_.get();
  }
  corpus_.emplace(space_ ? space_.get() : std::pmr::new_delete_resource());
  store_->load(*corpus_, space_.get(), [](std::string_view) {});
}

void FeedAgain::fill_profiles(RunContext& context) {
  const StageTimer timer(context.times, "profiles");
  context.progress.stage = "profiles";
  profiles_.emplace(*corpus_, model_, options_);
  const std::vector<char> all(corpus_->size(), 1);
  oneapi::tbb::parallel_for(std::size_t{0}, profiles_->chunks(), [&](std::size_t chunk) {
    TextComparer comparer(options_.shingle);
    profiles_->fill(chunk, all, comparer);
  });
}

std::vector<std::string> FeedAgain::lines(std::span<const ArticleId> articles) const {
  std::vector<std::string> lines;
  LineSink sink(lines);
  LineCopier copier(records_, sink);
  for (const ArticleId article : articles) {
    const LinePlace& place = corpus_->record(article).place;
    copier.copy(place.input, place.offset, place.length);
  }
  copier.finish();
  return lines;
}

}  // namespace wirecopy
