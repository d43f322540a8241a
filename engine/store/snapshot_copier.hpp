// Copies files of a directory while another process writes and deletes there.
//
// Problem: files that belong together must be copied in one state, and copying large ones to another file system
// takes minutes, in which they may be deleted.
// Idea: take hold of all of them first, by a link where a file never changes and the target is on the same file system,
// by an open descriptor otherwise. That is quick, and what is held can be copied at any later time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// For one thread. Throws Error(io), Error(resources).
class SnapshotCopier {
 public:
  /// Into the directory `into`, under their own names.
  explicit SnapshotCopier(std::filesystem::path into) : into_(std::move(into)) {}

  /// Holds the first `bytes` bytes of a file; `is_final`: it never changes. False where it is not there.
  bool take(const std::filesystem::path& file, std::uint64_t bytes, bool is_final);
  /// A file of these bytes.
  void write(std::string_view name, std::string_view bytes) const;
  /// Copies what could not be linked. Throws Error(cancelled) soon after `stop` is asked to stop.
  void copy(const std::stop_token& stop);

 private:
  struct Held {
    std::string name;
    FileDescriptor file;
    std::uint64_t bytes;
  };

  void copy(const Held& held, const std::stop_token& stop) const;

  std::filesystem::path into_;
  std::vector<Held> held_;
};

}  // namespace wirecopy
