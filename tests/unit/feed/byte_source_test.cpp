#include "feed/byte_source.hpp"

#include <gtest/gtest.h>

#include <string>
#include <wirecopy/error.hpp>

#include "base/hash.hpp"
#include "packing.hpp"

namespace wirecopy {
namespace {

using testing::bzip2;
using testing::decode;
using testing::Decoded;
using testing::gzip;
using testing::lz4;
using testing::skippable_frame;
using testing::xz;
using testing::zstd;

std::string sample(std::size_t size) {
  RandomStream random(3);
  std::string text;
  while (text.size() < size) {
    text += "{\"text\":\"line " + std::to_string(random.below(100000)) + "\"}\n";
  }
  return text;
}

void expect_whole(const std::string& packed, const std::string& bytes, Compression compression) {
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::string::npos}) {
    for (const std::size_t room : {1, 100, 1 << 20}) {
      const Decoded decoded = decode(packed, step, room);
      EXPECT_EQ(decoded.compression, compression);
      EXPECT_EQ(decoded.damage, std::nullopt);
      EXPECT_EQ(decoded.bytes == bytes, true) << decoded.bytes.size() << " of " << bytes.size();
    }
  }
}

TEST(ByteSource, PassesPlainBytesThrough) {
  for (const std::string bytes :
       {"", "a", "abc", "{\"a\":1}\n", "\x1f", "\x28\xb5\x2f", "BZh9 not packed", "\xfd\x37zXY"}) {
    expect_whole(bytes, bytes, Compression::none);
  }
}

TEST(ByteSource, DecodesConsecutiveGzipMembers) {
  const std::string bytes = sample(200'000);
  expect_whole(gzip(bytes), bytes, Compression::gzip);
  expect_whole(gzip("one\n") + gzip("") + gzip(bytes) + gzip("two"), "one\n" + bytes + "two", Compression::gzip);
  expect_whole(gzip(""), "", Compression::gzip);
  expect_whole(gzip("a") + std::string(1000, '\0'), "a", Compression::gzip);
}

TEST(ByteSource, DecodesGzipHeadersWithNameAndComment) {
  std::string packed = gzip("named\n");
  packed[3] = 0x08 | 0x10 | 0x04;  // name, comment, extra field
  packed.insert(10, std::string("\x03\0abcname\0comment\0", 18));
  expect_whole(packed, "named\n", Compression::gzip);
}

TEST(ByteSource, DecodesConsecutiveZstdFrames) {
  const std::string bytes = sample(400'000);
  expect_whole(zstd(bytes), bytes, Compression::zstd);
  expect_whole(zstd("one\n") + zstd("") + skippable_frame("skip") + zstd(bytes), "one\n" + bytes, Compression::zstd);
  expect_whole(skippable_frame("") + zstd("a"), "a", Compression::zstd);
  expect_whole(skippable_frame("only"), "", Compression::zstd);
}

TEST(ByteSource, DecodesConsecutiveMembersOfOtherFormats) {
  const std::string bytes = sample(400'000);
  for (const auto& [pack, compression] : {std::pair(
                                              +[](std::string_view b) { return bzip2(b); }, Compression::bzip2),
                                          std::pair(
                                              +[](std::string_view b) { return xz(b); }, Compression::xz),
                                          std::pair(
                                              +[](std::string_view b) { return lz4(b); }, Compression::lz4)}) {
    expect_whole(pack(bytes), bytes, compression);
    expect_whole(pack("one\n") + pack("") + pack(bytes), "one\n" + bytes, compression);
    expect_whole(pack(""), "", compression);
  }
  expect_whole(xz("a") + std::string(8, '\0') + xz("b"), "ab", Compression::xz);  // stream padding
  expect_whole(lz4("a") + skippable_frame("skip") + lz4("b"), "ab", Compression::lz4);
}

TEST(ByteSource, RefusesAnXzWindowBeyondTheLimit) {
  const std::string packed = xz(sample(1000), 9);
  try {
    const auto source =
        ByteSource::decode(std::make_unique<testing::FakeSource>(packed), "a.xz", {.max_window = 8 << 20});
    char byte = 0;
    (void)source->read(&byte, 1);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::resources);
    EXPECT_TRUE(std::string(error.what()).starts_with("a.xz: its xz stream needs a window of 64.1 MiB"))
        << error.what();
  }
}

TEST(ByteSource, RefusesForeignFormatsInsideCompressionToo) {
  for (const std::string& file : {std::string("PAR1...."), gzip("PAR1...."), xz("PAR1....")}) {
    EXPECT_THROW((void)decode(file), Error);
  }
}

// Truncated at every byte: the output is a prefix of the whole, and damage is reported except between two members.
void expect_every_cut_told(const std::string& first, const std::string& second, const std::string& bytes,
                           std::string_view message) {
  const std::string packed = first + second;
  for (std::size_t size = 6; size < packed.size(); ++size) {
    const Decoded decoded = decode(packed.substr(0, size));
    ASSERT_TRUE(bytes.starts_with(decoded.bytes)) << size;
    if (size == first.size()) {
      ASSERT_EQ(decoded.damage, std::nullopt);
    } else {
      ASSERT_EQ(decoded.damage, message) << "cut at " << size << " of " << packed.size();
    }
  }
}

TEST(ByteSource, ReportsTruncationAnywhere) {
  const std::string one = sample(500);
  const std::string two = sample(3000);
  expect_every_cut_told(gzip(one), gzip(two), one + two, "the gzip stream is truncated");
  expect_every_cut_told(zstd(one), zstd(two), one + two, "the zstd stream is truncated");
  expect_every_cut_told(bzip2(one), bzip2(two), one + two, "the bzip2 stream is truncated");
  expect_every_cut_told(lz4(one), lz4(two), one + two, "the lz4 stream is truncated");
  expect_every_cut_told(xz(one), xz(two), one + two, "the xz stream is truncated");
  EXPECT_EQ(decode("\x1f\x8b").damage, "the gzip stream is truncated");
}

TEST(ByteSource, ReturnsWhatCouldBeDecodedBeforeDamage) {
  const std::string bytes = sample(1 << 20);
  for (const std::string& packed : {gzip(bytes), zstd(bytes), bzip2(bytes), xz(bytes), lz4(bytes)}) {
    const Decoded decoded = decode(packed.substr(0, packed.size() / 2));
    EXPECT_GT(decoded.bytes.size(), bytes.size() / 4);
    EXPECT_TRUE(decoded.damage.has_value());
  }
}

TEST(ByteSource, ReportsDamage) {
  std::string crc = gzip("checksum");
  crc[crc.size() - 8] ^= 1;
  std::string length = gzip("length");
  length[length.size() - 1] ^= 1;
  std::string method = gzip("method");
  method[2] = 7;
  for (const std::string& packed : {crc, length, method}) {
    EXPECT_EQ(decode(packed).damage, "the gzip stream is damaged");
    EXPECT_EQ(decode(packed, 1, 1).damage, "the gzip stream is damaged");
  }
  std::string frame = zstd(sample(1000));
  frame.back() ^= 1;
  EXPECT_TRUE(decode(frame).damage.value_or("").starts_with("the zstd stream is damaged"));
  EXPECT_TRUE(decode(zstd("a") + "garbage").damage.value_or("").starts_with("the zstd stream is damaged"));
}

TEST(ByteSource, ReportsDataAfterAGzipStream) {
  for (const char* garbage : {"garbage", "{\"text\":\"plain\"}\n"}) {
    const Decoded decoded = decode(gzip("kept\n") + garbage);
    EXPECT_EQ(decoded.bytes, "kept\n");
    EXPECT_EQ(decoded.damage, "the gzip stream is followed by other data");
  }
  EXPECT_TRUE(decode(gzip("a") + std::string(10, '\0') + "x").damage.has_value());
}

// Flipping any byte never crashes and never changes the output silently, thanks to the checksums (the header's time,
// operating system and compression hint do not matter).
TEST(ByteSource, NoticesEveryFlippedByte) {
  const std::string bytes = sample(600);
  for (const std::string& packed : {gzip(bytes), zstd(bytes)}) {
    for (std::size_t at = 4; at < packed.size(); ++at) {
      std::string flipped = packed;
      flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
      const Decoded decoded = decode(flipped);
      ASSERT_TRUE(decoded.damage || decoded.bytes == bytes) << at;
    }
  }
}

// For zstd it does not matter how bytes arrive; igzip decodes less before damage if few bytes arrive at a time.
TEST(ByteSource, OutputBeforeDamageDoesNotDependOnTheBufferSize) {
  const std::string bytes = sample(20'000);
  for (const std::string& packed : {gzip(bytes), zstd(bytes)}) {
    for (std::size_t at = 4; at < packed.size(); at += packed.size() / 50) {
      std::string broken = packed;
      broken[at] = static_cast<char>(broken[at] ^ 0x55);
      const Decoded whole = decode(broken);
      for (const std::size_t room : {std::size_t{1}, std::size_t{100}, std::size_t{1} << 20}) {
        const Decoded other = decode(broken, std::string::npos, room);
        ASSERT_EQ(other.bytes.size(), whole.bytes.size()) << "byte " << at << ", room " << room;
        ASSERT_TRUE(other.bytes == whole.bytes && other.damage == whole.damage) << "byte " << at;
      }
    }
  }
}

TEST(ByteSource, ZstdOutputBeforeDamageDoesNotDependOnHowBytesArrive) {
  const std::string packed = zstd(sample(20'000));
  for (std::size_t at = 4; at < packed.size(); at += packed.size() / 50) {
    std::string broken = packed;
    broken[at] = static_cast<char>(broken[at] ^ 0x55);
    EXPECT_EQ(decode(broken, 1, 1).bytes.size(), decode(broken).bytes.size()) << "byte " << at;
  }
}

TEST(ByteSource, RejectsWindowsThatNeedTooMuchMemory) {
  // A frame header that requests a window of 1 GiB: descriptor 0, window descriptor (30 - 10) << 3.
  const std::string frame("\x28\xb5\x2f\xfd\x00\xa0\x01\x00\x00", 9);
  EXPECT_TRUE(decode(frame).damage.value_or("").find("memory") != std::string::npos);
}

TEST(ByteSource, OpensFilesAndNamesThoseItCannotOpen) {
  const testing::TemporaryDirectory directory;
  const auto source = ByteSource::open({directory.write("plain.gz", "not packed")});
  EXPECT_EQ(source->compression(), Compression::none);
  EXPECT_EQ(source->identity().size, 10U);
  try {
    (void)ByteSource::open({directory.path("missing")});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_TRUE(std::string(error.what()).ends_with("missing: no such file"));
  }
  EXPECT_THROW((void)ByteSource::open({directory.path()}), Error);
}

}  // namespace
}  // namespace wirecopy
