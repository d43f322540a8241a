// Sketches on disk: what the sketch phase leaves of a feed, as a file (FORMAT.md).
//
// The same file is a shard ("wirecopy sketch feed -o shard"), what a run keeps on disk when memory is scarce, and what
// a run that was killed goes on from. It grows by chunks, one for each block of the feed; a chunk has its own checksum
// and says where in the feed the next one begins. So whatever stops a writer, the whole chunks at the front are as good
// as ever, and what is torn behind them is recognised and written anew.
//
// A reader maps the file into memory, and a corpus looks at it through views: nothing is copied but the records.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/options.hpp>

#include "base/file_descriptor.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {

/// All that decides what a sketch holds. Everything else about a run may differ between sketching and resolving.
struct SketchParameters {
  Options options;  ///< method, threshold, recall, shingle, seed and title count
  FieldMap fields;
  std::size_t max_line = 0;
  std::vector<Input> inputs;

  /// As lines "name value", in a fixed order; inputs left out.
  [[nodiscard]] std::string describe() const;
};

/// Sums over a file, or a part of it.
struct SketchTotals {
  FeedCounts counts;
  FeedStart end;  ///< where the feed goes on
};

/// Writes a sketch file, chunk by chunk. One thread at a time; one writer a file (a second one gets Error(usage)).
class SketchWriter {
 public:
  /// Creates or empties the file. Throws Error(io).
  SketchWriter(std::filesystem::path path, const SketchParameters& parameters);
  /// The same with an empty file that is open for reading and writing; `path` is for messages.
  SketchWriter(FileDescriptor file, std::filesystem::path path, const SketchParameters& parameters);
  /// Goes on behind the whole chunks of a file with equal parameters and inputs; torn ones are cut off. Throws
  /// Error(state) naming the parameter that differs, or saying that it is no sketch file; Error(io).
  [[nodiscard]] static SketchWriter go_on(std::filesystem::path path, const SketchParameters& parameters);

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
  /// The parameters as lines (SketchParameters::describe), and what they say of options and fields.
  [[nodiscard]] const std::string& parameters() const { return parameters_; }
  [[nodiscard]] Options options() const;
  [[nodiscard]] FieldMap fields() const;
  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }

  enum class Check { none, checksums };
  /// The next chunk; false at the end of the whole ones. With Check::none only the sizes are looked at, which is enough
  /// for a file that this process has written.
  bool next(SketchChunk& chunk, Check check);
  /// Where the next chunk begins.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  /// Whether next() has come to the very end of the file.
  [[nodiscard]] bool is_at_end() const { return offset_ == bytes_.size(); }

 private:
  void read_header();
  void unmap();
  [[nodiscard]] InputRecord record_of(const StoredInput& stored) const;

  FileDescriptor file_;
  std::filesystem::path path_;
  SpillSpace* space_;
  std::string_view bytes_;
  std::string parameters_;
  std::vector<Input> inputs_;
  std::uint64_t offset_ = 0;
};

/// Throws Error(state) naming the first line that differs, if any does: "path: was made with threshold 0.5, not 0.6".
void require_equal_parameters(const std::string& path, std::string_view has, std::string_view wanted);

}  // namespace wirecopy
