#include "feed/block_reader.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>
#include <wirecopy/error.hpp>

#include "packing.hpp"

namespace wirecopy {
namespace {

using testing::gzip;
using testing::zstd;

struct Seen {
  Block::Kind kind;
  std::uint32_t input;
  std::uint64_t offset;
  std::uint64_t number;
  std::uint64_t length;
  std::string bytes;
  friend bool operator==(const Seen&, const Seen&) = default;
};

BlockReader::Options from_memory(std::vector<std::string> feeds, std::size_t max_line = 1000,
                                 std::size_t block = 4096) {
  BlockReader::Options options;
  options.block_size = block;
  options.max_line = max_line;
  options.open = [feeds = std::move(feeds)](const Input& input) {
    return ByteSource::decode(std::make_unique<testing::FakeSource>(feeds[std::stoul(input.name)]));
  };
  return options;
}

std::vector<Input> numbered(std::size_t count) {
  std::vector<Input> inputs;
  for (std::size_t at = 0; at < count; ++at) inputs.push_back({std::to_string(at)});
  return inputs;
}

std::vector<Seen> read_all(BlockReader& reader) {
  std::vector<Seen> seen;
  for (Block block; reader.next(block);) {
    EXPECT_EQ(std::string_view(block.bytes.data() + block.bytes.size(), kBlockPadding),
              std::string(kBlockPadding, '\0'));
    if (block.kind != Block::Kind::lines) {
      seen.push_back({block.kind, block.input, block.offset, block.first_line, block.length, std::string(block.bytes)});
      continue;
    }
    std::uint64_t lines = 0;
    Line line;
    for (LineCursor cursor(block); cursor.next(line); ++lines) {
      seen.push_back({block.kind, block.input, line.offset, line.number, line.length, std::string(line.bytes)});
    }
    EXPECT_EQ(lines, block.line_count);
  }
  return seen;
}

std::vector<Seen> read_all(std::vector<std::string> feeds, std::size_t max_line = 1000) {
  const std::size_t count = feeds.size();
  BlockReader reader(numbered(count), from_memory(std::move(feeds), max_line));
  return read_all(reader);
}

constexpr auto kLines = Block::Kind::lines;
constexpr auto kOversized = Block::Kind::oversized_line;
constexpr auto kDamage = Block::Kind::damage;

TEST(BlockReader, ReadsNothingFromEmptyInputs) {
  EXPECT_TRUE(read_all({}).empty());
  EXPECT_TRUE(read_all({"", "", "\xef\xbb\xbf"}).empty());
}

TEST(BlockReader, NumbersLinesFromOneInEveryInput) {
  EXPECT_EQ(
      read_all({"a\n\nbc\r\n", "d"}),
      (std::vector<Seen>{
          {kLines, 0, 0, 1, 2, "a"}, {kLines, 0, 2, 2, 1, ""}, {kLines, 0, 3, 3, 4, "bc"}, {kLines, 1, 0, 1, 1, "d"}}));
}

TEST(BlockReader, SkipsAByteOrderMarkAtTheStart) {
  EXPECT_EQ(read_all({"\xef\xbb\xbf{}\n\xef\xbb\xbf{}\n"}),
            (std::vector<Seen>{{kLines, 0, 3, 1, 3, "{}"}, {kLines, 0, 6, 2, 6, "\xef\xbb\xbf{}"}}));
  EXPECT_EQ(read_all({"\xef\xbb"}), (std::vector<Seen>{{kLines, 0, 0, 1, 2, "\xef\xbb"}}));
}

TEST(BlockReader, LimitsTheArticlesOfABlock) {
  std::string feed(4 * BlockReader::kMaxArticles, '\n');
  for (std::size_t at = 0; at + 3 < feed.size(); at += 3) feed.replace(at, 2, "{}");
  const std::uint64_t lines = count_newlines(feed.data(), feed.size());
  BlockReader::Options options = from_memory({feed});
  options.block_size = std::size_t{64} << 20;
  BlockReader reader(numbered(1), options);
  std::uint64_t read = 0;
  for (Block block; reader.next(block); read += block.line_count) {
    EXPECT_EQ(block.first_line, read + 1);
    EXPECT_EQ(block.line_count, std::min(lines - read, BlockReader::kMaxArticles));
  }
  EXPECT_EQ(read, lines);
}

TEST(BlockReader, KeepsLinesUpToTheLimit) {
  const std::string fits(1000, 'f');
  EXPECT_EQ(read_all({fits + "\n" + fits}),
            (std::vector<Seen>{{kLines, 0, 0, 1, 1001, fits}, {kLines, 0, 1001, 2, 1000, fits}}));
}

TEST(BlockReader, SkipsLongerLinesAtAnyPosition) {
  for (const std::size_t length : {1001, 4095, 4096, 4097, 100'000}) {
    const std::string longer(length, 'x');
    const std::string excerpt(Block::kExcerpt, 'x');
    EXPECT_EQ(read_all({"a\n" + longer + "\nb\n" + longer}),
              (std::vector<Seen>{{kLines, 0, 0, 1, 2, "a"},
                                 {kOversized, 0, 2, 2, length, excerpt},
                                 {kLines, 0, length + 3, 3, 2, "b"},
                                 {kOversized, 0, length + 5, 4, length, excerpt}}))
        << length;
  }
}

TEST(BlockReader, ReportsWhereACompressedInputIsDamaged) {
  std::string text;
  for (int line = 0; line < 2000; ++line) text += "{\"id\":" + std::to_string(line * 7919 % 2003) + "}\n";
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    const std::string cut = packed.substr(0, packed.size() * 3 / 4);
    const std::string decoded = testing::decode(cut).bytes;
    const std::vector<Seen> seen = read_all({cut, "next\n"});
    ASSERT_GE(seen.size(), 2U);
    const Seen& damage = seen[seen.size() - 2];
    EXPECT_EQ(damage.kind, kDamage);
    EXPECT_EQ(damage.number, seen.size() - 1);
    EXPECT_EQ(damage.offset, decoded.rfind('\n') + 1);
    EXPECT_EQ(damage.bytes, decoded.substr(damage.offset));
    EXPECT_EQ(seen.back(), (Seen{kLines, 1, 0, 1, 5, "next"}));
  }
}

TEST(BlockReader, ReportsDamageOnceWithItsCause) {
  BlockReader reader(numbered(1), from_memory({gzip("whole\n") + "garbage"}));
  Block block;
  ASSERT_TRUE(reader.next(block));
  EXPECT_EQ(block.bytes, "whole\n");
  ASSERT_TRUE(reader.next(block));
  EXPECT_EQ(block.kind, kDamage);
  EXPECT_EQ(block.message, "the gzip stream is followed by other data");
  EXPECT_EQ(block.bytes, "");
  EXPECT_FALSE(reader.next(block));
  EXPECT_FALSE(reader.next(block));
}

TEST(BlockReader, ReportsADamagedOversizedLineOnce) {
  std::string noise;
  for (std::uint32_t at = 0; at < 50'000; ++at) noise += static_cast<char>('a' + at * at % 23);
  const std::string packed = gzip(noise);
  const std::vector<Seen> seen = read_all({packed.substr(0, packed.size() - 8)});
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].kind, kDamage);
  EXPECT_EQ(seen[0].length, noise.size());
}

TEST(BlockReader, RejectsOptionsOutOfRange) {
  for (const std::size_t block_size : {std::size_t{0}, std::size_t{4095}, (std::size_t{64} << 20) + 1}) {
    EXPECT_THROW(BlockReader({}, from_memory({}, 10, block_size)), Error);
  }
  EXPECT_THROW(BlockReader({}, from_memory({}, 0)), Error);
}

TEST(BlockReader, RecordsItsInputs) {
  const testing::TemporaryDirectory directory;
  const std::string plain = directory.write("plain",
                                            "\xef\xbb\xbf"
                                            "a\nb");
  const std::string packed = directory.write("packed", gzip("c\n"));
  BlockReader reader({{plain}, {packed}}, {});
  read_all(reader);
  ASSERT_EQ(reader.records().size(), 2U);
  EXPECT_EQ(reader.records()[0].size, 6U);
  EXPECT_TRUE(reader.records()[0].unterminated);
  EXPECT_TRUE(reader.records()[0].identity.regular);
  EXPECT_EQ(reader.records()[0].spool, nullptr);
  EXPECT_EQ(reader.records()[1].compression, Compression::gzip);
  EXPECT_EQ(reader.records()[1].size, 2U);
  EXPECT_FALSE(reader.records()[1].unterminated);
  EXPECT_EQ(reader.bytes_read(), 8U);
  EXPECT_EQ(reader.raw_bytes_read(), 6 + gzip("c\n").size());
}

/// Reads a file of these bytes, to which `more` is appended after the first block has been read.
struct GrowingRead {
  std::string lines;
  InputRecord record;
};
GrowingRead read_growing(const std::string& bytes, const std::string& more) {
  const testing::TemporaryDirectory directory;
  const std::string feed = directory.write("feed", bytes);
  BlockReader::Options options;
  options.block_size = 4096;
  BlockReader reader({{feed}}, options);
  GrowingRead read;
  for (Block block; reader.next(block);) {
    if (read.lines.empty()) std::ofstream(feed, std::ios::app | std::ios::binary) << more;
    read.lines += block.bytes;
  }
  read.record = reader.records()[0];
  return read;
}

TEST(BlockReader, ReadsOfAGrowingFileWhatExistedAtTheStart) {
  std::string lines;
  for (int line = 0; line < 2000; ++line) lines += "line " + std::to_string(line) + "\n";
  const GrowingRead whole = read_growing(lines, "more\n");
  EXPECT_TRUE(whole.lines == lines);
  EXPECT_TRUE(whole.record.grew);
  EXPECT_FALSE(whole.record.unterminated);
  EXPECT_EQ(whole.record.size, lines.size());
  EXPECT_EQ(whole.record.identity.size, lines.size());

  const GrowingRead torn = read_growing(lines + "half a li", "ne\nmore\n");
  EXPECT_TRUE(torn.lines == lines) << "half a line is not a line";
  EXPECT_TRUE(torn.record.grew);
  EXPECT_FALSE(torn.record.unterminated);
  EXPECT_EQ(torn.record.size, lines.size());

  const GrowingRead still = read_growing(lines + "the last line", "");
  EXPECT_TRUE(still.lines == lines + "the last line");
  EXPECT_FALSE(still.record.grew);
  EXPECT_TRUE(still.record.unterminated);
}

TEST(BlockReader, ReportsAFileThatBecomesShorter) {
  const testing::TemporaryDirectory directory;
  const std::string feed = directory.write("feed", std::string(2'000'000, '\n'));
  BlockReader::Options options;
  options.block_size = 4096;
  BlockReader reader({{feed}}, options);
  Block block;
  ASSERT_TRUE(reader.next(block));
  std::filesystem::resize_file(feed, 1'000'000);
  try {
    while (reader.next(block)) {
    }
    FAIL() << "not noticed";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_NE(std::string(error.what()).find("was truncated while it was being read"), std::string::npos);
  }
}

TEST(BlockReader, StopsAtInputsThatCannotBeRead) {
  class Broken : public RawSource {
   public:
    std::size_t read(char* to, std::size_t) override {
      if (reads_++ > 2) throw Error(ErrorKind::io, "feed: cannot read: Input/output error");
      *to = 'a';
      return 1;
    }
    int reads_ = 0;
  };
  BlockReader::Options options;
  options.open = [](const Input&) { return ByteSource::decode(std::make_unique<Broken>()); };
  BlockReader reader({{"feed"}}, options);
  Block block;
  EXPECT_THROW(reader.next(block), Error);
}

// A pipe that nobody writes to must not delay the cancellation of a run.
TEST(BlockReader, CanBeCancelledWhileItWaits) {
  const testing::TemporaryDirectory directory;
  const std::string fifo = directory.path("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  std::atomic<bool> cancelled = false;
  BlockReader::Options options;
  options.cancelled = &cancelled;
  BlockReader reader({{fifo}}, options);
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    cancelled = true;
  });
  Block block;
  try {
    reader.next(block);
    ADD_FAILURE() << "not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::cancelled);
  }
  later.join();
}

TEST(BlockReader, SpoolsTheBytesOfAPipe) {
  const testing::TemporaryDirectory directory;
  const std::string fifo = directory.path("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const std::string packed = zstd("one\ntwo\n");
  std::thread writer([&] {
    const int descriptor = ::open(fifo.c_str(), O_WRONLY);
    EXPECT_EQ(::write(descriptor, packed.data(), packed.size()), static_cast<ssize_t>(packed.size()));
    ::close(descriptor);
  });
  BlockReader::Options options;
  options.spool_directory = directory.path();
  BlockReader reader({{fifo}}, options);
  EXPECT_EQ(read_all(reader).size(), 2U);
  writer.join();
  const Spool& spool = *reader.records()[0].spool;
  char bytes[8];
  ASSERT_EQ(spool.size(), 8U);
  ASSERT_EQ(::pread(spool.descriptor(), bytes, 8, 0), 8);
  EXPECT_EQ(std::string_view(bytes, 8), "one\ntwo\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);  // only the fifo
}

constexpr std::size_t kGiantLine = 100'000'000;

class Giant : public RawSource {
 public:
  std::size_t read(char* to, std::size_t capacity) override {
    const std::size_t count = std::min(capacity, kGiantLine - at_);
    std::memset(to, 'x', count);
    at_ += count;
    if (count != 0 && at_ == kGiantLine) to[count - 1] = '\n';
    return count;
  }
  std::size_t at_ = 0;
};

// A line of 100 MB, generated while it is read, passes through a window of a few MB.
TEST(BlockReader, BoundsItsMemoryForAGiantLine) {
  BlockReader::Options options;
  options.max_line = std::size_t{1} << 20;
  options.open = [](const Input&) { return ByteSource::decode(std::make_unique<Giant>()); };
  BlockReader reader({{"giant"}}, options);
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  const std::vector<Seen> seen = read_all(reader);
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].kind, kOversized);
  EXPECT_EQ(seen[0].length, kGiantLine - 1);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 8 << 10);  // KiB
}

// Many lines above a small limit inside a large block: unless the work is linear, this takes minutes.
TEST(BlockReader, SkipsManyOversizedLinesInLinearTime) {
  std::string feed;
  for (int line = 0; line < 400'000; ++line) feed += "0123456789\n01\n";
  BlockReader reader(numbered(1), from_memory({feed}, 5, std::size_t{64} << 20));
  EXPECT_EQ(read_all(reader).size(), 800'000U);
}

TEST(Line, RecognisesBlankLines) {
  for (const char* line : {"", " ", "\t", "\r", " \t \r"}) EXPECT_TRUE(is_blank(line));
  for (const char* line : {"a", " a ", "{}", "\v"}) EXPECT_FALSE(is_blank(line));
}

TEST(Line, CountsNewlines) {
  std::string bytes;
  for (std::size_t size = 0; size < 20'000; size = size * 5 / 4 + 1) {
    bytes.assign(size, '\n');
    EXPECT_EQ(count_newlines(bytes.data(), bytes.size()), size);
    for (std::size_t at = 0; at < size; at += 3) bytes[at] = static_cast<char>(at);
    EXPECT_EQ(count_newlines(bytes.data(), size),
              static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')));
  }
}

}  // namespace
}  // namespace wirecopy
