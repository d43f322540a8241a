// Reads inputs one after the other and cuts them into blocks of whole lines.
//
//   BlockReader reader(expand_inputs(paths), {.spool_directory = "/var/tmp"});
//   for (Block block; reader.next(block);) ...
//
// The sequence of lines, their numbers and offsets, and which of them are oversized depend on the bytes alone, never on
// block_size or on how many bytes the system hands out at a time. (The last lines before a damage in gzip are an
// exception to the latter: igzip decodes fewer of them from a pipe that drips.)
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

/// The longest line that a run may accept: 1 GiB.
inline constexpr std::size_t kLargestMaxLine = std::size_t{1} << 30;

/// What the reader remembers of an input, so that its lines can be copied later (see second_reading.hpp).
struct InputRecord {
  Input input;
  FileIdentity identity;  ///< when it was opened
  Compression compression = Compression::none;
  std::shared_ptr<const Spool> spool;  ///< the decompressed bytes of an input that cannot be read twice
  std::uint64_t size = 0;              ///< decompressed bytes that could be read
  bool unterminated = false;           ///< its last line has no '\n'
  bool damaged = false;                ///< its compressed stream broke off
  /// Bytes were appended while it was read. They are left alone, and so is a last line without '\n', which may be the
  /// beginning of one of theirs.
  bool grew = false;
};

/// A place between two blocks of a feed.
struct FeedPosition {
  std::uint64_t input = 0;   ///< index into the inputs
  std::uint64_t offset = 0;  ///< of the next line, in the decompressed input
  std::uint64_t line = 1;    ///< its number
};

/// Where a reader that was stopped went on: what is before it has been read.
struct FeedStart {
  FeedPosition position;
  std::vector<InputRecord> records;  ///< of all inputs up to and with position.input; the last as far as it was read
};

class BlockReader {
 public:
  /// The most articles that a block can hold. An article without an id gets one out of its input's name and its line,
  /// which may be a thousand times as long as a line "{}"; the ids of a block stay below 4 GiB.
  static constexpr std::uint64_t kMaxArticles = 1'000'000;

  struct Options {
    /// Bytes a block aims at; 4 KiB to 64 MiB. Only speed and memory depend on it.
    std::size_t block_size = std::size_t{1} << 20;
    /// A line of more bytes (its '\n' not counted) is not read into memory. 1 or more.
    std::size_t max_line = std::size_t{16} << 20;
    /// A zstd stream with a larger window is refused (Error(resources)): its decoder would take that much.
    std::uint64_t max_window = UINT64_MAX;
    /// Where inputs that cannot be read twice are kept; without it they are not.
    std::optional<std::string> spool_directory;
    /// Looked at while waiting for a pipe and between reads; next() throws Error(cancelled) when it is set.
    const std::atomic<bool>* cancelled = nullptr;
    /// Begins here instead of at the first byte: what lies before is read over. Throws Error(state) when an input is
    /// not the file that it was (file_identity.hpp).
    std::optional<FeedStart> start;
    /// What opens an input; tests put fakes here. Default: ByteSource::open.
    std::function<std::unique_ptr<ByteSource>(const Input&)> open;
  };
  /// Throws Error(usage) for a block size out of range.
  static void check_block_size(std::size_t size);

  /// Throws Error(usage) for options out of range. Nothing is opened yet.
  BlockReader(std::vector<Input> inputs, Options options);
  ~BlockReader();

  /// Fills the block with what comes next; false at the end of the last input. At most one thread at a time. Its own
  /// memory stays below block_size + 2 * max_line. Throws Error(io) when an input cannot be opened or read, or the
  /// spool not be written. Blocks are never empty, except for the bytes of a `damage`.
  bool next(Block& block);

  /// One record an input already opened, in order. Not while next() runs; complete once next() has returned false.
  [[nodiscard]] const std::vector<InputRecord>& records() const { return records_; }
  /// What comes behind the last block. Not while next() runs; meaningless behind a `damage`.
  [[nodiscard]] FeedPosition position() const;
  /// Progress, from any thread: bytes after and before decompression.
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t raw_bytes_read() const { return raw_bytes_read_.load(std::memory_order_relaxed); }

 private:
  void check_options() const;
  bool open_next();
  void finish_input();
  void go_on_at(const FeedStart& start);
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
  std::uint64_t input_bytes_ = 0;  // read of the current input, after decompression
  std::uint64_t raw_before_ = 0;   // raw bytes of the inputs before it
  bool source_ended_ = false;
  bool damage_told_ = false;
  BlockBuffer window_;  // bytes read and not handed out: [begin_, end_)
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;  // of window_[begin_] in the input
  std::uint64_t line_ = 1;    // the number of the line that begins there
  std::atomic<std::uint64_t> bytes_read_{0};
  std::atomic<std::uint64_t> raw_bytes_read_{0};
};

}  // namespace wirecopy
