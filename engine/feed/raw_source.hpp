// The bytes of a file as the system hands them out: the one place of this module that reads for the first time.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "feed/input.hpp"

namespace wirecopy {

/// What identifies the content of a regular file between two readings.
struct FileIdentity {
  bool regular = false;  ///< false: stdin, fifo, device; the other members are then 0
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// The identity of the file behind an open descriptor. Throws Error(io); `name` is for its message.
[[nodiscard]] FileIdentity identity_of(int descriptor, const std::string& name);

/// A stream of undecoded bytes. Tests put fakes in its place (short reads, errors).
class RawSource {
 public:
  virtual ~RawSource() = default;
  /// Reads 1 to `capacity` bytes; 0 is the end. Throws Error(io) for what the system reports, Error(cancelled).
  virtual std::size_t read(char* to, std::size_t capacity) = 0;
  /// As it is now.
  [[nodiscard]] virtual FileIdentity identity() const { return {}; }
};

/// Opens an input. While it waits for a pipe it looks at `*cancelled` ten times a second and throws Error(cancelled)
/// when it is set. Throws Error(io) for what cannot be opened, directories among it.
[[nodiscard]] std::unique_ptr<RawSource> open_raw(const Input& input, const std::atomic<bool>* cancelled = nullptr);

}  // namespace wirecopy
