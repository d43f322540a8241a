// What a run reads: files, directories and stdin, expanded into a list of inputs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace wirecopy {

/// One feed to read.
struct Input {
  std::string name;  ///< the path as messages show it; "-" is stdin

  [[nodiscard]] bool is_stdin() const { return name == "-"; }
  friend bool operator==(const Input&, const Input&) = default;
};

/// Expands paths, in their order, into inputs. A directory stands for every feed in it and below: regular files (or
/// links to them) whose name ends in .jsonl, .ndjson or .json, with .gz or .zst after it or not, sorted by path byte by
/// byte; names that begin with a dot are passed over. A file named by the caller is taken whatever its name. "-" is
/// stdin. No paths give no inputs.
/// Throws Error(io) for what is missing or may not be read ("a.jsonl: no such file"), Error(usage) for "-" given twice
/// and for a directory without feeds.
[[nodiscard]] std::vector<Input> expand_inputs(std::span<const std::string> paths);

/// The bytes that the regular files among the inputs have on disk (compressed ones as they are), for a progress bar;
/// other inputs count as 0.
[[nodiscard]] std::uint64_t known_bytes(std::span<const Input> inputs);

}  // namespace wirecopy
