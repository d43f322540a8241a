// Whether a directory of RocksDB stayed the same while it was read, although another process writes to it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

namespace wirecopy {

/// What changes in the directory whenever a writer moves records from one file to another.
struct ManifestState {
  std::string manifest;               ///< the list of files: its name...
  std::uintmax_t manifest_bytes = 0;  ///< ...and size; it only grows
  std::set<std::string> logs;         ///< names of the write-ahead logs

  [[nodiscard]] static ManifestState of(const std::filesystem::path& directory);

  /// Whether what was read between this state and a later one is consistent: no log of this state was moved into a
  /// file, and no file was added that was not on the list when it was read.
  [[nodiscard]] bool lasts_until(const ManifestState& later) const;
};

}  // namespace wirecopy
