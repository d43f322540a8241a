// Whether a directory of RocksDB stood still while it was read, although another process writes to it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

namespace wirecopy {

/// What of the directory changes whenever a writer moves records from one file to another.
struct ManifestState {
  std::string manifest;               ///< the list of files: its name...
  std::uintmax_t manifest_bytes = 0;  ///< ...and size; it only grows
  std::set<std::string> logs;         ///< names of the write-ahead logs

  [[nodiscard]] static ManifestState of(const std::filesystem::path& directory);

  /// Whether what was read between this moment and a later one belongs together: no log that was there has gone into a
  /// file, and no file has come that was not on the list when it was read.
  [[nodiscard]] bool lasts_until(const ManifestState& later) const;
};

}  // namespace wirecopy
