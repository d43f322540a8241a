// An unnamed file for data that does not fit into memory. It disappears with its descriptor, however the process ends.
#pragma once

#include <filesystem>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// Opens an empty file for reading and writing in `directory`, accessible to this user only. It never has a name if the
/// file system supports that (O_TMPFILE); otherwise it has one for a moment. Throws Error(io).
[[nodiscard]] FileDescriptor open_temporary_file(const std::filesystem::path& directory);

/// The default directory for temporary files: $TMPDIR, else /tmp (std::filesystem::temp_directory_path, not throwing).
[[nodiscard]] std::filesystem::path default_temporary_directory();

}  // namespace wirecopy
