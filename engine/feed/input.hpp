// The inputs of a run: files, directories and stdin, expanded into a list.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wirecopy {

/// One feed to read.
struct Input {
  std::string name;  ///< the path as shown in messages; "-" is stdin

  [[nodiscard]] bool is_stdin() const { return name == "-"; }
  friend bool operator==(const Input&, const Input&) = default;
};

/// Files in directories whose names are not those of feeds.
struct SkippedFiles {
  std::uint64_t count = 0;
  std::string first;  ///< the first of them by path

  void add(std::string path) {
    if (count++ == 0 || path < first) first = std::move(path);
  }
  /// For the user.
  [[nodiscard]] std::string describe() const;
};

/// Expands paths, in order, into inputs. A directory represents all feeds in it and its subdirectories: regular files
/// (or links to them) whose name ends in .jsonl, .ndjson or .json, optionally followed by .gz, .zst, .bz2, .xz or .lz4,
/// sorted by path as bytes; names that begin with a dot are skipped. A file given explicitly may have any name. "-" is
/// stdin. No paths give no inputs. Throws Error(io) if a path is missing or unreadable ("a.jsonl: no such file"),
/// Error(usage) if "-" is given twice or a directory has no feeds.
[[nodiscard]] std::vector<Input> expand_inputs(std::span<const std::string> paths);
/// Also tells which files it has left out.
[[nodiscard]] std::vector<Input> expand_inputs(std::span<const std::string> paths, SkippedFiles& skipped);

/// The total size on disk of the regular files among the inputs (compressed, if they are), for a progress bar. Other
/// inputs count as 0.
[[nodiscard]] std::uint64_t known_bytes(std::span<const Input> inputs);

}  // namespace wirecopy
