// A block of whole lines, as it passes through the pipeline, and iteration over its lines.
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

/// The number of readable bytes after the last byte of a block: the JSON parser reads, but never writes, that far.
inline constexpr std::size_t kBlockPadding = 64;

/// A growing, move-only, uninitialised array of bytes, followed by kBlockPadding readable bytes.
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
  /// Grows to at least `capacity` bytes and keeps the first `used`. Throws std::bad_alloc.
  void reserve(std::size_t capacity, std::size_t used);
  void release() { *this = BlockBuffer(); }
  void zero_padding(std::size_t size) { std::memset(bytes_.get() + size, 0, kBlockPadding); }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
};

/// The unit of reading. BlockReader::next() fills a block; a block may be passed to it again to reuse its memory.
struct Block {
  enum class Kind {
    lines,           ///< one or more whole lines of one input; the last line of an input may lack its newline
    oversized_line,  ///< one line longer than max_line
    damage,          ///< the compressed stream is damaged from here on
  };
  static constexpr std::size_t kExcerpt = 256;

  Kind kind = Kind::lines;
  std::uint32_t input = 0;       ///< index of the input
  std::uint64_t offset = 0;      ///< offset of the first byte in the decompressed input
  std::uint64_t first_line = 1;  ///< number of the first line in its input, from 1, counting blank lines
  std::uint64_t line_count = 0;  ///< lines in this block
  /// Followed by kBlockPadding zero bytes. For `oversized_line` and `damage`: the first bytes, at most kExcerpt, of the
  /// oversized or unfinished line.
  std::string_view bytes;
  /// Bytes of the input that the block represents. For `oversized_line`: the length of the line without its newline.
  /// For `damage`: the number of bytes of the unfinished line that could be decoded.
  std::uint64_t length = 0;
  std::string message;  ///< for `damage` only: the cause

  BlockBuffer buffer;  ///< the memory behind `bytes`
};

/// A line inside a block.
struct Line {
  std::string_view bytes;    ///< without '\n' and without a '\r' before it
  std::uint64_t offset = 0;  ///< offset of its first byte in the decompressed input
  std::uint64_t number = 0;  ///< from 1
  std::uint64_t length = 0;  ///< in bytes of the original, including '\r' and '\n' if present
};

/// Whether a line consists only of spaces, tabs and '\r'. Such lines are not articles and are not counted as read.
[[nodiscard]] bool is_blank(std::string_view line);

/// Iterates over the lines of a block of kind `lines`:
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

/// The number of '\n' in a byte string, at memory speed.
[[nodiscard]] std::size_t count_newlines(const char* bytes, std::size_t size);

}  // namespace wirecopy
