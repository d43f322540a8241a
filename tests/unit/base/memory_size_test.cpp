#include "base/memory_size.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <wirecopy/error.hpp>

namespace wirecopy {
namespace {

TEST(MemorySize, Literals) { static_assert(1_KiB == 1024 && 3_MiB == 3 * 1024 * 1024 && 1_GiB == 1024 * 1_MiB); }

TEST(MemorySize, ParsesWhatUsersWrite) {
  EXPECT_EQ(parse_byte_size("0"), 0U);
  EXPECT_EQ(parse_byte_size("4096"), 4096U);
  EXPECT_EQ(parse_byte_size("4096B"), 4096U);
  EXPECT_EQ(parse_byte_size("500M"), 500_MiB);
  EXPECT_EQ(parse_byte_size("2G"), 2_GiB);
  EXPECT_EQ(parse_byte_size("2g"), 2_GiB);
  EXPECT_EQ(parse_byte_size("16MiB"), 16_MiB);
  EXPECT_EQ(parse_byte_size("16 mb"), 16_MiB);
  EXPECT_EQ(parse_byte_size("1.5G"), 1536_MiB);
  EXPECT_EQ(parse_byte_size("0.5k"), 512U);
  EXPECT_EQ(parse_byte_size("1T"), 1024_GiB);
  EXPECT_EQ(parse_byte_size("0.0001K"), 0U);
}

TEST(MemorySize, RejectsEverythingElse) {
  for (const char* text : {"",     "G",   "-1",    "+1",   " 1G", "1G ",      "1  G",
                           "1X",   "1GG", "1GiBs", "1i",   "1iB", "1BB",      "1e3",
                           "0x10", "nan", "inf",   "1,5G", ".5G", "9999999T", "99999999999999999999999999999999999"}) {
    try {
      (void)parse_byte_size(text);
      ADD_FAILURE() << "accepted: " << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << text;
      EXPECT_THAT(error.what(), testing::HasSubstr(std::string("\"") + text + "\" is not a size")) << text;
    }
  }
}

TEST(MemorySize, StaysWithinItsView) {
  EXPECT_EQ(parse_byte_size(std::string_view("12345", 2)), 12U);
  EXPECT_EQ(parse_byte_size(std::string_view("1GiB", 2)), 1_GiB);
}

TEST(MemorySize, Formats) {
  EXPECT_EQ(format_byte_size(0), "0 B");
  EXPECT_EQ(format_byte_size(1023), "1023 B");
  EXPECT_EQ(format_byte_size(1024), "1.0 KiB");
  EXPECT_EQ(format_byte_size(64_KiB), "64.0 KiB");
  EXPECT_EQ(format_byte_size(1536_MiB), "1.5 GiB");
  EXPECT_EQ(format_byte_size(1_GiB - 1), "1.0 GiB") << "not 1024.0 MiB";
  EXPECT_EQ(format_byte_size(~std::uint64_t{0}), "16.0 EiB");
}

}  // namespace
}  // namespace wirecopy
