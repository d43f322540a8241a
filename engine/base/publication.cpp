#include "base/publication.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <random>
#include <system_error>
#include <vector>

#include "base/cancellation.hpp"
#include "base/file_descriptor.hpp"
#include "base/option_error.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, std::string_view why) {
  throw Error(ErrorKind::usage, fmt::format("{} {}", path.native(), why));
}

void throw_if(const std::error_code& failure, const fs::path& path, std::string_view what) {
  if (failure) throw_system_error(path.native(), what, failure.value());
}

// Absolute, without a trailing slash or dot; a symbolic link as the last component is resolved.
fs::path resolve(const fs::path& given) {
  if (given.empty()) throw Error(ErrorKind::usage, "the output directory has no name");
  std::error_code failure;
  fs::path path = fs::absolute(given, failure);
  throw_if(failure, given, "cannot find");
  while (!path.has_filename() && path.has_relative_path()) path = path.parent_path();
  if (fs::is_directory(path, failure)) {
    path = fs::canonical(path, failure);
    throw_if(failure, given, "cannot find");
    return path;
  }
  const fs::path parent = fs::canonical(path.parent_path(), failure);
  throw_if(failure, path.parent_path(), "cannot create the output directory in it");
  return parent / path.filename();
}

bool is_mount_point(const fs::path& path) {
#ifdef STATX_ATTR_MOUNT_ROOT
  struct statx status {};
  if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &status) != 0) return false;
  return (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#else
  return path == path.root_path();
#endif
}

// True if empty, or if it contains only known files, including the marker.
bool looks_like_a_result(const fs::path& directory, const std::string& marker,
                         const std::optional<std::vector<std::string>>& others) {
  const auto is_known = [&](const fs::path& name) {
    return name == marker || !others || std::find(others->begin(), others->end(), name) != others->end();
  };
  std::error_code failure;
  fs::directory_iterator entry(directory, failure);
  throw_if(failure, directory, "cannot read");
  bool empty = true;
  bool marked = false;
  for (; entry != fs::directory_iterator(); entry.increment(failure)) {
    if (!entry->is_regular_file(failure) || entry->is_symlink(failure)) return false;
    if (!is_known(entry->path().filename())) return false;
    empty = false;
    marked = marked || entry->path().filename() == marker;
  }
  throw_if(failure, directory, "cannot read");
  return empty || marked;
}

fs::path create_staging_directory(const fs::path& target) {
  std::random_device random;
  for (;;) {
    fs::path path = fmt::format("{}.partial-{}-{:08x}", target.native(), ::getpid(), random());
    if (::mkdir(path.c_str(), 0777) == 0) return path;
    if (errno != EEXIST) throw_system_error(path.native(), "cannot create", errno);
  }
}

void sync_path(const fs::path& path) {
  const FileDescriptor file = open_for_reading(path);
  sync_file(file.get(), path.native());
}

// Everything in the directory, and finally the directory itself.
void sync_tree(const fs::path& directory, const std::stop_token& stop) {
  std::error_code failure;
  fs::recursive_directory_iterator entry(directory, failure);
  for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    throw_if_stopped(stop);
    if (!entry->is_symlink()) sync_path(entry->path());
  }
  throw_if(failure, directory, "cannot read");
  sync_path(directory);
}

// 0 or an errno value.
int rename_with(const fs::path& from, const fs::path& to, unsigned flags) {
  return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0 ? 0 : errno;
}

bool is_unsupported(int error) { return error == EINVAL || error == ENOSYS || error == ENOTSUP; }

void rename_plainly(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw_system_error(to.native(), "cannot publish", errno);
}

bool is_taken(const fs::path& path) {
  std::error_code failure;
  return fs::exists(fs::symlink_status(path, failure));
}

// Two renames instead of an exchange; undoes the first when the second fails.
void exchange_plainly(const fs::path& staging, const fs::path& target) {
  const fs::path aside = staging.native() + ".old";
  rename_plainly(target, aside);
  if (::rename(staging.c_str(), target.c_str()) != 0) {
    const int error = errno;
    rename_plainly(aside, target);
    throw_system_error(target.native(), "cannot publish", error);
  }
  rename_plainly(aside, staging);
}

// The process that owns a staging directory; 0 if it is not a staging directory of `target`.
::pid_t owner_of(const fs::path& path, const fs::path& target) {
  const std::string name = path.filename().native(), prefix = target.filename().native() + ".partial-";
  ::pid_t process = 0;
  if (!name.starts_with(prefix)) return 0;
  const auto read = std::from_chars(name.data() + prefix.size(), name.data() + name.size(), process);
  return read.ec == std::errc() && read.ptr != name.data() + name.size() && *read.ptr == '-' ? process : 0;
}

}  // namespace

void remove_abandoned_staging(const fs::path& target) {
  std::error_code ignored;
  std::vector<fs::path> abandoned;
  for (fs::directory_iterator entry(target.parent_path(), ignored); !ignored && entry != fs::directory_iterator();
       entry.increment(ignored)) {
    const ::pid_t owner = owner_of(entry->path(), target);
    if (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH) abandoned.push_back(entry->path());
  }
  for (const fs::path& path : abandoned) fs::remove_all(path, ignored);
}

Publication::Publication(const fs::path& target, bool replace, std::string marker,
                         std::optional<std::vector<std::string>> others)
    : target_(resolve(target)), replace_(replace), marker_(std::move(marker)), others_(std::move(others)) {
  if (is_taken(target_)) check_target();
  staging_ = create_staging_directory(target_);
}

Publication::~Publication() {
  std::error_code ignored;  // a destructor cannot report it
  if (!published_) fs::remove_all(staging_, ignored);
}

void Publication::check_target() const {
  std::error_code failure;
  if (!fs::is_directory(fs::symlink_status(target_, failure))) refuse(target_, "exists and is not a directory");
  if (!replace_) throw RemediableError(ErrorKind::usage, target_.native() + " exists", Remedy::replace);
  if (fs::equivalent(target_, fs::current_path(failure), failure))
    refuse(target_, "is the current directory; choose one inside it");
  if (is_mount_point(target_)) refuse(target_, "is a mount point and cannot be replaced; choose a directory inside it");
  if (!looks_like_a_result(target_, marker_, others_)) {
    refuse(target_, fmt::format("does not look like an earlier result (no {} in it, or files that are not part of a "
                                "result); it is left unchanged",
                                marker_));
  }
}

void Publication::publish(const std::stop_token& stop) {
  sync_tree(staging_, stop);
  move_into_place();
  published_ = true;
  sync_exchange();
  std::error_code failure;
  fs::remove_all(staging_, failure);  // the older result, if there was one
  throw_if(failure, staging_, fmt::format("{} is in place, but the older one cannot be removed", target_.native()));
}

// A power failure may undo renames that are not on disk yet, so they are synced before the older result is removed.
void Publication::sync_exchange() const {
  try {
    sync_path(target_.parent_path());
  } catch (const Error& error) {
    if (!is_taken(staging_)) throw;
    throw Error(error.kind(), fmt::format("{}; {} is in place, and the older result is kept as {}", error.what(),
                                          target_.native(), staging_.native()));
  }
}

void Publication::move_into_place() {
  const int error = rename_with(staging_, target_, RENAME_NOREPLACE);
  if (error == 0) return;
  if (error == EEXIST || (is_unsupported(error) && is_taken(target_))) return replace_target();
  if (!is_unsupported(error)) throw_system_error(target_.native(), "cannot publish", error);
  rename_plainly(staging_, target_);
}

void Publication::replace_target() {
  check_target();
  const int error = rename_with(staging_, target_, RENAME_EXCHANGE);
  if (error == 0) return;
  if (!is_unsupported(error)) throw_system_error(target_.native(), "cannot publish", error);
  exchange_plainly(staging_, target_);
}

}  // namespace wirecopy
