#include "base/file_descriptor.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

#include "base/temporary_file.hpp"
#include "temporary_directory.hpp"

namespace wirecopy {
namespace {

using testing::EndsWith;
using testing::StartsWith;

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    read = FileDescriptor(ends[0]);
    write = FileDescriptor(ends[1]);
  }
  FileDescriptor read;
  FileDescriptor write;
};

std::string read_to_end(int fd) {
  std::string all;
  std::array<char, 1000> part{};
  for (ssize_t got = 0; (got = ::read(fd, part.data(), part.size())) > 0;) {
    all.append(part.data(), static_cast<std::size_t>(got));
  }
  return all;
}

TEST(FileDescriptor, OwnsOneDescriptor) {
  FileDescriptor first = open_for_reading("/dev/null");
  const int fd = first.get();
  ASSERT_TRUE(first && is_open(fd));
  FileDescriptor second = std::move(first);
  EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move): it is documented to be empty
  EXPECT_EQ(second.get(), fd);
  second = open_for_reading("/dev/zero");
  EXPECT_FALSE(is_open(fd));
  const int raw = second.release();
  EXPECT_TRUE(!second && is_open(raw));
  FileDescriptor(raw).close("zero");
  EXPECT_FALSE(is_open(raw));
  EXPECT_NO_THROW(second.close("nothing"));
}

TEST(FileDescriptor, IsNotInheritedByPrograms) {
  EXPECT_TRUE(::fcntl(open_for_reading("/dev/null").get(), F_GETFD) & FD_CLOEXEC);
}

TEST(OpenFile, ReportsTheCause) {
  try {
    (void)open_for_reading("/no/such/feed.jsonl");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_STREQ(error.what(), "/no/such/feed.jsonl: cannot open: No such file or directory");
  }
}

TEST(WriteAll, ReportsAFullDisk) {
  const FileDescriptor full = open_for_writing("/dev/full");
  try {
    write_all(full.get(), "x", "result/unique.jsonl");
    FAIL();
  } catch (const BrokenPipe&) {
    FAIL() << "a full disk is not a broken pipe";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_STREQ(error.what(), "result/unique.jsonl: cannot write: No space left on device");
  }
}

TEST(WriteAll, DistinguishesABrokenPipe) {
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  pipe.read.reset();
  EXPECT_THROW(write_all(pipe.write.get(), "x", "standard output"), BrokenPipe);
  ::signal(SIGPIPE, before);
}

// More than a pipe holds, so that every write is short or, on a non-blocking descriptor, fails with EAGAIN.
class WriteAllToASlowReader : public testing::TestWithParam<int> {};

TEST_P(WriteAllToASlowReader, LosesNothing) {
  Pipe pipe;
  ASSERT_EQ(::fcntl(pipe.write.get(), F_SETFL, GetParam()), 0);
  std::string sent(1 << 20, '\0');
  for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i * 31 + i / 251);
  std::string received;
  {
    std::jthread reader([&] { received = read_to_end(pipe.read.get()); });
    write_all(pipe.write.get(), sent, "pipe");
    pipe.write.reset();
  }
  EXPECT_TRUE(received == sent);
}

INSTANTIATE_TEST_SUITE_P(BlockingAndNot, WriteAllToASlowReader, testing::Values(0, O_NONBLOCK));

// Signals without SA_RESTART make write() and open() return early.
TEST(WriteAll, SurvivesSignals) {
  struct sigaction quiet {};
  struct sigaction before {};
  quiet.sa_handler = [](int) {};
  ASSERT_EQ(::sigaction(SIGUSR1, &quiet, &before), 0);
  Pipe pipe;
  const std::string sent(1 << 20, 'w');
  std::size_t received = 0;
  {
    std::jthread writer([&] { write_all(pipe.write.get(), sent, "pipe"); });
    const auto handle = writer.native_handle();
    std::array<char, 4096> part{};
    while (received < sent.size()) {
      ::pthread_kill(handle, SIGUSR1);
      received += static_cast<std::size_t>(::read(pipe.read.get(), part.data(), part.size()));
    }
  }
  EXPECT_EQ(received, sent.size());
  ::sigaction(SIGUSR1, &before, nullptr);
}

TEST(ReadExactly, ReadsAtAnOffsetOrReportsTheEndOfTheFile) {
  const TemporaryDirectory directory;
  const FileDescriptor file = open_temporary_file(directory.path());
  write_all(file.get(), "0123456789", "spill");
  std::array<char, 4> part{};
  read_exactly(file.get(), part, 5, "spill");
  EXPECT_EQ(std::string(part.data(), part.size()), "5678");
  read_exactly(file.get(), {}, 100, "spill");
  try {
    read_exactly(file.get(), part, 8, "spill");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "spill: cannot read: it ends at byte 10");
  }
}

TEST(SyncFile, DoesNothingOnAPipe) {
  Pipe pipe;
  EXPECT_NO_THROW(sync_file(pipe.write.get(), "pipe"));
  EXPECT_THROW(sync_file(-1, "closed"), Error);
}

TEST(TemporaryFile, HasNoName) {
  const TemporaryDirectory directory;
  const FileDescriptor file = open_temporary_file(directory.path());
  write_all(file.get(), "bytes", "spill");
  EXPECT_EQ(directory.entries(), 0U);
}

TEST(TemporaryFile, NamesTheMissingDirectory) {
  try {
    (void)open_temporary_file("/no/such/place");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_THAT(error.what(), StartsWith("/no/such/place: cannot create a temporary file: "));
    EXPECT_THAT(error.what(), EndsWith("No such file or directory"));
  }
}

// On /proc neither kind of temporary file can be created.
TEST(TemporaryFile, FailsIfNoFileCanBeCreated) { EXPECT_THROW((void)open_temporary_file("/proc"), Error); }

TEST(TemporaryFile, DefaultDirectoryExists) {
  EXPECT_TRUE(std::filesystem::is_directory(default_temporary_directory()));
}

TEST(ThrowSystemError, DistinguishesResourcesFromIo) {
  for (const auto& [number, kind] : {std::pair{EMFILE, ErrorKind::resources}, std::pair{ENOMEM, ErrorKind::resources},
                                     std::pair{EACCES, ErrorKind::io}, std::pair{EPIPE, ErrorKind::io}}) {
    try {
      throw_system_error("feed", "cannot open", number);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
    }
  }
}

}  // namespace
}  // namespace wirecopy
