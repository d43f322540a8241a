#include "base/line_file.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>
#include <wirecopy/error.hpp>

#include "temporary_directory.hpp"

namespace wirecopy {
namespace {

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  LineFile file(path);
  std::vector<std::string> lines;
  for (std::string line; file.next(line);) lines.push_back(line);
  return lines;
}

TEST(LineFile, ReturnsLinesWithoutNewlines) {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "file";
  const std::string across_buffers(700'000, 'x');
  for (const std::string end : {"", "\n"}) {
    write_file(path, "one\n\n" + across_buffers + "\nlast" + end);
    EXPECT_EQ(lines_of(path), (std::vector<std::string>{"one", "", across_buffers, "last"}));
    EXPECT_EQ(read_whole_file(path), read_file(path));
  }
  write_file(path, "");
  EXPECT_TRUE(lines_of(path).empty());
  EXPECT_EQ(read_whole_file(path), "");
}

TEST(LineFile, ReportsWhatCannotBeReadAndWhy) {
  const TemporaryDirectory directory;
  const auto message = [](auto read) -> std::string {
    try {
      read();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  const std::string missing = directory.path() / "missing";
  EXPECT_EQ(message([&] { lines_of(missing); }), missing + ": cannot open: No such file or directory");
  EXPECT_EQ(message([&] { lines_of(directory.path()); }), directory.path().native() + ": cannot read: Is a directory");
  EXPECT_EQ(message([&] { static_cast<void>(read_whole_file(directory.path())); }),
            directory.path().native() + ": cannot read: Is a directory");
}

}  // namespace
}  // namespace wirecopy
