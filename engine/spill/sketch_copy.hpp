// Safe access to sketch files that other processes may change.
//
// Problem: a sketch file is accessed through a mapping. If somebody truncates the file, accessing a page that no longer
// exists raises a signal (SIGBUS), which ends the process. A library must not catch signals; checking the size before
// each access leaves a gap; and reading the whole file into memory is what the mapping is there to avoid.
// Idea: map a copy without a name, which nobody else can open. Everything is checked in the copy, so a file that is
// truncated or written to while it is copied is no worse than an Error(state). Cost: one pass over the file, and the
// same disk space again while the run lasts; file systems that share blocks between files (XFS, Btrfs) need neither.
// The state file of a run itself is not copied: it is locked, and its directory belongs to the run.
#pragma once

#include <filesystem>
#include <stop_token>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// Copies a file into an unnamed file in `directory`. Throws Error(io), Error(cancelled).
[[nodiscard]] FileDescriptor copy_sketch_file(const std::filesystem::path& path, const std::filesystem::path& directory,
                                              const std::stop_token& stop);

}  // namespace wirecopy
