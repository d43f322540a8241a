// An output directory that appears as a whole or not at all.
//
//   Publication publication("result", /*replace=*/false);
//   write_everything(publication.staging());
//   publication.publish();
//
// Problem: a run that is killed, or that fills the disk, must not leave half a result under the final name, and one
// that replaces an older result must not leave a moment without any result.
// Idea: write into a sibling directory, "result.partial-<pid>-<random>", sync it to disk, and exchange the names in one
// system call: renameat2 with RENAME_NOREPLACE if there was no older result, with RENAME_EXCHANGE if there was one.
// Why it is correct: both calls are atomic for every observer, and a sibling is on the same file system. A killed
// process leaves at most the sibling, or the older result under the sibling's name. On file systems without renameat2 a
// replaced result is missing between two renames, but a partial result is never visible.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace wirecopy {

/// Owns the staging directory of one output directory. Not thread-safe.
class Publication {
 public:
  /// Creates the staging directory. `target` may be relative, end in a slash or be a symbolic link to a directory,
  /// which is kept; its parent must exist.
  /// An existing target is an Error(usage) unless `replace` is set. Even then it is refused if it is not a directory,
  /// is the current directory or a mount point, or contains anything that cannot be an older result, so that naming the
  /// home directory as output deletes nothing: a target that is not empty must contain only regular files, `marker`
  /// among them, and besides it only files named in `others` (any, if not given). Throws Error(io) for errors of the
  /// system.
  explicit Publication(const std::filesystem::path& target, bool replace, std::string marker = "summary.json",
                       std::optional<std::vector<std::string>> others = std::nullopt);
  /// Removes the staging directory unless published.
  ~Publication();
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  /// Where to write; an absolute path.
  [[nodiscard]] const std::filesystem::path& staging() const { return staging_; }
  /// The final location; an absolute path without symbolic links at its end.
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }

  /// Syncs all files and moves the directory to its final name. May be called once. Throws Error(usage) if a target
  /// that may not be replaced has appeared in the meantime, and Error(io) for errors of the system. Nothing is
  /// published then, with one exception that the message states: the new result is in place but the older one cannot be
  /// removed. A requested stop is checked between files and throws Error(cancelled); nothing is published then.
  void publish(const std::stop_token& stop = {});

 private:
  void check_target() const;
  void move_into_place();
  void sync_exchange() const;
  void replace_target();

  std::filesystem::path target_;
  std::filesystem::path staging_;
  bool replace_;
  bool published_ = false;
  std::string marker_;
  std::optional<std::vector<std::string>> others_;
};

/// Removes the staging directories of `target` whose processes no longer run on this machine: what kill -9 leaves.
void remove_abandoned_staging(const std::filesystem::path& target);

}  // namespace wirecopy
