#include "pipeline/sketch_store.hpp"

#include <algorithm>
#include <utility>
#include <wirecopy/error.hpp>

#include "base/temporary_file.hpp"
#include "output/result_files.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {
namespace {

/// A copy that lives as long as `memory`.
template <typename T>
std::span<const T> copied(std::span<const T> items, std::pmr::memory_resource& memory) {
  T* const to = static_cast<T*>(memory.allocate(items.size_bytes(), alignof(T)));
  std::copy(items.begin(), items.end(), to);
  return {to, items.size()};
}

void make_directory(const std::filesystem::path& directory) {
  std::error_code failed;
  if (!directory.empty()) std::filesystem::create_directories(directory, failed);
  if (failed) throw_system_error(directory.native(), "cannot create", failed.value());
}

std::string reject_lines(const std::vector<Reject>& rejects, std::span<const Input> inputs) {
  std::string lines;
  for (const Reject& reject : rejects) lines += format_reject(reject, inputs);
  return lines;
}

std::uint64_t bytes_of(std::span<const Reject> rejects) {
  std::uint64_t bytes = rejects.size_bytes();
  for (const Reject& reject : rejects) bytes += reject.line.size() + reject.message.size();
  return bytes;
}

FeedCounts counts_of(const SketchedBlock& block) {
  FeedCounts counts;
  counts.articles = block.sketch.records.size();
  counts.rejected = block.rejects.size();
  for (const Reject& reject : block.rejects) ++counts.reasons[static_cast<std::size_t>(reject.reason)];
  counts.usage = block.usage;
  return counts;
}

}  // namespace

SketchStore::SketchStore(SketchParameters parameters, Location location, std::uint64_t max_in_memory)
    : parameters_(std::move(parameters)), location_(std::move(location)), max_in_memory_(max_in_memory) {}

void SketchStore::reopen() {
  if (location_.file.empty() || !has_complete_header(location_.file)) return;
  writer_.emplace(SketchWriter::reopen(location_.file, parameters_));
  const std::vector<InputRecord>& records = writer_->totals().end.records;
  told_ = records.empty() ? 0 : records.size() - 1;
}

std::optional<FeedStart> SketchStore::start() const {
  if (!writer_ || writer_->totals().end.records.empty()) return std::nullopt;
  return writer_->totals().end;
}

const SketchTotals& SketchStore::totals() const {
  static const SketchTotals kNothing;
  return writer_ ? writer_->totals() : kNothing;
}

SketchSink SketchStore::sink() {
  return [this](SketchedBlock& block) { take(block); };
}

void SketchStore::take(SketchedBlock& block) {
  if (writer_) return write(block, view_of(block.sketch));
  bytes_ += block.sketch.bytes() + bytes_of(block.rejects);
  keep(block);
  if (bytes_ <= max_in_memory_) return;
  begin_file();
  for (const KeptBlock& each : kept_) write(each.told, each.content);
  kept_.clear();
  memory_.release();
  release_free_memory();
}

void SketchStore::keep(SketchedBlock& block) {
  KeptBlock& kept = kept_.emplace_back();
  kept.told.sketch.records = block.sketch.records;
  kept.told.sketch.sources = std::move(block.sketch.sources);
  kept.told.rejects = std::move(block.rejects);
  kept.told.inputs = std::move(block.inputs);
  kept.told.usage = block.usage, kept.told.end = block.end, kept.told.is_resumable = block.is_resumable;

  kept.content = view_of(kept.told.sketch);
  kept.content.tokens = copied(std::span<const Token>(block.sketch.tokens), memory_);
  kept.content.samples = copied(std::span<const std::uint64_t>(block.sketch.samples), memory_);
  kept.content.signatures = copied(std::span<const std::uint32_t>(block.sketch.signatures), memory_);
  const std::span<const char> strings = copied(std::span<const char>(block.sketch.strings), memory_);
  kept.content.strings = {strings.data(), strings.size()};
}

void SketchStore::begin_file() {
  if (location_.file.empty()) {
    writer_.emplace(open_temporary_file(location_.temporary), location_.temporary, parameters_);
  } else {
    make_directory(location_.file.parent_path());
    writer_.emplace(location_.file, parameters_);
  }
}

void SketchStore::write(const SketchedBlock& block, const SketchView& sketch) {
  writer_->append(sketch, counts_of(block), reject_lines(block.rejects, parameters_.inputs), block.end,
                  block.is_resumable, block.inputs);
  told_ += block.inputs.size() - 1;
}

void SketchStore::finish(std::span<const InputRecord> records) {
  if (!writer_ && max_in_memory_ == 0) begin_file();  // an empty feed
  if (writer_) writer_->finish(records.subspan(told_));
}

void SketchStore::load(Corpus& corpus, SpillSpace* space, const RejectLines& on_rejects) {
  if (writer_) {
    file_ = std::make_unique<SketchFile>(writer_->descriptor(),
                                         location_.file.empty() ? location_.temporary : location_.file, space);
    SketchTotals totals;
    return load_sketches(*file_, 0, SketchFile::Check::none, corpus, on_rejects, totals);
  }
  std::size_t articles = 0;
  for (const KeptBlock& block : kept_) articles += block.content.records.size();
  corpus.reserve(articles);
  for (KeptBlock& block : kept_) {
    if (!block.content.records.empty()) corpus.append(block.content, 0);
    on_rejects(reject_lines(block.told.rejects, parameters_.inputs));
    block.told = {};
  }
  kept_.clear();
}

void load_sketches(SketchFile& file, std::uint32_t first_input, SketchFile::Check check, Corpus& corpus,
                   const RejectLines& on_rejects, SketchTotals& totals) {
  bool is_finished = false;
  corpus.set_sample_rule(sample_rule(read_options(file.parameters())));
  for (SketchChunk chunk; file.next(chunk, check);) {
    if (!chunk.sketch.records.empty()) corpus.append(chunk.sketch, first_input);
    if (!chunk.rejects.empty()) on_rejects(chunk.rejects);
    add_totals(totals, chunk);
    is_finished = chunk.is_last;
  }
  if (!file.is_at_end()) throw Error(ErrorKind::state, file.path().native() + ": is damaged, or was never finished");
  if (!is_finished) throw Error(ErrorKind::state, file.path().native() + ": was never finished");
  for (const InputRecord& record : totals.end.records) totals.counts.bytes += record.size;
}

}  // namespace wirecopy
