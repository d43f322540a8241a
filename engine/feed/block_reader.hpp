// Reads inputs one after the other and splits them into blocks of whole lines.
//
//   BlockReader reader(expand_inputs(paths), {.spool_directory = "/var/tmp"});
//   for (Block block; reader.next(block);) ...
//
// The sequence of lines, their numbers and offsets, and which of them are oversized depend on the bytes alone, never on
// block_size or on how many bytes the system returns at a time. (One exception: igzip decodes fewer of the last lines
// before damage in a gzip stream if a pipe delivers only a few bytes at a time.)
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "feed/block.hpp"
#include "feed/byte_source.hpp"
#include "feed/input.hpp"
#include "feed/spool.hpp"

namespace wirecopy {

/// The largest permitted max_line: 1 GiB.
inline constexpr std::size_t kMaxLineLimit = std::size_t{1} << 30;

/// What the reader records about an input, so that its lines can be copied later (see second_reading.hpp).
struct InputRecord {
  Input input;
  FileIdentity identity;  ///< at the time it was opened
  Compression compression = Compression::none;
  Layout layout = Layout::lines;
  std::string records;                 ///< SourceOptions::records
  std::shared_ptr<const Spool> spool;  ///< the decompressed bytes of an input that cannot be read twice
  std::uint64_t size = 0;              ///< decompressed bytes that could be read
  bool unterminated = false;           ///< the last line has no '\n'
  bool damaged = false;                ///< the compressed stream is truncated or damaged
  /// Bytes were appended while it was read. They are ignored, and so is a last line without '\n', which may be
  /// incomplete.
  bool grew = false;
};

/// A position between two blocks of a feed.
struct FeedPosition {
  std::uint64_t input = 0;   ///< index of the input
  std::uint64_t offset = 0;  ///< offset of the next line in the decompressed input
  std::uint64_t line = 1;    ///< number of the next line
};

/// Where to resume after a stopped run: everything before it has been read.
struct FeedStart {
  FeedPosition position;
  std::vector<InputRecord> records;  ///< of the inputs up to and including position.input; the last one is partial
};

class BlockReader {
 public:
  /// The maximum number of articles in a block. An article without an id gets one derived from its input's name and its
  /// line number, which may be a thousand times as long as a line "{}"; the limit keeps the ids of a block below 4 GiB.
  static constexpr std::uint64_t kMaxArticles = 1'000'000;

  struct Options {
    /// Target size of a block in bytes; 4 KiB to 64 MiB. Affects only speed and memory.
    std::size_t block_size = std::size_t{1} << 20;
    /// A line of more bytes (without its '\n') is not read into memory. At least 1.
    std::size_t max_line = std::size_t{16} << 20;
    /// A stream whose decoder would allocate a larger window is an Error(resources).
    std::uint64_t max_window = UINT64_MAX;
    /// JSON pointer to the array of articles in a document; see SourceOptions.
    std::string records;
    /// Directory for copies of inputs that cannot be read twice; if not set, they are not kept.
    std::optional<std::string> spool_directory;
    /// Checked between reads and while waiting for a pipe; next() throws Error(cancelled) once it is true.
    const std::atomic<bool>* cancelled = nullptr;
    /// Starts here instead of at the first byte, skipping everything before. next() throws Error(state) if an input is
    /// not the same file as before (file_identity.hpp).
    std::optional<FeedStart> start;
    /// Opens an input; tests substitute fakes. Default: ByteSource::open.
    std::function<std::unique_ptr<ByteSource>(const Input&)> open;
  };
  /// Throws Error(usage) for a block size out of range.
  static void check_block_size(std::size_t size);

  /// Throws Error(usage) for options out of range. Opens nothing yet.
  BlockReader(std::vector<Input> inputs, Options options);
  ~BlockReader();

  /// Fills the block with the next lines; false at the end of the last input. Not thread-safe. The reader's own memory
  /// stays below block_size + 2 * max_line. Throws Error(io) if an input cannot be opened or read, or the spool cannot
  /// be written. Only the bytes of a `damage` block may be empty.
  bool next(Block& block);

  /// One record per opened input, in order. Not while next() runs; complete once next() has returned false.
  [[nodiscard]] const std::vector<InputRecord>& records() const { return records_; }
  /// The position after the last block. Not while next() runs; meaningless after a `damage` block.
  [[nodiscard]] FeedPosition position() const;
  /// Progress, from any thread: decompressed bytes and bytes before decompression.
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t raw_bytes_read() const { return raw_bytes_read_.load(std::memory_order_relaxed); }

 private:
  void check_options() const;
  bool open_next();
  void finish_input();
  void resume_at(const FeedStart& start);
  void skip_byte_order_mark();
  bool next_of_input(Block& block);
  void check_cancelled() const;
  void read_up_to(std::size_t target);
  std::size_t read_some(char* to, std::size_t capacity);
  void make_window(std::size_t capacity);
  [[nodiscard]] bool may_end_without_newline() const;
  [[nodiscard]] std::size_t whole_lines() const;
  [[nodiscard]] std::string_view waiting() const { return {window_.data() + begin_, end_ - begin_}; }
  void hand_out_lines(Block& block, std::size_t size);
  void hand_out_oversized(Block& block, std::size_t length);
  void hand_out_unfinished(Block& block);
  void skip_oversized(Block& block);
  void begin(Block& block, Block::Kind kind) const;
  void keep_excerpt(Block& block, std::string_view line) const;
  void consume(std::size_t size, std::uint64_t lines);

  std::vector<Input> inputs_;
  Options options_;
  std::vector<InputRecord> records_;
  std::unique_ptr<ByteSource> source_;
  std::shared_ptr<Spool> spool_;
  std::uint64_t input_bytes_ = 0;  // decompressed bytes read from the current input
  std::uint64_t raw_before_ = 0;   // raw bytes of the inputs before it
  bool source_ended_ = false;
  bool damage_reported_ = false;
  BlockBuffer window_;  // bytes read but not yet handed out: [begin_, end_)
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;  // offset of window_[begin_] in the input
  std::uint64_t line_ = 1;    // number of the line that begins there
  std::atomic<std::uint64_t> bytes_read_{0};
  std::atomic<std::uint64_t> raw_bytes_read_{0};
};

}  // namespace wirecopy
