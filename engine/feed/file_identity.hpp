// Recognises a file that was read before by its content.
//
// Problem: a user who reads a feed a second time, perhaps on another machine, should learn before the work begins that
// it is a different feed. Device, inode and modification time do not help: they differ for a copy of the same bytes,
// and are equal if a memory mapping or a tool that restores times has changed the file.
// Idea: use the size, and digests of 64 windows of 4 KiB that are spread evenly over the file, including both ends. A
// file of up to 256 KiB is covered completely. Cost: 64 small reads per file.
// A change between the windows of a larger file goes unnoticed. That is acceptable, because the second reading checks
// every line that it copies (second_reading.hpp). This check saves work; that one guarantees correctness.
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

  bool regular = false;    ///< false for stdin, a fifo or a device; the other members are then 0
  std::uint64_t size = 0;  ///< bytes on disk (compressed, if the file is)
  std::array<std::uint64_t, kWindows> windows{};

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
  /// The whole identity in 128 bits.
  [[nodiscard]] Digest digest() const;
};

/// The identity of the first `size` bytes of an open regular file. Throws Error(io); `name` is used in error messages.
[[nodiscard]] FileIdentity identity_of(int descriptor, std::uint64_t size, const std::string& name);
/// The identity of a file by its name; empty if it is not a regular file. Throws Error(io) if it cannot be opened or
/// read ("feed.jsonl: no such file").
[[nodiscard]] FileIdentity identity_of(const std::string& name);

/// The difference, for a message: "it has 120 bytes, not 100", "its bytes 4096 to 8191 differ". Empty if there is none.
[[nodiscard]] std::string difference(const FileIdentity& now, const FileIdentity& before);

}  // namespace wirecopy
