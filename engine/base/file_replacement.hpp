// A file that is replaced as a whole or not at all.
//
//   FileReplacement replacement("model");
//   replacement.write(bytes);      // beside it, and on the disk
//   finish_everything_else();
//   replacement.publish();         // one rename
#pragma once

#include <filesystem>
#include <string_view>

namespace wirecopy {

/// Owns the new file until it has its name. For one thread at a time.
class FileReplacement {
 public:
  /// `target` may be missing, but not its directory; a symbolic link stays one. Nothing is written yet. Throws
  /// Error(usage) for a target that is there and is no regular file.
  explicit FileReplacement(const std::filesystem::path& target);
  /// Removes the new file unless published.
  ~FileReplacement();
  FileReplacement(const FileReplacement&) = delete;
  FileReplacement& operator=(const FileReplacement&) = delete;

  /// Absolute, without symbolic links.
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }

  /// Writes the new content to a sibling and forces it to the disk. Once only. Throws Error(io).
  void write(std::string_view bytes);
  /// Gives it the name of the target, atomically. Throws Error(io); the target is unchanged then.
  void publish();

 private:
  std::filesystem::path target_;
  std::filesystem::path written_;  // empty: nothing to remove
};

}  // namespace wirecopy
