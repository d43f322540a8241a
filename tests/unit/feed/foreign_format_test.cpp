#include "feed/foreign_format.hpp"

#include <gtest/gtest.h>

#include <string>

namespace wirecopy {
namespace {

std::string name_of(std::string_view head) {
  const auto format = foreign_format(head);
  return format ? std::string(format->name) : "";
}

TEST(ForeignFormat, RecognisesFilesByTheirFirstBytes) {
  using namespace std::string_view_literals;
  EXPECT_EQ(name_of("PAR1\x15\x04"sv), "a Parquet file");
  EXPECT_EQ(name_of("ARROW1\0\0"sv), "an Arrow file");
  EXPECT_EQ(name_of("SQLite format 3\0\x10"sv), "an SQLite database");
  EXPECT_EQ(name_of("PK\x03\x04\x14"sv), "a zip archive (or a spreadsheet)");
  EXPECT_EQ(name_of(std::string(257, 'x') + "ustar"), "a tar archive");
  EXPECT_EQ(name_of("WARC/1.0\r\n"), "a WARC file");
  EXPECT_EQ(name_of("\xff\xfe{\0\"\0"sv), "UTF-16 text");
  EXPECT_EQ(name_of("<?xml version='1.0'?>"), "an XML document");
  EXPECT_EQ(name_of("\xef\xbb\xbf \n<RSS version='2.0'>"), "an XML document");
  EXPECT_EQ(name_of("<!DOCTYPE html>"), "an HTML page");
}

TEST(ForeignFormat, RecognisesTables) {
  EXPECT_EQ(name_of("id,title,text\n1,Storm,\"Winds, and rain\"\n"), "a CSV table");
  EXPECT_EQ(name_of("\"id\";\"text\"\r\n1;x\r\n"), "a CSV table");
  EXPECT_EQ(name_of("id\ttext\n1\tx\n"), "a table separated by tabs");
}

TEST(ForeignFormat, LeavesWhatMayBeAFeedToTheParser) {
  for (const char* feed : {"", "{\"a\":1}\n", "[{}]", " \n{", "x,y", "a broken, line\n{\"text\":\"x\"}\n",
                           "hello\nworld\n", "<p>\n", "PAR", "7, 8. 9\nx\n"}) {
    EXPECT_EQ(name_of(feed), "") << feed;
  }
}

TEST(ForeignFormat, NamesTheFileAndTheRemedy) {
  EXPECT_EQ(refusal(*foreign_format("Obj\x01"), "a.avro"),
            "a.avro: is an Avro file, which is not read; convert it: avro-tools tojson 'a.avro' | wirecopy dedup -");
  EXPECT_EQ(refusal(*foreign_format("%PDF-1.4"), "a.pdf"),
            "a.pdf: is a PDF file, which is not read; extract its text into JSON lines first");
}

}  // namespace
}  // namespace wirecopy
