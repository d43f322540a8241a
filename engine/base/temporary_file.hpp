// A file without a name, for what does not fit into memory: it is gone with its descriptor, however the process ends.
#pragma once

#include <filesystem>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// Opens an empty file for reading and writing in `directory`, readable by this user alone. It never has a name where
/// the file system can do that (O_TMPFILE); elsewhere it has one for a moment. Throws Error(io).
[[nodiscard]] FileDescriptor open_temporary_file(const std::filesystem::path& directory);

/// Where temporary files go by default: $TMPDIR, else /tmp (std::filesystem::temp_directory_path without its throw).
[[nodiscard]] std::filesystem::path default_temporary_directory();

}  // namespace wirecopy
