#include "generate/feed_files.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <string>
#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"
#include "made_feed.hpp"

namespace wirecopy::generate {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

class FeedFilesTest : public ::testing::Test {
 protected:
  FeedFilesTest() {
    std::string name = (fs::temp_directory_path() / "wirecopy-generate-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~FeedFilesTest() override { fs::remove_all(folder_); }

  fs::path folder_;
  const GenerateOptions options_{.articles = 200, .seed = 4};
};

TEST_F(FeedFilesTest, ContainTheFeedAndItsTruth) {
  generate_into(options_, folder_ / "deep" / "made", false);
  const test::Lines lines = test::make(200, 4);
  EXPECT_EQ(content(folder_ / "deep" / "made" / "feed.jsonl"), joined(lines.feed));
  EXPECT_EQ(content(folder_ / "deep" / "made" / "truth.jsonl"), joined(lines.truth));
}

TEST_F(FeedFilesTest, AFolderThatIsNotEmptyIsReplacedOnlyByForce) {
  generate_into(options_, folder_, false);
  const std::string before = content(folder_ / "feed.jsonl");
  EXPECT_THROW(generate_into({.articles = 10, .seed = 1}, folder_, false), Error);
  EXPECT_EQ(content(folder_ / "feed.jsonl"), before);
  generate_into({.articles = 10, .seed = 1}, folder_, true);
  EXPECT_NE(content(folder_ / "feed.jsonl"), before);
}

TEST_F(FeedFilesTest, ForceDoesNotDeleteOtherFiles) {
  std::ofstream(folder_ / "letter.txt") << "dear";
  EXPECT_THROW(generate_into(options_, folder_, true), Error);
  EXPECT_EQ(content(folder_ / "letter.txt"), "dear");
}

TEST_F(FeedFilesTest, AFullDiskIsAnError) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "/dev/full does not exist";
  const FileDescriptor full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  try {
    generate_to({.articles = 2000, .seed = 1}, full.get());
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_NE(std::string(error.what()).find("standard output"), std::string::npos);
  }
}

TEST_F(FeedFilesTest, AClosedPipeIsADistinctError) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  EXPECT_THROW(generate_to({.articles = 2000, .seed = 1}, ends[1]), BrokenPipe);
  close(ends[1]);
  std::signal(SIGPIPE, before);
}

}  // namespace
}  // namespace wirecopy::generate
