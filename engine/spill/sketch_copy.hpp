// Sketch files that are somebody else's.
//
// Problem: a sketch file is used through a mapping, and a page of a mapping that is no longer there, because somebody
// has cut the file, is a signal (SIGBUS) and the end of the process. A library may not catch signals; looking at the
// size before each use leaves a gap; reading all of it into memory is what the mapping is there to avoid.
// Idea: what is mapped is a copy without a name, which nobody else can open. Everything is checked in the copy, so that
// a file that is cut or written to while it is copied is an Error(state) and no more. Cost: one pass over the file, and
// as much disk again while the run lasts; file systems that share blocks between files (XFS, Btrfs) need neither.
// The file of a run's own state stays as it is: it is locked, and its directory is the run's.
#pragma once

#include <filesystem>
#include <stop_token>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// Copies a file into one without a name in `directory`. Throws Error(io), Error(cancelled).
[[nodiscard]] FileDescriptor copy_sketch_file(const std::filesystem::path& path, const std::filesystem::path& directory,
                                              const std::stop_token& stop);

}  // namespace wirecopy
