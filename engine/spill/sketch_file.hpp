// Sketches on disk: the result of the sketch phase for a feed, as a file (FORMAT.md).
//
// The same file is a shard ("wirecopy sketch feed -o shard"), the data that a run keeps on disk when memory is scarce,
// and the state that a killed run is resumed from. It consists of chunks, one for each block of the feed; each chunk
// has its own checksum and states where in the feed the next one begins. So whatever stops a writer, the complete
// chunks at the beginning stay valid, and a torn chunk after them is recognised and replaced.
//
// A reader maps the file into memory, and a corpus refers to it through views: only the records are copied. A file that
// other processes can write to is copied first (sketch_copy.hpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "spill/sketch_header.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {

/// Totals of a file or a part of it.
struct SketchTotals {
  FeedCounts counts;
  FeedStart end;  ///< where the feed continues
};

/// A chunk of a mapped file.
struct SketchChunk {
  SketchView sketch;
  std::string_view rejects;
  FeedCounts counts;
  FeedPosition end;
  bool is_resumable = false;
  bool is_last = false;
  std::vector<InputRecord> inputs;
};

/// Adds a chunk to the totals.
void add_totals(SketchTotals& totals, const SketchChunk& chunk);

struct SketchChunkHead;
struct StoredInput;

/// Reads a sketch file. Its views are valid as long as the object.
class SketchFile {
 public:
  /// Maps the file. `space`, if given, monitors the mapping and must outlive the object. Throws Error(io), or
  /// Error(state) if it is not a sketch file, has another version or a damaged header.
  explicit SketchFile(const std::filesystem::path& path, SpillSpace* space = nullptr);
  /// The same for an open file; the caller keeps its descriptor. `path` is used in error messages.
  SketchFile(int descriptor, std::filesystem::path path, SpillSpace* space = nullptr);
  ~SketchFile();
  SketchFile(const SketchFile&) = delete;
  SketchFile& operator=(const SketchFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// The parameters as lines (SketchParameters::describe).
  [[nodiscard]] const std::string& parameters() const { return header_.parameters; }
  [[nodiscard]] const std::vector<Input>& inputs() const { return header_.inputs; }

  enum class Check { none, checksums };
  /// Reads the next chunk; false after the last complete one. Check::none checks only sizes, which is enough for a file
  /// written by this process.
  bool next(SketchChunk& chunk, Check check);
  /// Where the next chunk begins.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  /// Whether next() has reached the end of the file.
  [[nodiscard]] bool is_at_end() const { return offset_ == bytes_.size(); }

 private:
  [[nodiscard]] bool read_columns(const SketchChunkHead& head, std::string_view columns, SketchChunk& chunk) const;
  [[nodiscard]] InputRecord record_of(const StoredInput& stored) const;

  FileDescriptor file_;
  std::filesystem::path path_;
  SpillSpace* space_;
  void* mapping_ = nullptr;
  std::string_view bytes_;  // of the mapping
  SketchHeader header_;
  std::string records_;  // FieldMap::records(), of the parameters
  std::uint64_t offset_;
};

}  // namespace wirecopy
