#include "feed/input.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <wirecopy/error.hpp>

namespace wirecopy {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_open(const std::string& path, const std::error_code& error) {
  if (error == std::errc::no_such_file_or_directory) throw Error(ErrorKind::io, path + ": no such file");
  throw Error(ErrorKind::io, fmt::format("{}: cannot open: {}", path, error.message()));
}

void check_readable(const std::string& path) {
  if (::access(path.c_str(), R_OK) != 0) cannot_open(path, {errno, std::generic_category()});
}

constexpr std::array<std::string_view, 5> kPacked{".gz", ".zst", ".bz2", ".xz", ".lz4"};

bool is_feed_name(std::string_view file) {
  if (file.starts_with('.')) return false;
  for (const std::string_view packed : kPacked) {
    if (!file.ends_with(packed)) continue;
    file.remove_suffix(packed.size());
    break;
  }
  return file.ends_with(".jsonl") || file.ends_with(".ndjson") || file.ends_with(".json");
}

void collect_feeds(const fs::path& directory, std::vector<std::string>& feeds, SkippedFiles& skipped) {
  std::error_code error;
  fs::directory_iterator entries(directory, error);
  if (error) cannot_open(directory.string(), error);
  for (; entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string file = entries->path().filename().string();
    std::error_code ignored;  // a vanished file or dangling link is not a feed
    if (entries->is_directory(ignored) && !entries->is_symlink(ignored)) {
      if (!file.starts_with('.')) collect_feeds(entries->path(), feeds, skipped);
    } else if (!file.starts_with('.') && entries->is_regular_file(ignored)) {
      if (is_feed_name(file)) {
        feeds.push_back(entries->path().string());
      } else {
        skipped.add(entries->path().string());
      }
    }
  }
  if (error) cannot_open(directory.string(), error);
}

std::vector<std::string> feeds_below(const std::string& directory, SkippedFiles& skipped) {
  std::vector<std::string> feeds;
  collect_feeds(directory, feeds, skipped);
  if (feeds.empty()) {
    throw Error(
        ErrorKind::usage,
        directory +
            ": no feeds in this directory (.jsonl, .ndjson or .json, optionally with .gz, .zst, .bz2, .xz or .lz4)");
  }
  std::sort(feeds.begin(), feeds.end());
  return feeds;
}

}  // namespace

std::string SkippedFiles::describe() const {
  return fmt::format(
      "{} file{} in the directories {} skipped, as only names in .jsonl, .ndjson or .json (and .gz, .zst, "
      ".bz2, .xz, .lz4) are feeds: {}{}",
      count, count == 1 ? "" : "s", count == 1 ? "is" : "are", first, count == 1 ? "" : ", ...");
}

std::vector<Input> expand_inputs(std::span<const std::string> paths) {
  SkippedFiles skipped;
  return expand_inputs(paths, skipped);
}

std::vector<Input> expand_inputs(std::span<const std::string> paths, SkippedFiles& skipped) {
  std::vector<Input> inputs;
  const auto add = [&inputs](const std::string& path) {
    check_readable(path);
    inputs.push_back({path});
  };
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-") {
      if (std::find(inputs.begin(), inputs.end(), Input{path}) != inputs.end()) {
        throw Error(ErrorKind::usage, "stdin (\"-\") is given twice");
      }
      inputs.push_back({path});
    } else if (fs::is_directory(path, error)) {
      for (const std::string& feed : feeds_below(path, skipped)) add(feed);
    } else {
      add(path);
    }
  }
  return inputs;
}

std::uint64_t known_bytes(std::span<const Input> inputs) {
  std::uint64_t total = 0;
  for (const Input& input : inputs) {
    std::error_code error;
    if (input.is_stdin() || !fs::is_regular_file(input.name, error)) continue;
    const std::uintmax_t size = fs::file_size(input.name, error);
    if (!error) total += size;
  }
  return total;
}

}  // namespace wirecopy
