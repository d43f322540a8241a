#include "feed/second_reading.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>
#include <wirecopy/error.hpp>

#include "base/hash.hpp"
#include "packing.hpp"

namespace wirecopy {
namespace {

class StringSink : public ByteSink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  std::string text;
};

class FileSink : public ByteSink {
 public:
  explicit FileSink(const std::string& path) : descriptor_(::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600)) {}
  ~FileSink() override { ::close(descriptor_); }
  void write(std::string_view bytes) override {
    EXPECT_EQ(::write(descriptor_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  int direct_descriptor() override { return descriptor_; }
  void appended(std::uint64_t bytes) override { by_system += bytes; }
  std::uint64_t by_system = 0;

 private:
  int descriptor_;
};

struct Place {
  std::uint32_t input;
  std::uint64_t offset;
  std::uint64_t length;
  std::string bytes;
};

std::vector<Place> all_lines(BlockReader& reader) {
  std::vector<Place> places;
  for (Block block; reader.next(block);) {
    Line line;
    for (LineCursor cursor(block); cursor.next(line);) {
      const std::string_view original = block.bytes.substr(line.offset - block.offset, line.length);
      places.push_back({block.input, line.offset, line.length, std::string(original)});
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
    StringSink memory;
    FileSink file(directory_.path("out"));
    LineCopier to_memory(reader.records(), memory);
    LineCopier to_file(reader.records(), file);
    std::string expected;
    for (const Place& place : places) {
      if (random.below(one_in) != 0) continue;
      to_memory.copy(place.input, place.offset, place.length);
      to_file.copy(place.input, place.offset, place.length);
      expected += place.bytes + (place.bytes.ends_with('\n') ? "" : "\n");
    }
    to_memory.finish();
    to_file.finish();
    EXPECT_TRUE(memory.text == expected);
    EXPECT_TRUE(file_bytes(directory_.path("out")) == expected);
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
  for (const Place& place : places) copier.copy(place.input, place.offset, place.length);
  copier.finish();
  EXPECT_TRUE(sink.text == text.substr(3) + "\n");
}

TEST_F(SecondReading, RefusesPipesWithoutASpool) {
  BlockReader::Options options;
  options.open = [&](const Input&) { return ByteSource::decode(std::make_unique<testing::FakeSource>("a\n")); };
  BlockReader reader({{"-"}}, options);
  all_lines(reader);
  StringSink sink;
  LineCopier copier(reader.records(), sink);
  copier.copy(0, 0, 2);
  EXPECT_THROW(copier.finish(), Error);
}

TEST_F(SecondReading, NoticesInputsThatChanged) {
  for (const std::size_t changed : {0, 2}) {
    BlockReader reader(inputs_, {});
    const std::vector<Place> places = all_lines(reader);
    std::ofstream(inputs_[changed].name, std::ios::app | std::ios::binary) << "more\n";
    StringSink sink;
    LineCopier copier(reader.records(), sink);
    try {
      for (const Place& place : places) copier.copy(place.input, place.offset, place.length);
      copier.finish();
      ADD_FAILURE() << "not noticed";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::io);
      EXPECT_EQ(error.what(), inputs_[changed].name + ": changed while it was being read");
    }
  }
}

TEST_F(SecondReading, NoticesAnInputThatWasReplaced) {
  BlockReader reader(inputs_, {});
  const std::vector<Place> places = all_lines(reader);
  const auto time = std::filesystem::last_write_time(inputs_[1].name);
  std::filesystem::copy_file(inputs_[1].name, directory_.path("copy"));
  std::filesystem::rename(directory_.path("copy"), inputs_[1].name);
  std::filesystem::last_write_time(inputs_[1].name, time);
  StringSink sink;
  LineCopier copier(reader.records(), sink);
  EXPECT_THROW(
      {
        for (const Place& place : places) copier.copy(place.input, place.offset, place.length);
      },
      Error);
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
