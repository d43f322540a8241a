// The header of a sketch file (FORMAT.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "feed/input.hpp"

namespace wirecopy {

struct SketchHeader {
  std::string parameters;     ///< as lines (SketchParameters::describe)
  std::vector<Input> inputs;  ///< in order
  std::uint64_t bytes = 0;    ///< size of the header: where the first chunk begins
};

/// Whether the file contains more than a torn header, which a writer leaves if it is stopped at the beginning, and from
/// which nothing can be resumed. Also true for files that are not sketch files or have another version. Throws
/// Error(io).
[[nodiscard]] bool has_complete_header(const std::filesystem::path& path);

/// Reads the header of an open file; `path` is used in error messages. Throws Error(io), or Error(state) if it is not a
/// sketch file, has another version or a damaged header.
[[nodiscard]] SketchHeader read_sketch_header(int descriptor, const std::filesystem::path& path);
[[nodiscard]] SketchHeader read_sketch_header(const std::filesystem::path& path);

}  // namespace wirecopy
