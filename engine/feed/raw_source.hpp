// The bytes of a file as the system hands them out: the one place of this module that reads for the first time.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "feed/file_identity.hpp"
#include "feed/input.hpp"

namespace wirecopy {

/// A stream of undecoded bytes. Tests put fakes in its place (short reads, errors).
class RawSource {
 public:
  virtual ~RawSource() = default;
  /// Reads 1 to `capacity` bytes; 0 is the end. Throws Error(io) for what the system reports, Error(cancelled).
  virtual std::size_t read(char* to, std::size_t capacity) = 0;
  /// What a regular file holds, as far as it is read.
  [[nodiscard]] virtual FileIdentity identity() const { return {}; }
  /// Whether there are bytes now behind those that are read.
  [[nodiscard]] virtual bool has_grown() const { return false; }
};

/// Opens an input. Of a regular file it reads the bytes that are there now, at most `limit`: what is appended later is
/// left alone, and a file that becomes shorter is an Error(io). (Files of a system that gives no sizes, as /proc, are
/// read to their end.) While it waits for a pipe it looks at `*cancelled` ten times a second and throws
/// Error(cancelled) when it is set. Throws Error(io) for what cannot be opened, directories among it.
[[nodiscard]] std::unique_ptr<RawSource> open_raw(const Input& input, const std::atomic<bool>* cancelled = nullptr,
                                                  std::uint64_t limit = UINT64_MAX);

}  // namespace wirecopy
