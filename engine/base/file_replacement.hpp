// Replaces a file as a whole or not at all.
//
//   FileReplacement replacement("model");
//   replacement.write(bytes);      // to a sibling file, synced to disk
//   finish_everything_else();
//   replacement.publish();         // one rename
#pragma once

#include <filesystem>
#include <string_view>

namespace wirecopy {

/// Owns the new file until it is published. Not thread-safe.
class FileReplacement {
 public:
  /// `target` may be missing, but its directory must exist; a symbolic link is followed and kept. Writes nothing yet.
  /// Throws Error(usage) if the target exists and is not a regular file.
  explicit FileReplacement(const std::filesystem::path& target);
  /// Removes the new file unless published.
  ~FileReplacement();
  FileReplacement(const FileReplacement&) = delete;
  FileReplacement& operator=(const FileReplacement&) = delete;

  /// Absolute, without symbolic links.
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }

  /// Writes the new content to a sibling file and syncs it to disk. May be called once. Throws Error(io).
  void write(std::string_view bytes);
  /// Renames the new file to the target, atomically. Throws Error(io); the target is then unchanged.
  void publish();

 private:
  std::filesystem::path target_;
  std::filesystem::path written_;  // empty: nothing to remove
};

}  // namespace wirecopy
