// Writes sketch files (see sketch_file.hpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.hpp"
#include "corpus/corpus.hpp"
#include "spill/sketch_file.hpp"
#include "spill/sketch_parameters.hpp"

namespace wirecopy {

/// Writes a sketch file, chunk by chunk. Not thread-safe; one writer per file (a second one gets Error(usage)).
class SketchWriter {
 public:
  /// Creates or truncates the file. Throws Error(io).
  SketchWriter(const std::filesystem::path& path, const SketchParameters& parameters);
  /// The same for an empty file that is open for reading and writing; `path` is used in error messages.
  SketchWriter(FileDescriptor file, std::filesystem::path path, const SketchParameters& parameters);
  /// Continues after the complete chunks of a file with equal parameters and inputs; torn chunks are truncated. Throws
  /// Error(state) if a parameter differs, which it names, or if it is not a sketch file; Error(io).
  [[nodiscard]] static SketchWriter reopen(const std::filesystem::path& path, const SketchParameters& parameters);

  /// The totals of the file so far, from which reading the feed must continue; empty for a new file.
  [[nodiscard]] const SketchTotals& totals() const { return totals_; }
  [[nodiscard]] bool is_finished() const { return finished_; }

  /// Appends the sketches of a block of the feed. `rejects` are lines of rejects.jsonl, as many as `counts` states.
  /// Throws Error(io), also if the disk is full; the file can still be continued with reopen() then.
  void append(const SketchView& block, const FeedCounts& counts, std::string_view rejects, const FeedPosition& end,
              bool is_resumable, std::span<const InputRecord> inputs);
  /// Marks the end of the feed. `inputs` are those that were not yet passed to append() as finished.
  void finish(std::span<const InputRecord> inputs);
  /// Syncs everything to disk.
  void sync();

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] int descriptor() const { return file_.get(); }

 private:
  SketchWriter(FileDescriptor file, std::filesystem::path path) : file_(std::move(file)), path_(std::move(path)) {}
  void write_chunk();

  FileDescriptor file_;
  std::filesystem::path path_;
  std::vector<Input> inputs_;
  std::uint64_t bytes_ = 0;
  bool finished_ = false;
  SketchTotals totals_;
  std::string chunk_;  // reused
};

}  // namespace wirecopy
