#include "base/file_replacement.hpp"

#include <gtest/gtest.h>

#include <wirecopy/error.hpp>

#include "temporary_directory.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

class FileReplacementTest : public ::testing::Test {
 protected:
  TemporaryDirectory directory_;
  fs::path target_ = directory_.path() / "model";
};

TEST_F(FileReplacementTest, CreatesTheFileOnlyWhenPublished) {
  FileReplacement replacement(target_);
  replacement.write("new");
  EXPECT_FALSE(fs::exists(target_));
  replacement.publish();
  EXPECT_EQ(read_file(target_), "new");
  EXPECT_EQ(directory_.entries(), 1U);
}

TEST_F(FileReplacementTest, LeavesTheOldFileAndNothingElseWhenNotPublished) {
  write_file(target_, "old");
  {
    FileReplacement replacement(target_);
    replacement.write("new");
    EXPECT_EQ(read_file(target_), "old");
  }
  EXPECT_EQ(read_file(target_), "old");
  EXPECT_EQ(directory_.entries(), 1U);
}

TEST_F(FileReplacementTest, ReplacesWhatASymbolicLinkPointsTo) {
  write_file(target_, "old");
  const fs::path link = directory_.path() / "link";
  fs::create_symlink(target_, link);
  FileReplacement replacement(link);
  EXPECT_EQ(replacement.target(), fs::canonical(target_));
  replacement.write("new");
  replacement.publish();
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(read_file(target_), "new");
}

TEST_F(FileReplacementTest, RefusesWhatCannotBeReplaced) {
  const auto kind_of_error = [](const fs::path& path) {
    try {
      FileReplacement replacement(path);
      replacement.write("new");
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::cancelled;
  };
  EXPECT_EQ(kind_of_error(directory_.path()), ErrorKind::usage);
  EXPECT_EQ(kind_of_error("/dev/null"), ErrorKind::usage);
  EXPECT_EQ(kind_of_error(directory_.path() / "missing" / "model"), ErrorKind::io);
}

}  // namespace
}  // namespace wirecopy
