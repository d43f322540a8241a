// What stands at the front of a sketch file (FORMAT.md).
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
  std::uint64_t bytes = 0;    ///< of the header: where the first chunk begins
};

/// Whether the file holds more than a torn header, which is what a writer leaves that is stopped as it begins: nothing
/// to go on with. Also true of what is no sketch file, or one of another version. Throws Error(io).
[[nodiscard]] bool is_begun(const std::filesystem::path& path);

/// Reads the header of an open file; `path` is for messages. Throws Error(io), or Error(state) where the file is no
/// sketch file, of another version or damaged there.
[[nodiscard]] SketchHeader read_sketch_header(int descriptor, const std::filesystem::path& path);
[[nodiscard]] SketchHeader read_sketch_header(const std::filesystem::path& path);

}  // namespace wirecopy
