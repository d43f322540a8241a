// Sketches on disk: what the sketch phase leaves of a feed, as a file (FORMAT.md).
//
// The same file is a shard ("wirecopy sketch feed -o shard"), what a run keeps on disk when memory is scarce, and what
// a run that was killed goes on from. It grows by chunks, one for each block of the feed; a chunk has its own checksum
// and says where in the feed the next one begins. So whatever stops a writer, the whole chunks at the front are as good
// as ever, and what is torn behind them is recognised and written anew.
//
// A reader maps the file into memory, and a corpus looks at it through views: nothing is copied but the records. A file
// that others can write to is copied before (sketch_copy.hpp).
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

/// Sums over a file, or a part of it.
struct SketchTotals {
  FeedCounts counts;
  FeedStart end;  ///< where the feed goes on
};

/// A chunk of a file that is mapped.
struct SketchChunk {
  SketchView sketch;
  std::string_view rejects;
  FeedCounts counts;
  FeedPosition end;
  bool is_resumable = false;
  bool is_last = false;
  std::vector<InputRecord> inputs;
};

/// Adds up chunks.
void add_totals(SketchTotals& totals, const SketchChunk& chunk);

struct SketchChunkHead;
struct StoredInput;

/// Reads a sketch file. The views that it gives live as long as the object.
class SketchFile {
 public:
  /// Maps the file; `space`, if given, watches the mapping and must outlive the object. Throws Error(io), or
  /// Error(state) where the file is none, of another version or damaged in its header.
  explicit SketchFile(const std::filesystem::path& path, SpillSpace* space = nullptr);
  /// The same with an open file, whose descriptor stays the caller's; `path` is for messages.
  SketchFile(int descriptor, std::filesystem::path path, SpillSpace* space = nullptr);
  ~SketchFile();
  SketchFile(const SketchFile&) = delete;
  SketchFile& operator=(const SketchFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// The parameters as lines (SketchParameters::describe).
  [[nodiscard]] const std::string& parameters() const { return header_.parameters; }
  [[nodiscard]] const std::vector<Input>& inputs() const { return header_.inputs; }

  enum class Check { none, checksums };
  /// The next chunk; false at the end of the whole ones. With Check::none only the sizes are looked at, which is enough
  /// for a file that this process has written.
  bool next(SketchChunk& chunk, Check check);
  /// Where the next chunk begins.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  /// Whether next() has come to the very end of the file.
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
  std::uint64_t offset_;
};

}  // namespace wirecopy
