#include "base/buffered_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>

#include "temporary_directory.hpp"

namespace wirecopy {
namespace {

class BufferedWriterTest : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "out";
};

TEST_F(BufferedWriterTest, WritesOnlyFullBuffersUntilFinished) {
  BufferedWriter writer(open_for_writing(path_), "out", 8);
  writer.append("12345");
  EXPECT_EQ(read_file(path_), "");
  writer.append("678");
  EXPECT_EQ(read_file(path_), "") << "exactly full: no need to write yet";
  writer.append("9");
  EXPECT_EQ(read_file(path_), "12345678");
  writer.append("a long piece that no buffer holds");
  EXPECT_EQ(read_file(path_), "123456789a long piece that no buffer holds");
  writer.append("");
  writer.append("end");
  EXPECT_EQ(writer.size(), 45U);
  writer.finish(WriteTo::disk);
  EXPECT_EQ(read_file(path_), "123456789a long piece that no buffer holdsend");
  EXPECT_EQ(writer.size(), 45U);
}

TEST_F(BufferedWriterTest, DiscardsUnfinishedOutput) {
  { BufferedWriter(open_for_writing(path_), "out").append("half a line"); }
  EXPECT_EQ(read_file(path_), "");
}

TEST_F(BufferedWriterTest, LeavesABorrowedDescriptorOpen) {
  const FileDescriptor file = open_for_writing(path_);
  for (const char* line : {"one\n", "two\n"}) {
    BufferedWriter writer(file.get(), "out");
    writer.append(line);
    writer.finish();
  }
  EXPECT_EQ(read_file(path_), "one\ntwo\n");
}

TEST_F(BufferedWriterTest, CanBeMoved) {
  BufferedWriter first(open_for_writing(path_), "out");
  first.append("one ");
  BufferedWriter second = std::move(first);
  second.append("two");
  second.finish();
  EXPECT_EQ(read_file(path_), "one two");
}

TEST_F(BufferedWriterTest, ReportsAFullDiskInFinish) {
  BufferedWriter writer(open_for_writing("/dev/full"), "result/unique.jsonl");
  writer.append("line\n");
  try {
    writer.finish();
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "result/unique.jsonl: cannot write: No space left on device");
  }
}

TEST_F(BufferedWriterTest, ReportsAClosedReader) {
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::close(ends[0]);
  BufferedWriter writer(FileDescriptor(ends[1]), "standard output");
  writer.append("line\n");
  EXPECT_THROW(writer.finish(), BrokenPipe);
  ::signal(SIGPIPE, before);
}

}  // namespace
}  // namespace wirecopy
