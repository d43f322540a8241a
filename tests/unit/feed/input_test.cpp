#include "feed/input.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>
#include <wirecopy/error.hpp>

#include "packing.hpp"

namespace wirecopy {
namespace {

std::vector<std::string> names(const std::vector<std::string>& paths) {
  std::vector<std::string> result;
  for (const Input& input : expand_inputs(paths)) result.push_back(input.name);
  return result;
}

std::string error_of(const std::vector<std::string>& paths, ErrorKind kind) {
  try {
    (void)expand_inputs(paths);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(Input, NoPathsGiveNoInputs) { EXPECT_TRUE(expand_inputs({}).empty()); }

TEST(Input, KeepsTheOrderOfPaths) {
  const testing::TemporaryDirectory directory;
  const std::string b = directory.write("b.txt", "");
  const std::string a = directory.write("a.jsonl", "");
  EXPECT_EQ(names({b, "-", a, b}), (std::vector<std::string>{b, "-", a, b}));
}

TEST(Input, FindsTheFeedsOfADirectory) {
  const testing::TemporaryDirectory directory;
  for (const char* name : {"b.jsonl", "B.jsonl.gz", "sub/c.ndjson.zst", "a.json", "notes.txt", ".hidden.jsonl",
                           ".git/d.jsonl", "x.gz", "sub.jsonl.bz2", "json", "e.jsonl/inner.json"}) {
    directory.write(name, "");
  }
  std::filesystem::create_symlink(directory.path("b.jsonl"), directory.path("link.jsonl"));
  std::filesystem::create_symlink(directory.path("gone"), directory.path("dangling.jsonl"));
  std::filesystem::create_directory_symlink(directory.path(), directory.path("loop"));
  std::vector<std::string> expected;
  for (const char* name :
       {"B.jsonl.gz", "a.json", "b.jsonl", "e.jsonl/inner.json", "link.jsonl", "sub.jsonl.bz2", "sub/c.ndjson.zst"}) {
    expected.push_back(directory.path(name));
  }
  EXPECT_EQ(names({directory.path(".")}).size(), expected.size());
  const std::string path = directory.path("");
  EXPECT_EQ(names({path.substr(0, path.size() - 1)}), expected);
  SkippedFiles skipped;
  (void)expand_inputs(std::vector<std::string>{directory.path("")}, skipped);
  EXPECT_EQ(skipped.count, 3);
  EXPECT_TRUE(skipped.first.ends_with("/json")) << skipped.first;
}

TEST(Input, ReportsErrors) {
  const testing::TemporaryDirectory directory;
  directory.write("empty/notes.txt", "");
  EXPECT_TRUE(error_of({directory.path("none.jsonl")}, ErrorKind::io).ends_with("none.jsonl: no such file"));
  EXPECT_TRUE(error_of({"-", "-"}, ErrorKind::usage).find("twice") != std::string::npos);
  EXPECT_TRUE(error_of({directory.path("empty")}, ErrorKind::usage).find("no feeds") != std::string::npos);
}

TEST(Input, NamesUnreadableFiles) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.write("secret.jsonl", "");
  std::filesystem::permissions(path, std::filesystem::perms::none);
  if (::access(path.c_str(), R_OK) == 0) GTEST_SKIP() << "this user can read everything";
  EXPECT_TRUE(error_of({path}, ErrorKind::io).ends_with("secret.jsonl: cannot open: Permission denied"));
}

TEST(Input, SumsTheBytesOfFiles) {
  const testing::TemporaryDirectory directory;
  const std::vector<Input> inputs{{directory.write("a", "12345")}, {"-"}, {directory.write("b", "123")}};
  EXPECT_EQ(known_bytes(inputs), 8U);
}

}  // namespace
}  // namespace wirecopy
