// A run of whole lines, as it goes through the pipeline, and how to walk over its lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace wirecopy {

/// How many readable bytes follow the last byte of a block: the JSON parser may read, never write, that far.
inline constexpr std::size_t kBlockPadding = 64;

/// A growing, move-only array of bytes without initialisation, followed by kBlockPadding readable bytes.
class BlockBuffer {
 public:
  BlockBuffer() = default;
  BlockBuffer(BlockBuffer&& other) noexcept
      : bytes_(std::move(other.bytes_)), capacity_(std::exchange(other.capacity_, 0)) {}
  BlockBuffer& operator=(BlockBuffer&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  [[nodiscard]] char* data() const { return bytes_.get(); }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  /// Makes room for `capacity` bytes and keeps the first `used`. Throws std::bad_alloc.
  void reserve(std::size_t capacity, std::size_t used);
  void release() { *this = BlockBuffer(); }
  void zero_padding(std::size_t size) { std::memset(bytes_.get() + size, 0, kBlockPadding); }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
};

/// What the reader hands on. A block is filled by BlockReader::next() and may be handed back to it to be filled again:
/// its memory is reused.
struct Block {
  enum class Kind {
    lines,           ///< one or more whole lines of one input; the last may lack its newline at the input's end
    oversized_line,  ///< one line longer than max_line: `length` says how long, `bytes` are its first, at most 256
    damage,          ///< the compressed stream breaks off here: `message` says why, `bytes` are those of the unfinished
                     ///< last line (at most 256), `length` is the number of them that could be decoded
  };
  static constexpr std::size_t kExcerpt = 256;

  Kind kind = Kind::lines;
  std::uint32_t input = 0;       ///< index into the inputs
  std::uint64_t offset = 0;      ///< of the first byte, in the decompressed input
  std::uint64_t first_line = 1;  ///< number of the first line in its input, from 1; every line counts, blank ones too
  std::uint64_t line_count = 0;  ///< lines in this block
  std::string_view bytes;        ///< followed by kBlockPadding zero bytes
  std::uint64_t length = 0;      ///< bytes of the input that this block stands for, without an oversized line's newline
  std::string message;           ///< for damage only

  BlockBuffer buffer;  ///< what `bytes` points into
};

/// A line inside a block.
struct Line {
  std::string_view bytes;    ///< without '\n' and without a '\r' before it
  std::uint64_t offset = 0;  ///< of its first byte, in the decompressed input
  std::uint64_t number = 0;  ///< from 1
  std::uint64_t length = 0;  ///< its original bytes, '\r' and '\n' included where there are any
};

/// Whether a line holds nothing but spaces, tabs and '\r': such lines are no articles and are not counted as read.
[[nodiscard]] bool is_blank(std::string_view line);

/// Walks over the lines of a block of kind `lines`:
///   for (LineCursor cursor(block); cursor.next(line);) ...
class LineCursor {
 public:
  explicit LineCursor(const Block& block) : rest_(block.bytes), offset_(block.offset), number_(block.first_line) {}

  /// False at the end.
  bool next(Line& line);

 private:
  std::string_view rest_;
  std::uint64_t offset_;
  std::uint64_t number_;
};

/// The number of '\n' in a byte string, at the speed of memory.
[[nodiscard]] std::size_t count_newlines(const char* bytes, std::size_t size);

}  // namespace wirecopy
