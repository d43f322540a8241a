#include "pipeline/feed_sample.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "base/file_descriptor.hpp"
#include "feed/block_reader.hpp"

namespace wirecopy {
namespace {

std::size_t read_at(const FileDescriptor& file, std::uint64_t offset, std::string& bytes, const std::string& name) {
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got =
        ::pread(file.get(), bytes.data() + size, bytes.size() - size, static_cast<off_t>(offset + size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_system_error(name, "cannot read", errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  return size;
}

/// The whole lines from `offset` on; a line that begins before it is left out. Empty if no line ends within
/// twice the longest.
std::string lines_at(const Input& input, std::uint64_t offset, const FeedSampling& sampling) {
  const FileDescriptor file = open_for_reading(input.name);
  for (std::size_t size = sampling.piece; size <= 2 * (sampling.max_line + sampling.piece); size *= 2) {
    std::string bytes(size, '\0');
    bytes.resize(read_at(file, offset, bytes, input.name));
    const bool is_at_end = bytes.size() < size;
    const std::size_t begin = offset == 0 ? 0 : std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const std::size_t end = is_at_end ? bytes.size() : bytes.rfind('\n') + 1;
    if (begin < end) return bytes.substr(begin, end - begin);
    if (is_at_end) break;
  }
  return {};
}

/// The first block of an input that is compressed or a document, which stands for `bytes` of the feed before
/// decompression.
FeedPiece first_block(const Input& input, double bytes, const FeedSampling& sampling) {
  BlockReader::Options options;
  options.max_line = sampling.max_line;
  options.records = sampling.records;
  BlockReader reader({input}, options);
  Block block;
  FeedPiece piece;
  while (reader.next(block)) {
    if (block.kind != Block::Kind::lines) continue;
    piece.lines = block.bytes;
    piece.weight = bytes / static_cast<double>(std::max<std::uint64_t>(1, reader.raw_bytes_read()));
    piece.weight *= static_cast<double>(reader.bytes_read()) / static_cast<double>(block.bytes.size());
    break;
  }
  return piece;
}

/// Smaller pieces of a small feed, so that there are as many places of it.
FeedSampling for_size(FeedSampling sampling, std::uint64_t total) {
  constexpr std::size_t kMinPiece = std::size_t{32} << 10;
  const std::uint64_t piece = std::max<std::uint64_t>(total / (2 * sampling.places), kMinPiece);
  sampling.piece = std::min<std::uint64_t>(sampling.piece, piece);
  sampling.places = std::clamp<std::size_t>(total / (2 * sampling.piece), 1, sampling.places);
  return sampling;
}

constexpr std::uint64_t kSmallFeed = std::uint64_t{1} << 20;

/// Whether lines can be read from anywhere.
bool is_plain(const Input& input, const FeedSampling& sampling) {
  const auto source = ByteSource::open(input, {.records = sampling.records});
  return source->compression() == Compression::none && source->layout() == Layout::lines;
}

/// All of a small feed; of compressed inputs, their first blocks.
std::vector<FeedPiece> whole_feed(std::span<const Input> inputs, FeedSampling sampling) {
  std::vector<FeedPiece> pieces;
  for (const Input& input : inputs) {
    const std::uint64_t size = known_bytes(std::span(&input, 1));
    if (size == 0) return {};
    sampling.piece = size + 1;  // so that the end is seen
    pieces.push_back(is_plain(input, sampling) ? FeedPiece{lines_at(input, 0, sampling), 1}
                                               : first_block(input, static_cast<double>(size), sampling));
  }
  std::erase_if(pieces, [](const FeedPiece& piece) { return piece.lines.empty(); });
  for (FeedPiece& piece : pieces) piece.lines.append(kBlockPadding, '\0');
  return pieces;
}

}  // namespace

std::vector<FeedPiece> sample_feed(std::span<const Input> inputs, const FeedSampling& wanted) {
  const std::uint64_t total = known_bytes(inputs);
  if (total <= kSmallFeed) return whole_feed(inputs, wanted);
  const FeedSampling sampling = for_size(wanted, total);
  const double share = static_cast<double>(total) / static_cast<double>(sampling.places);
  std::vector<FeedPiece> pieces;
  std::uint64_t before = 0;  // bytes of the inputs before this one
  std::size_t place = 0;
  for (const Input& input : inputs) {
    const std::uint64_t size = known_bytes(std::span(&input, 1));
    if (size == 0) return {};
    const auto position = [&] { return static_cast<std::uint64_t>((static_cast<double>(place) + 0.5) * share); };
    std::vector<std::uint64_t> offsets;
    for (; place < sampling.places && position() < before + size; ++place) offsets.push_back(position() - before);
    before += size;
    if (offsets.empty()) continue;
    if (!is_plain(input, sampling)) {
      pieces.push_back(first_block(input, share * static_cast<double>(offsets.size()), sampling));
      continue;
    }
    for (const std::uint64_t offset : offsets) {
      FeedPiece piece{lines_at(input, size <= 2 * sampling.piece ? 0 : offset, sampling), 0};
      piece.weight = share / static_cast<double>(std::max<std::size_t>(1, piece.lines.size()));
      pieces.push_back(std::move(piece));
    }
  }
  const std::size_t chosen = pieces.size();
  std::erase_if(pieces, [](const FeedPiece& piece) { return piece.lines.empty(); });
  for (FeedPiece& piece : pieces) {
    piece.lines.append(kBlockPadding, '\0');
    piece.weight *= static_cast<double>(chosen) / static_cast<double>(pieces.size());
  }
  return pieces;
}

}  // namespace wirecopy
