// The raw bytes of a file: the only place in this module that performs the first reading.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "feed/file_identity.hpp"
#include "feed/input.hpp"

namespace wirecopy {

/// A stream of undecoded bytes. Tests substitute fakes (short reads, errors).
class RawSource {
 public:
  virtual ~RawSource() = default;
  /// Reads 1 to `capacity` bytes; 0 means the end. Throws Error(io) for errors of the system, and Error(cancelled).
  virtual std::size_t read(char* to, std::size_t capacity) = 0;
  /// The identity of a regular file, up to where it is read.
  [[nodiscard]] virtual FileIdentity identity() const { return {}; }
  /// Whether bytes were appended after the part that is read.
  [[nodiscard]] virtual bool has_grown() const { return false; }
};

/// Opens an input. Of a regular file it reads the bytes that exist now, at most `limit`: bytes that are appended later
/// are ignored, and a file that becomes shorter is an Error(io). (Files without a size, as in /proc, are read to their
/// end.) While waiting for a pipe it checks `*cancelled` ten times a second and throws Error(cancelled) once it is
/// true. Throws Error(io) for anything that cannot be opened, including directories.
[[nodiscard]] std::unique_ptr<RawSource> open_raw(const Input& input, const std::atomic<bool>* cancelled = nullptr,
                                                  std::uint64_t limit = UINT64_MAX);

}  // namespace wirecopy
