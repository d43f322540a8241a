// Whether a file is the one that was read before, by what it holds.
//
// Problem: who reads a feed a second time, perhaps on another machine, should learn before the work begins that it is
// another one. Device, inode and time of change do not tell: they differ for a copy of the same bytes, and agree where
// a mapping or a tool that restores times has written.
// Idea: the size, and digests of 64 windows of 4 KiB that are spread evenly over the file, both ends included. A file
// of up to 256 KiB is looked at as a whole. Cost: 64 small reads a file.
// What it does not see is a change between the windows of a larger file. It need not: the second reading checks every
// line that it takes (second_reading.hpp). This look saves work, that one keeps the promise.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/hash.hpp"

namespace wirecopy {

struct FileIdentity {
  static constexpr std::size_t kWindows = 64;
  static constexpr std::uint64_t kWindowBytes = 4096;

  bool regular = false;    ///< false: stdin, fifo, device; the other members are then 0
  std::uint64_t size = 0;  ///< bytes on disk, compressed ones as they are
  std::array<std::uint64_t, kWindows> windows{};

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
  /// All of it in 128 bits.
  [[nodiscard]] Digest digest() const;
};

/// The identity of the first `size` bytes of an open regular file. Throws Error(io); `name` is for its message.
[[nodiscard]] FileIdentity identity_of(int descriptor, std::uint64_t size, const std::string& name);
/// That of a file by its name. What is no regular file gives an empty one. Throws Error(io) for what cannot be opened
/// or read ("feed.jsonl: no such file").
[[nodiscard]] FileIdentity identity_of(const std::string& name);

/// What differs, for a message: "it has 120 bytes, not 100", "its bytes 4096 to 8191 differ". Empty where nothing does.
[[nodiscard]] std::string difference(const FileIdentity& now, const FileIdentity& before);

}  // namespace wirecopy
