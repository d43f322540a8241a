// An output directory that is there whole or not at all.
//
//   Publication publication("result", /*replace=*/false);
//   write_everything(publication.staging());
//   publication.publish();
//
// Problem: a run that is killed, or whose disk is full, must not leave half a result under the final name, and one that
// replaces an older result must not leave a moment without any.
// Idea: write into a sibling, "result.partial-<pid>-<random>", sync it to the disk, and swap names by one system call:
// renameat2 with RENAME_NOREPLACE where nothing was there, with RENAME_EXCHANGE where an older result was.
// Why it is right: both calls are atomic for everyone who looks, and a sibling is on the same file system. A process
// that is killed leaves at most the sibling, or the older result under the sibling's name. Where a file system has no
// renameat2, a replaced result is absent between two renames; nothing is ever half there.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace wirecopy {

/// Owns the staging directory of one output directory. For one thread at a time.
class Publication {
 public:
  /// Creates the staging directory. `target` may be relative, end in a slash or be a symbolic link to a directory,
  /// which then stays a link; its parent must exist.
  /// An existing target is refused with Error(usage) unless `replace`; and also then if it is no directory, the current
  /// directory or a mount point, or if it holds anything that cannot be an older result: it must be empty or hold files
  /// only, `marker` among them and beside it none but `others` (any, if not given), so that `--out ~` deletes nobody's
  /// home. Throws Error(io) for what the system says.
  explicit Publication(const std::filesystem::path& target, bool replace, std::string marker = "summary.json",
                       std::optional<std::vector<std::string>> others = std::nullopt);
  /// Removes the staging directory unless published.
  ~Publication();
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  /// Where to write; an absolute path.
  [[nodiscard]] const std::filesystem::path& staging() const { return staging_; }
  /// Where it will be; an absolute path without symbolic links at its end.
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }

  /// Syncs all files and puts them under the final name. Once only. Throws Error(usage) when a target came into being
  /// meanwhile that may not be replaced, Error(io) for what the system says; nothing is published then, with one
  /// exception that the message names: the new result is in place but the older one cannot be removed.
  /// A stop is noticed between two files and throws Error(cancelled); nothing is published then.
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

/// Removes the staging directories of `target` whose processes are gone from this machine: what kill -9 leaves behind.
void remove_abandoned_staging(const std::filesystem::path& target);

}  // namespace wirecopy
