#include "base/publication.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <functional>
#include <wirecopy/error.hpp>

#include "temporary_directory.hpp"

namespace fs = std::filesystem;

namespace {
// Simulates a file system without renameat2, or another process that is faster.
std::function<int()> before_rename;  // returns 0 to continue, or the errno value to fail with
}  // namespace

// Replaces the C library's function in this program.
extern "C" int renameat2(int from_dir, const char* from, int to_dir, const char* to, unsigned flags) noexcept {
  if (before_rename) {
    if (const int error = before_rename(); error != 0) {
      errno = error;
      return -1;
    }
  }
  return static_cast<int>(::syscall(SYS_renameat2, from_dir, from, to_dir, to, flags));
}

namespace wirecopy {
namespace {

using testing::HasSubstr;

class PublicationTest : public testing::Test {
 protected:
  void TearDown() override { before_rename = nullptr; }

  static void write_result(const fs::path& directory, const std::string& content) {
    write_file(directory / "summary.json", content);
    write_file(directory / "unique.jsonl", content + content);
  }
  void make_old_result() {
    fs::create_directory(target_);
    write_result(target_, "old");
    write_file(target_ / "only-in-old", "");
  }
  static void publish(const fs::path& target, bool replace, const std::string& content) {
    Publication publication(target, replace);
    write_result(publication.staging(), content);
    publication.publish();
  }
  void expect_published(const std::string& content) {
    EXPECT_EQ(read_file(target_ / "summary.json"), content);
    EXPECT_EQ(read_file(target_ / "unique.jsonl"), content + content);
    EXPECT_FALSE(fs::exists(target_ / "only-in-old"));
    EXPECT_EQ(root_.entries(), 1U) << "something is left beside the result";
  }
  void expect_old_result_alone() {
    EXPECT_EQ(read_file(target_ / "summary.json"), "old");
    EXPECT_TRUE(fs::exists(target_ / "only-in-old"));
    EXPECT_EQ(root_.entries(), 1U) << "something is left beside the result";
  }
  static void expect_refused(const std::function<void()>& act, ErrorKind kind, const std::string& message) {
    try {
      act();
      ADD_FAILURE() << "not refused; expected: " << message;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      EXPECT_THAT(error.what(), HasSubstr(message));
    }
  }

  TemporaryDirectory root_;
  fs::path target_ = root_.path() / "result";
};

TEST_F(PublicationTest, PutsTheWholeDirectoryInPlace) {
  Publication publication(target_, false);
  EXPECT_EQ(publication.staging().parent_path(), fs::canonical(root_.path())) << "must be on the same file system";
  EXPECT_THAT(publication.staging().filename().native(), testing::StartsWith("result.partial-"));
  write_result(publication.staging(), "new");
  fs::create_directory(publication.staging() / "sub");
  write_file(publication.staging() / "sub" / "file", "deep");
  EXPECT_FALSE(fs::exists(target_));
  publication.publish();
  EXPECT_FALSE(fs::exists(publication.staging()));
  EXPECT_EQ(read_file(target_ / "sub" / "file"), "deep");
  expect_published("new");
}

TEST_F(PublicationTest, LeavesNothingWhenNotPublished) {
  {
    Publication publication(target_, false);
    write_result(publication.staging(), "half");
  }
  EXPECT_EQ(root_.entries(), 0U);
}

TEST_F(PublicationTest, RefusesAnExistingTarget) {
  make_old_result();
  expect_refused([&] { Publication(target_, false); }, ErrorKind::usage, "result exists");
  expect_old_result_alone();
}

TEST_F(PublicationTest, ReplacesAnOlderResult) {
  make_old_result();
  publish(target_, true, "new");
  expect_published("new");
}

TEST_F(PublicationTest, KeepsTheOlderResultUntilTheEnd) {
  make_old_result();
  {
    Publication publication(target_, true);
    write_result(publication.staging(), "new");
    EXPECT_EQ(read_file(target_ / "summary.json"), "old");
  }
  expect_old_result_alone();
}

TEST_F(PublicationTest, ReplacesAnEmptyDirectoryAndCreatesAMissingOne) {
  fs::create_directory(target_);
  publish(target_, true, "new");
  expect_published("new");
  fs::remove_all(target_);
  publish(target_, true, "newer");
  expect_published("newer");
}

TEST_F(PublicationTest, LosesARaceWithoutHarm) {
  Publication publication(target_, false);
  write_result(publication.staging(), "new");
  make_old_result();
  expect_refused([&] { publication.publish(); }, ErrorKind::usage, "exists");
  EXPECT_EQ(read_file(target_ / "summary.json"), "old");
}

TEST_F(PublicationTest, ReplacesANewlyCreatedTargetOnlyIfItIsAResult) {
  Publication publication(target_, true);
  write_result(publication.staging(), "new");
  fs::create_directory(target_);
  write_file(target_ / "diary.txt", "dear");
  expect_refused([&] { publication.publish(); }, ErrorKind::usage, "does not look like an earlier result");
  EXPECT_EQ(read_file(target_ / "diary.txt"), "dear");
}

TEST_F(PublicationTest, DoesNotDeleteAHomeDirectory) {
  fs::create_directory(target_);
  write_file(target_ / "diary.txt", "dear");
  const auto force = [&] { Publication(target_, true); };
  expect_refused(force, ErrorKind::usage, "does not look like an earlier result");
  write_file(target_ / "summary.json", "{}");
  fs::create_directory(target_ / "photographs");
  expect_refused(force, ErrorKind::usage, "does not look like an earlier result");
  EXPECT_TRUE(fs::exists(target_ / "diary.txt"));
  EXPECT_EQ(root_.entries(), 1U);
}

TEST_F(PublicationTest, RecognisesResultsByTheGivenMarker) {
  fs::create_directory(target_);
  write_file(target_ / "truth.jsonl", "");
  expect_refused([&] { Publication(target_, true); }, ErrorKind::usage, "no summary.json in it");
  EXPECT_NO_THROW(Publication(target_, true, "truth.jsonl"));
}

TEST_F(PublicationTest, ReplacesKnownFilesOnly) {
  fs::create_directory(target_);
  write_file(target_ / "summary.json", "{}");
  write_file(target_ / "list.jsonl", "");
  const auto force = [&] { Publication(target_, true, "summary.json", {{"list.jsonl", "more.jsonl"}}); };
  EXPECT_NO_THROW(force());
  write_file(target_ / "diary.txt", "dear");
  expect_refused(force, ErrorKind::usage, "does not look like an earlier result");
}

TEST_F(PublicationTest, StopsBeforeItPublishes) {
  std::stop_source stop;
  stop.request_stop();
  {
    Publication publication(target_, false);
    write_result(publication.staging(), "new");
    expect_refused([&] { publication.publish(stop.get_token()); }, ErrorKind::cancelled, "stopped");
  }
  EXPECT_EQ(root_.entries(), 0U);
}

TEST_F(PublicationTest, RefusesFiles) {
  write_file(target_, "a file");
  for (const bool replace : {false, true}) {
    expect_refused([&] { Publication(target_, replace); }, ErrorKind::usage, "exists and is not a directory");
  }
  EXPECT_EQ(read_file(target_), "a file");
}

TEST_F(PublicationTest, RefusesMountPoints) {
  expect_refused([] { Publication("/", true); }, ErrorKind::usage, "is a mount point");
  expect_refused([] { Publication("/proc/", true); }, ErrorKind::usage, "is a mount point");
}

TEST_F(PublicationTest, NamesAMissingParent) {
  expect_refused([&] { Publication(root_.path() / "no" / "result", false); }, ErrorKind::io,
                 "no: cannot create the output directory in it: No such file or directory");
}

TEST_F(PublicationTest, RefusesAnEmptyName) {
  expect_refused([] { Publication("", false); }, ErrorKind::usage, "has no name");
}

TEST_F(PublicationTest, TakesATrailingSlash) {
  make_old_result();
  publish(target_.native() + "//", true, "new");
  expect_published("new");
  fs::remove_all(target_);
  publish(target_.native() + "/", false, "newer");
  expect_published("newer");
}

TEST_F(PublicationTest, KeepsItsTargetWhenTheProcessChangesDirectory) {
  const fs::path before = fs::current_path();
  fs::current_path(root_.path());
  Publication publication("result", false);
  fs::current_path(before);
  write_result(publication.staging(), "new");
  publication.publish();
  expect_published("new");
}

TEST_F(PublicationTest, RefusesTheCurrentDirectory) {
  make_old_result();
  const fs::path before = fs::current_path();
  fs::current_path(target_);
  for (const char* name : {".", "./", "../result"}) {
    expect_refused([&] { Publication(name, true); }, ErrorKind::usage, "is the current directory");
  }
  fs::current_path(before);
  expect_old_result_alone();
}

TEST_F(PublicationTest, FollowsALinkToADirectory) {
  make_old_result();
  const TemporaryDirectory elsewhere;
  const fs::path link = elsewhere.path() / "link";
  fs::create_directory_symlink(target_, link);
  publish(link, true, "new");
  expect_published("new");
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(read_file(link / "summary.json"), "new");
}

TEST_F(PublicationTest, RefusesALinkToNothing) {
  fs::create_symlink(root_.path() / "nothing", target_);
  expect_refused([&] { Publication(target_, true); }, ErrorKind::usage, "exists and is not a directory");
  EXPECT_TRUE(fs::is_symlink(target_));
}

TEST_F(PublicationTest, ReportsErrorsOfTheSystem) {
  before_rename = [] { return EIO; };
  expect_refused([&] { publish(target_, false, "new"); }, ErrorKind::io, "result: cannot publish: Input/output error");
  EXPECT_EQ(root_.entries(), 0U);
}

// The same tests on a file system without renameat2.
class PublicationByPlainRenameTest : public PublicationTest, public testing::WithParamInterface<int> {
 protected:
  void SetUp() override {
    before_rename = [] { return GetParam(); };
  }
};

TEST_P(PublicationByPlainRenameTest, Publishes) {
  publish(target_, false, "new");
  expect_published("new");
}

TEST_P(PublicationByPlainRenameTest, Replaces) {
  make_old_result();
  publish(target_, true, "new");
  expect_published("new");
}

TEST_P(PublicationByPlainRenameTest, LosesARaceWithoutHarm) {
  {
    Publication publication(target_, false);
    write_result(publication.staging(), "new");
    make_old_result();
    expect_refused([&] { publication.publish(); }, ErrorKind::usage, "exists");
  }
  expect_old_result_alone();
}

INSTANTIATE_TEST_SUITE_P(Errors, PublicationByPlainRenameTest, testing::Values(EINVAL, ENOSYS));

}  // namespace
}  // namespace wirecopy
