// Where the sketches of a run are between its two phases: in memory, or in a file when there are too many of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "corpus/corpus.hpp"
#include "pipeline/sketch_phase.hpp"
#include "spill/sketch_writer.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {

/// Lines of rejects.jsonl, in input order.
using RejectLines = std::function<void(std::string_view lines)>;

/// Takes the blocks of a feed in order, and gives them all to a corpus at the end. Blocks are kept in memory until they
/// occupy `max_in_memory` bytes; then they all go to a sketch file, and so does what follows. For one thread.
class SketchStore {
 public:
  struct Location {
    /// The sketch file; if empty, a file without a name in `temporary`, which cannot be gone on with.
    std::filesystem::path file;
    std::filesystem::path temporary;
  };

  /// `max_in_memory` 0: everything goes to the file. Nothing is created yet.
  SketchStore(SketchParameters parameters, Location location, std::uint64_t max_in_memory);

  /// Goes on with the file of a run that was stopped, if there is one. Throws as SketchWriter::reopen().
  void reopen();
  /// What was read before: where the reader of the feed must begin. Nothing for a run from the start.
  [[nodiscard]] std::optional<FeedStart> start() const;
  /// Whether the run that was stopped had read the whole feed.
  [[nodiscard]] bool is_complete() const { return writer_ && writer_->is_finished(); }

  [[nodiscard]] SketchSink sink();
  /// The feed is read; `records` are all that the reader has.
  void finish(std::span<const InputRecord> records);

  /// Forces the file to the disk.
  void sync() { writer_->sync(); }

  [[nodiscard]] bool is_on_disk() const { return writer_.has_value(); }
  /// Bytes of the sketch file.
  [[nodiscard]] std::uint64_t file_bytes() const { return writer_ ? writer_->bytes() : 0; }
  /// Counts of the blocks that an earlier run has read; of all, once finished.
  [[nodiscard]] const SketchTotals& totals() const;

  /// Hands everything over to a corpus, which must not outlive the store. `space`, if given, watches the file's
  /// mapping.
  void load(Corpus& corpus, SpillSpace* space, const RejectLines& on_rejects);

 private:
  static constexpr std::size_t kFirstSlab = std::size_t{8} << 20;  // the next are larger, each by half

  struct KeptBlock {
    SketchedBlock told;  // all but the content: its records and sources are in use until they are in a corpus
    SketchView content;  // in memory_
  };

  void take(SketchedBlock& block);
  void keep(SketchedBlock& block);
  void write(const SketchedBlock& block, const SketchView& sketch);
  void begin_file();

  SketchParameters parameters_;
  Location location_;
  std::uint64_t max_in_memory_;
  std::pmr::monotonic_buffer_resource memory_{kFirstSlab, large_memory()};
  std::vector<KeptBlock> kept_;
  std::uint64_t bytes_ = 0;  // of kept_
  std::optional<SketchWriter> writer_;
  std::unique_ptr<SketchFile> file_;
  std::size_t told_ = 0;  // inputs that the file knows to be finished
};

/// Appends the articles of a whole sketch file to a corpus, which must not outlive it; inputs count from `first_input`
/// on. Throws Error(state) for damage, and for a file that was never finished.
void load_sketches(SketchFile& file, std::uint32_t first_input, SketchFile::Check check, Corpus& corpus,
                   const RejectLines& on_rejects, SketchTotals& totals);

}  // namespace wirecopy
