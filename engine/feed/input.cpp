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

bool is_feed_name(std::string_view file) {
  if (file.starts_with('.')) return false;
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (!file.ends_with(packed)) continue;
    file.remove_suffix(packed.size());
    break;
  }
  return file.ends_with(".jsonl") || file.ends_with(".ndjson") || file.ends_with(".json");
}

void collect_feeds(const fs::path& directory, std::vector<std::string>& feeds) {
  std::error_code error;
  fs::directory_iterator entries(directory, error);
  if (error) cannot_open(directory.string(), error);
  for (; entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string file = entries->path().filename().string();
    std::error_code ignored;  // a vanished file or dangling link is not a feed
    if (entries->is_directory(ignored) && !entries->is_symlink(ignored)) {
      if (!file.starts_with('.')) collect_feeds(entries->path(), feeds);
    } else if (is_feed_name(file) && entries->is_regular_file(ignored)) {
      feeds.push_back(entries->path().string());
    }
  }
  if (error) cannot_open(directory.string(), error);
}

std::vector<std::string> feeds_below(const std::string& directory) {
  std::vector<std::string> feeds;
  collect_feeds(directory, feeds);
  if (feeds.empty()) {
    throw Error(ErrorKind::usage,
                directory + ": no feeds in this directory (.jsonl, .ndjson or .json, optionally with .gz or .zst)");
  }
  std::sort(feeds.begin(), feeds.end());
  return feeds;
}

}  // namespace

std::vector<Input> expand_inputs(std::span<const std::string> paths) {
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
      for (const std::string& feed : feeds_below(path)) add(feed);
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
