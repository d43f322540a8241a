// Block size, short reads and compression affect how bytes arrive, but never the resulting lines.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "feed/block_reader.hpp"
#include "feed/line_digest.hpp"
#include "feed/second_reading.hpp"
#include "reference/line_reader.hpp"

namespace wirecopy {
namespace {

// Returns its bytes in portions of the given sizes, cyclically.
class PortionedSource : public RawSource {
 public:
  PortionedSource(std::string bytes, std::vector<std::size_t> portions)
      : bytes_(std::move(bytes)), portions_(std::move(portions)) {}
  std::size_t read(char* to, std::size_t capacity) override {
    const std::size_t portion = portions_[reads_++ % portions_.size()];
    const std::size_t count = std::min({bytes_.size() - at_, capacity, portion});
    std::copy_n(bytes_.data() + at_, count, to);
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::vector<std::size_t> portions_;
  std::size_t reads_ = 0;
  std::size_t at_ = 0;
};

std::string packed(const std::string& bytes, bool compress) {
  if (!compress) return bytes;
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  frame.resize(ZSTD_compress(frame.data(), frame.size(), bytes.data(), bytes.size(), 1));
  return frame;
}

// Lines of all critical lengths, with line ends of several kinds.
rc::Gen<std::string> feed() {
  const auto length = rc::gen::weightedOneOf<std::size_t>({{6, rc::gen::inRange<std::size_t>(0, 40)},
                                                           {2, rc::gen::inRange<std::size_t>(90, 110)},
                                                           {2, rc::gen::inRange<std::size_t>(4080, 4110)},
                                                           {1, rc::gen::inRange<std::size_t>(8000, 30'000)}});
  const auto line = rc::gen::map(rc::gen::pair(length, rc::gen::element<std::string>("\n", "\n", "\r\n", "\n\n", "")),
                                 [](const auto& parts) { return std::string(parts.first, 'x') + parts.second; });
  const auto lines = rc::gen::map(rc::gen::container<std::vector<std::string>>(line), [](const auto& all) {
    std::string text;
    for (const std::string& one : all) text += one;
    return text;
  });
  return rc::gen::map(rc::gen::pair(rc::gen::element<std::string>("", "", "\xef\xbb\xbf", "\xef\xbb"), lines),
                      [](const auto& parts) { return parts.first + parts.second; });
}

struct Arrival {
  std::size_t block_size;
  std::vector<std::size_t> portions;
  bool compressed;
};

Arrival any_arrival() {
  return {*rc::gen::element<std::size_t>(4 << 10, (4 << 10) + 1, 64 << 10, 1 << 20, 64 << 20),
          *rc::gen::nonEmpty(rc::gen::container<std::vector<std::size_t>>(
              rc::gen::element<std::size_t>(1, 2, 3, 100, 4095, 4096, 1 << 20))),
          *rc::gen::arbitrary<bool>()};
}

BlockReader reader_of(const std::string& bytes, const Arrival& arrival, std::size_t max_line) {
  BlockReader::Options options;
  options.block_size = arrival.block_size;
  options.max_line = max_line;
  options.spool_directory = "/tmp";
  options.open = [bytes, arrival](const Input&) {
    return ByteSource::decode(std::make_unique<PortionedSource>(packed(bytes, arrival.compressed), arrival.portions));
  };
  return {{{"feed"}}, options};
}

std::vector<reference::ReadLine> lines_of(BlockReader& reader) {
  std::vector<reference::ReadLine> lines;
  for (Block block; reader.next(block);) {
    RC_ASSERT(block.kind != Block::Kind::damage);
    if (block.kind == Block::Kind::oversized_line) {
      lines.push_back({block.offset, block.first_line, block.length, true, std::string(block.bytes)});
      continue;
    }
    Line line;
    for (LineCursor cursor(block); cursor.next(line);) {
      lines.push_back({line.offset, line.number, line.length, false, std::string(line.bytes)});
    }
  }
  return lines;
}

TEST(FeedBlocks, LinesDoNotDependOnHowBytesArrive) {
  EXPECT_TRUE(rc::check([] {
    const std::string bytes = *feed();
    const auto max_line = *rc::gen::element<std::size_t>(1, 30, 100, 4095, 4096, 5000, 1 << 20);
    BlockReader reader = reader_of(bytes, any_arrival(), max_line);
    RC_ASSERT(lines_of(reader) == reference::read_lines(bytes, max_line));
    RC_ASSERT(reader.records().at(0).size == bytes.size());
  }));
}

class StringSink : public ByteSink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  std::string text;
};

TEST(FeedBlocks, AnyChoiceOfLinesIsCopiedUnchanged) {
  EXPECT_TRUE(rc::check([] {
    const std::string bytes = *feed();
    BlockReader reader = reader_of(bytes, any_arrival(), 1 << 20);
    const auto lines = lines_of(reader);
    StringSink sink;
    LineCopier copier(reader.records(), sink);
    std::string expected;
    for (const auto& line : lines) {
      if (!*rc::gen::arbitrary<bool>()) continue;
      const std::string original = bytes.substr(line.offset, line.length);
      copier.copy({0, static_cast<std::uint32_t>(line.length), line.number, line.offset, line_digest(original)});
      expected += original;
      if (!expected.ends_with('\n')) expected += '\n';
    }
    copier.finish();
    RC_ASSERT(sink.text == expected);
  }));
}

}  // namespace
}  // namespace wirecopy
