// Any bytes as a file: plain, gzip, zstd, bzip2, xz, lz4, complete, damaged or truncated. The resulting lines depend on
// the bytes alone.
#include <wirecopy/error.hpp>

#include "feed/block_reader.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "reference/line_reader.hpp"
#include "unit/feed/packing.hpp"

namespace wirecopy::fuzz {
namespace {

constexpr std::size_t kMaxLine = 1000;
constexpr std::size_t kMaxDecoded = std::size_t{4} << 20;  // enough of a decompression bomb

using Lines = std::vector<reference::ReadLine>;

struct FeedLines {
  Lines lines;
  std::uint64_t bytes = 0;
  std::string damage;
};

FeedLines read(const std::string& file, std::size_t block_size, std::size_t step) {
  BlockReader::Options options;
  options.block_size = block_size;
  options.max_line = kMaxLine;
  options.open = [&](const Input&) { return ByteSource::decode(std::make_unique<testing::FakeSource>(file, step)); };
  BlockReader reader({{"feed"}}, options);
  FeedLines read;
  for (Block block; reader.bytes_read() < kMaxDecoded && reader.next(block);) {
    if (block.kind == Block::Kind::damage) {
      read.damage = block.message;
    } else if (block.kind == Block::Kind::oversized_line) {
      read.lines.push_back({block.offset, block.first_line, block.length, true, std::string(block.bytes)});
    } else {
      Line line;
      for (LineCursor cursor(block); cursor.next(line);) {
        read.lines.push_back({line.offset, line.number, line.length, false, std::string(line.bytes)});
      }
    }
  }
  read.bytes = reader.bytes_read();
  return read;
}

/// Whether the file, or what is compressed in it, is of a format that is not read.
bool is_refused(const std::string& file) {
  try {
    (void)ByteSource::decode(std::make_unique<testing::FakeSource>(file));
    (void)ByteSource::decode(std::make_unique<testing::FakeSource>(testing::gzip(file)));
    return false;
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::io, "a foreign format is an error of input");
    return true;
  }
}

/// For damaged gzip data, igzip decodes less if few bytes arrive at a time.
bool is_damaged_gzip(const FeedLines& read) { return read.damage == "the gzip stream is damaged"; }

}  // namespace

std::vector<std::string> seeds() {
  const std::string feed = "{\"text\":\"one\"}\n\r\n" + std::string(kMaxLine + 7, 'x') + "\nlast";
  return {testing::gzip(feed),
          testing::zstd(feed),
          testing::gzip(feed) + testing::gzip("more\n"),
          testing::bzip2(feed),
          testing::xz(feed),
          testing::lz4(feed),
          testing::xz(feed) + testing::xz("more\n"),
          testing::skippable_frame("head") + testing::zstd(feed),
          testing::gzip(std::string(100'000, '\n'))};
}

void check_laws(std::string_view input) {
  const std::string file(input);
  if (is_refused(file)) return;
  FeedLines whole;
  const CostBound bound{.seconds = 0.1, .bytes = 160 << 20};
  require_cost(bound, kMaxDecoded, [&] { whole = read(file, std::size_t{1} << 20, std::string::npos); });
  if (whole.bytes < kMaxDecoded) {
    const FeedLines small = read(file, 4096, std::string::npos);
    require(whole.lines == small.lines && whole.damage == small.damage, "lines do not depend on block size");
    const FeedLines dripping = read(file, 4096, 1 + file.size() % 7);
    const bool is_same = whole.lines == dripping.lines && whole.damage == dripping.damage;
    require(is_same || is_damaged_gzip(whole), "lines do not depend on how bytes arrive");
  }
  if (layout_of(input, "", true) == Layout::document) return;  // fuzz/feed_document.cpp
  const Lines expected = reference::read_lines(input, kMaxLine);
  const std::string zipped = testing::gzip(input);
  require(read(zipped, 4096, 100).lines == expected, "gzip round-trips");
  require(read(testing::zstd(input), 4096, 100).lines == expected, "zstd round-trips");
  const FeedLines cut = read(zipped.substr(0, zipped.size() - 1), 4096, 100);
  require(!cut.damage.empty(), "a truncated gzip file is damaged");
}

}  // namespace wirecopy::fuzz
