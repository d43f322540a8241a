// The layout of a sketch file, for its writer and its reader: FORMAT.md as structs.
//
// Numbers have the byte order of the machine, because the columns are mapped and used in place; the header states it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/hash.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"

namespace wirecopy {

/// An input, as far as it was read.
struct StoredInput {
  std::uint64_t number = 0;
  std::uint64_t file_size = 0;
  std::array<std::uint64_t, FileIdentity::kWindows> windows{};
  std::uint64_t size = 0;
  std::uint32_t compression = 0;
  std::uint8_t unterminated = 0;
  std::uint8_t damaged = 0;
  std::uint8_t grew = 0;
  std::uint8_t layout = 0;
};

inline constexpr std::string_view kSketchMagic = "wcsketch";
inline constexpr std::uint32_t kSketchVersion = 1;
inline constexpr std::uint64_t kSketchChunkMagic = 0x6b6e756863636b73;
inline constexpr std::size_t kSketchAlignment = 8;

struct SketchFileHead {
  char magic[8];
  std::uint32_t version;
  std::uint32_t parameter_bytes;
  std::uint64_t name_bytes;  // size of the names of the inputs, as made by joined_strings()
  Digest checksum;           // of parameters and names
};

struct SketchChunkHead {
  std::uint64_t magic = kSketchChunkMagic;
  std::uint64_t bytes = 0;  // size of the whole chunk
  Digest checksum;          // of everything that follows
  // Lengths of the columns, in this order, in items; each begins at a multiple of 8 bytes.
  std::uint64_t records = 0;
  std::uint64_t inputs = 0;
  std::uint64_t tokens = 0;
  std::uint64_t signatures = 0;
  std::uint64_t strings = 0;
  std::uint64_t sources = 0;  // bytes, as made by joined_strings()
  std::uint64_t rejects = 0;  // bytes
  FeedPosition end;
  std::uint64_t rejected = 0;
  std::array<std::uint64_t, kRejectReasons> reasons{};
  FieldUsage usage;
  std::uint32_t is_resumable = 0;
  std::uint32_t is_last = 0;
};

static_assert(std::is_trivially_copyable_v<SketchChunkHead> && sizeof(SketchChunkHead) % kSketchAlignment == 0);
static_assert(std::is_trivially_copyable_v<ArticleRecord> && sizeof(ArticleRecord) % kSketchAlignment == 0);
static_assert(std::is_trivially_copyable_v<StoredInput> && sizeof(StoredInput) % kSketchAlignment == 0);
/// Position in a chunk from which on the checksum applies.
inline constexpr std::size_t kChecksumBegin = offsetof(SketchChunkHead, records);

/// Rounds up to a multiple of kSketchAlignment.
constexpr std::size_t padded(std::size_t bytes) {
  return (bytes + kSketchAlignment - 1) / kSketchAlignment * kSketchAlignment;
}

inline Digest sketch_checksum(std::string_view bytes) { return Hasher(0).digest(bytes); }

/// Appends a column to a chunk and pads it.
template <typename Item>
void append_column(std::string& chunk, std::span<const Item> items) {
  chunk.append(reinterpret_cast<const char*>(items.data()), items.size_bytes());
  chunk.resize(padded(chunk.size()), '\0');
}

/// Joins strings, each preceded by its length (4 bytes). They may contain any byte.
template <typename Strings>
std::string joined_strings(const Strings& strings) {
  std::string bytes;
  for (const std::string_view text : strings) {
    const auto length = static_cast<std::uint32_t>(text.size());
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length).append(text);
  }
  return bytes;
}

/// Splits joined strings; false if they do not fill `bytes` exactly.
bool split_strings(std::string_view bytes, std::vector<std::string_view>& strings);

/// Iterates over the columns of a chunk.
class ColumnReader {
 public:
  explicit ColumnReader(std::string_view chunk) : rest_(chunk) {}

  template <typename Item>
  bool take(std::uint64_t count, std::span<const Item>& items) {
    if (count > rest_.size() / sizeof(Item)) return false;
    items = {reinterpret_cast<const Item*>(rest_.data()), static_cast<std::size_t>(count)};
    rest_.remove_prefix(std::min(rest_.size(), padded(items.size_bytes())));
    return true;
  }
  bool take(std::uint64_t count, std::string_view& bytes) {
    std::span<const char> items;
    if (!take(count, items)) return false;
    bytes = {items.data(), items.size()};
    return true;
  }

 private:
  std::string_view rest_;
};

}  // namespace wirecopy
