#include "feed/second_reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>
#include <wirecopy/error.hpp>

#include "base/hash.hpp"
#include "feed/line_digest.hpp"
#include "packing.hpp"

namespace wirecopy {
namespace {

class StringSink : public ByteSink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  std::string text;
};

struct Place {
  LinePosition line;
  std::string bytes;
};

std::vector<Place> all_lines(BlockReader& reader) {
  std::vector<Place> places;
  for (Block block; reader.next(block);) {
    Line line;
    for (LineCursor cursor(block); cursor.next(line);) {
      const std::string_view original = block.bytes.substr(line.offset - block.offset, line.length);
      const auto length = static_cast<std::uint32_t>(line.length);
      places.push_back({{block.input, length, line.number, line.offset, line_digest(original)}, std::string(original)});
    }
  }
  return places;
}

std::string made_lines(std::size_t count, bool ended) {
  RandomStream random(5);
  std::string text = "\xef\xbb\xbf";
  for (std::size_t line = 0; line < count; ++line) {
    text += std::to_string(line) + std::string(random.below(400), 'x') + (line % 3 == 0 ? "\r\n" : "\n");
  }
  if (!ended) text.pop_back();
  return text;
}

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void copy_all(LineCopier& copier, const std::vector<Place>& places) {
  for (const Place& place : places) copier.copy(place.line);
  copier.finish();
}

/// The error message of a second reading of all lines; empty if there is none.
std::string complaint(const BlockReader& reader, const std::vector<Place>& places) {
  StringSink sink;
  LineCopier copier(reader.records(), sink);
  try {
    copy_all(copier, places);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    std::string whole;  // no differing bytes have reached the sink
    for (const Place& place : places) whole += place.bytes + (place.bytes.ends_with('\n') ? "" : "\n");
    EXPECT_TRUE(whole.starts_with(sink.text));
    return error.what();
  }
  return {};
}

class SecondReading : public ::testing::Test {
 protected:
  testing::TemporaryDirectory directory_;
  std::vector<Input> inputs_{{directory_.write("a.jsonl", made_lines(9000, true))},
                             {directory_.write("b.jsonl", made_lines(3000, false))},
                             {directory_.write("c.gz", testing::gzip(made_lines(3000, false)))},
                             {directory_.write("d.zst", testing::zstd(made_lines(3000, true)))},
                             {directory_.write("empty", "")},
                             {directory_.write("e.jsonl", "last")}};
};

TEST_F(SecondReading, CopiesTheOriginalBytesOfKeptLines) {
  BlockReader reader(inputs_, {});
  const std::vector<Place> places = all_lines(reader);
  for (const std::uint32_t one_in : {1, 2, 7, 1000}) {
    RandomStream random(one_in);
    StringSink sink;
    LineCopier copier(reader.records(), sink);
    std::string expected;
    for (const Place& place : places) {
      if (random.below(one_in) != 0) continue;
      copier.copy(place.line);
      expected += place.bytes + (place.bytes.ends_with('\n') ? "" : "\n");
    }
    copier.finish();
    EXPECT_TRUE(sink.text == expected);
  }
}

TEST_F(SecondReading, ReadsPipesFromTheirSpool) {
  const std::string text = made_lines(3000, false);
  BlockReader::Options options;
  options.spool_directory = directory_.path();
  options.open = [&](const Input&) {
    return ByteSource::decode(std::make_unique<testing::FakeSource>(testing::zstd(text), 1000));
  };
  BlockReader reader({{"-"}}, options);
  const std::vector<Place> places = all_lines(reader);
  StringSink sink;
  LineCopier copier(reader.records(), sink);
  copy_all(copier, places);
  EXPECT_TRUE(sink.text == text.substr(3) + "\n");
}

TEST_F(SecondReading, RejectsPipesWithoutASpool) {
  BlockReader::Options options;
  options.open = [&](const Input&) { return ByteSource::decode(std::make_unique<testing::FakeSource>("a\n")); };
  BlockReader reader({{"-"}}, options);
  all_lines(reader);
  StringSink sink;
  LineCopier copier(reader.records(), sink);
  EXPECT_THROW(copier.copy({0, 2, 1, 0, line_digest("a\n")}), Error);
}

TEST_F(SecondReading, NoticesAChangedLineWithUnchangedSizeAndTime) {
  for (const std::size_t changed : {0, 1, 5}) {
    BlockReader reader(inputs_, {});
    const std::vector<Place> places = all_lines(reader);
    const std::string& name = inputs_[changed].name;
    const auto time = std::filesystem::last_write_time(name);
    std::string bytes = file_bytes(name);
    const auto line =
        std::find_if(places.rbegin(), places.rend(), [&](const Place& p) { return p.line.input == changed; });
    bytes[line->line.offset + 1] ^= 1;
    std::ofstream(name, std::ios::binary) << bytes;
    std::filesystem::last_write_time(name, time);
    EXPECT_EQ(complaint(reader, places),
              name + ":" + std::to_string(line->line.line) + ": the line at byte " + std::to_string(line->line.offset) +
                  " differs from the one that was read first: the feed changed while it was being read");
  }
}

TEST_F(SecondReading, NoticesATruncatedInput) {
  BlockReader reader(inputs_, {});
  const std::vector<Place> places = all_lines(reader);
  std::filesystem::resize_file(inputs_[0].name, 5000);
  EXPECT_THAT(complaint(reader, places), ::testing::HasSubstr("a.jsonl:"));
}

TEST_F(SecondReading, NoticesDamagedCompressedInputs) {
  for (const std::size_t changed : {2, 3}) {
    BlockReader reader(inputs_, {});
    const std::vector<Place> places = all_lines(reader);
    const std::string whole = file_bytes(inputs_[changed].name);
    std::string bytes = whole;
    bytes[bytes.size() / 2] ^= 1;
    std::ofstream(inputs_[changed].name, std::ios::binary) << bytes;
    EXPECT_THAT(complaint(reader, places), ::testing::HasSubstr("changed while it was being read")) << changed;
    std::ofstream(inputs_[changed].name, std::ios::binary) << whole.substr(0, whole.size() - 1);
    EXPECT_THAT(complaint(reader, places), ::testing::HasSubstr("changed while it was being read")) << changed;
  }
}

// The checksum comes after the last line and is checked although the lines before it are not needed.
TEST_F(SecondReading, ReadsCompressedInputsToTheirEnd) {
  for (const std::size_t changed : {2, 3}) {
    BlockReader reader(inputs_, {});
    std::vector<Place> places = all_lines(reader);
    std::string bytes = file_bytes(inputs_[changed].name);
    bytes[bytes.size() - (changed == 2 ? 8 : 1)] ^= 1;
    std::ofstream(inputs_[changed].name, std::ios::binary) << bytes;
    const auto first =
        std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.line.input == changed; });
    EXPECT_THAT(complaint(reader, {*first}), ::testing::HasSubstr("damaged")) << changed;
  }
}

TEST_F(SecondReading, CopiesLinesBeforeOldDamage) {
  const std::string packed = testing::gzip(made_lines(3000, true));
  const std::vector<Input> inputs{{directory_.write("cut.gz", packed.substr(0, packed.size() / 2))}};
  BlockReader reader(inputs, {});
  const std::vector<Place> places = all_lines(reader);
  ASSERT_GT(places.size(), 100U);
  EXPECT_TRUE(reader.records()[0].damaged);
  EXPECT_EQ(complaint(reader, places), "");
}

// Copied, touched, grown: only the lines themselves must be the same.
TEST_F(SecondReading, CopiesTheSameLinesFromAnotherFile) {
  BlockReader reader(inputs_, {});
  const std::vector<Place> places = all_lines(reader);
  std::filesystem::copy_file(inputs_[0].name, directory_.path("copy"));
  std::filesystem::rename(directory_.path("copy"), inputs_[0].name);
  std::ofstream(inputs_[1].name, std::ios::app | std::ios::binary) << "behind it\nmore\n";
  EXPECT_EQ(complaint(reader, places), "");
}

TEST_F(SecondReading, CopiesLinesLongerThanItsWindow) {
  const std::string text = "short\n" + std::string(3 << 20, 'x') + "\n" + "short\n" + std::string(1 << 20, 'y');
  for (const std::string& bytes : {text, testing::gzip(text), testing::zstd(text)}) {
    const std::vector<Input> inputs{{directory_.write("long", bytes)}};
    BlockReader reader(inputs, {});
    const std::vector<Place> places = all_lines(reader);
    StringSink sink;
    LineCopier copier(reader.records(), sink);
    copy_all(copier, places);
    EXPECT_TRUE(sink.text == text + "\n");
  }
}

TEST_F(SecondReading, CopiesNothingWhenNothingIsKept) {
  BlockReader reader(inputs_, {});
  all_lines(reader);
  StringSink sink;
  LineCopier copier(reader.records(), sink);
  copier.finish();
  EXPECT_EQ(sink.text, "");
}

}  // namespace
}  // namespace wirecopy
