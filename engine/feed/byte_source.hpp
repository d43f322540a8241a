// The decompressed bytes of an input.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "feed/raw_source.hpp"

namespace wirecopy {

enum class Compression { none, gzip, zstd };

/// A stream of decompressed bytes. The format is detected by the first four bytes, never by the file name: gzip (1f 8b;
/// any number of members, zero padding after the last one), zstd (28 b5 2f fd, or a skippable frame; any number of
/// frames, windows up to 128 MiB) or plain. Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Opens an input as open_raw() does, with the same errors. If the window of a zstd frame is larger than
  /// `max_window`, this function or read() throws Error(resources).
  [[nodiscard]] static std::unique_ptr<ByteSource> open(const Input& input,
                                                        const std::atomic<bool>* cancelled = nullptr,
                                                        std::uint64_t limit = UINT64_MAX,
                                                        std::uint64_t max_window = UINT64_MAX);
  /// The same for any stream of undecoded bytes; `name` is used in error messages.
  [[nodiscard]] static std::unique_ptr<ByteSource> decode(std::unique_ptr<RawSource> raw, const std::string& name = {},
                                                          std::uint64_t max_window = UINT64_MAX);

  /// Reads 1 to `capacity` bytes (capacity >= 1); 0 means the end. Throws Error(io) if the system cannot read.
  /// Truncated or damaged compression does not throw: everything that could be decoded is returned, then the stream
  /// ends, and damage() gives the cause.
  virtual std::size_t read(char* to, std::size_t capacity) = 0;
  /// Set once read() has returned 0 early: "the gzip stream is truncated".
  [[nodiscard]] virtual const std::optional<std::string>& damage() const = 0;
  /// Bytes consumed so far, before decompression; for progress reports.
  [[nodiscard]] virtual std::uint64_t raw_bytes_read() const = 0;
  [[nodiscard]] virtual Compression compression() const = 0;
  [[nodiscard]] virtual FileIdentity identity() const = 0;
  [[nodiscard]] virtual bool has_grown() const = 0;
};

}  // namespace wirecopy
