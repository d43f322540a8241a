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

/// Writes a sketch file, chunk by chunk. One thread at a time; one writer a file (a second one gets Error(usage)).
class SketchWriter {
 public:
  /// Creates or empties the file. Throws Error(io).
  SketchWriter(const std::filesystem::path& path, const SketchParameters& parameters);
  /// The same with an empty file that is open for reading and writing; `path` is for messages.
  SketchWriter(FileDescriptor file, std::filesystem::path path, const SketchParameters& parameters);
  /// Goes on behind the whole chunks of a file with equal parameters and inputs; torn ones are cut off. Throws
  /// Error(state) naming the parameter that differs, or saying that it is no sketch file; Error(io).
  [[nodiscard]] static SketchWriter go_on(const std::filesystem::path& path, const SketchParameters& parameters);

  /// What the file holds so far, from which the reader of the feed must go on; empty for a new file.
  [[nodiscard]] const SketchTotals& totals() const { return totals_; }
  [[nodiscard]] bool is_finished() const { return finished_; }

  /// Appends what a block of the feed gave; `rejects` are lines of rejects.jsonl, as many as `counts` says. Throws
  /// Error(io), also when the disk is full; the file is still good for go_on() then.
  void append(const SketchView& block, const FeedCounts& counts, std::string_view rejects, const FeedPosition& end,
              bool is_resumable, std::span<const InputRecord> inputs);
  /// The end of the feed: `inputs` are those not told of as finished before.
  void finish(std::span<const InputRecord> inputs);
  /// Forces everything to the disk.
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
