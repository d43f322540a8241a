#include "feed/file_identity.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"
#include "packing.hpp"

namespace wirecopy {
namespace {

std::string bytes_of(std::size_t size) {
  RandomStream random(size);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

TEST(FileIdentity, DependsOnTheContentOnly) {
  const testing::TemporaryDirectory directory;
  for (const std::size_t size : {0, 1, 4095, 4096, 4097, 262'143, 262'144, 262'145, 3'000'000}) {
    const std::string bytes = bytes_of(size);
    const FileIdentity first = identity_of(directory.write("first", bytes));
    const std::string copy = directory.write("copy", bytes);
    std::filesystem::last_write_time(copy, std::filesystem::file_time_type());
    EXPECT_TRUE(first.regular);
    EXPECT_EQ(first.size, size);
    EXPECT_EQ(difference(identity_of(copy), first), "") << size;
    EXPECT_EQ(identity_of(copy).digest(), first.digest());
    const FileIdentity longer = identity_of(directory.write("longer", bytes + "x"));
    EXPECT_EQ(difference(longer, first), "it has " + std::to_string(size + 1) + " bytes, not " + std::to_string(size));
    EXPECT_NE(longer.digest(), first.digest());
  }
}

TEST(FileIdentity, CoversEveryByteOfASmallFile) {
  const testing::TemporaryDirectory directory;
  std::string bytes = bytes_of(262'144);
  const FileIdentity before = identity_of(directory.write("feed", bytes));
  for (std::size_t at = 0; at < bytes.size(); at += 1009) {
    bytes[at] ^= 1;
    EXPECT_NE(identity_of(directory.write("feed", bytes)), before) << at;
    bytes[at] ^= 1;
  }
}

TEST(FileIdentity, CoversBothEndsOfALargeFile) {
  const testing::TemporaryDirectory directory;
  std::string bytes = bytes_of(10'000'000);
  const FileIdentity before = identity_of(directory.write("feed", bytes));
  bytes.front() ^= 1;
  EXPECT_EQ(difference(identity_of(directory.write("feed", bytes)), before), "its bytes 0 to 4095 differ");
  bytes.front() ^= 1;
  bytes.back() ^= 1;
  EXPECT_EQ(difference(identity_of(directory.write("feed", bytes)), before), "its bytes 9995904 to 9999999 differ");
}

TEST(FileIdentity, CanBeLimitedToTheFirstBytes) {
  const testing::TemporaryDirectory directory;
  const std::string bytes = bytes_of(5'000'000);
  const FileIdentity whole = identity_of(directory.write("feed", bytes));
  const FileDescriptor grown = open_for_reading(directory.write("feed", bytes + "more"));
  EXPECT_EQ(identity_of(grown.get(), bytes.size(), "feed"), whole);
}

TEST(FileIdentity, IsEmptyForOtherThanRegularFiles) {
  const testing::TemporaryDirectory directory;
  EXPECT_FALSE(identity_of("/dev/null").regular);
  EXPECT_FALSE(identity_of(directory.path()).regular);
  EXPECT_THROW(static_cast<void>(identity_of(directory.path("missing"))), Error);
}

}  // namespace
}  // namespace wirecopy
