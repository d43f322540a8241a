// The bytes of an input after decompression.
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

/// A stream of decompressed bytes. What the bytes are is found by their first four, never by the file's name: gzip
/// (1f 8b; any number of members, zero padding behind the last), zstd (28 b5 2f fd, or a skippable frame; any number of
/// frames, windows up to 128 MiB) or plain. One thread at a time.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Opens an input as open_raw() does, and throws as that; throws Error(resources) too, here or from read(), where a
  /// zstd frame's window is larger than `max_window`.
  [[nodiscard]] static std::unique_ptr<ByteSource> open(const Input& input,
                                                        const std::atomic<bool>* cancelled = nullptr,
                                                        std::uint64_t limit = UINT64_MAX,
                                                        std::uint64_t max_window = UINT64_MAX);
  /// The same over any stream of undecoded bytes; `name` is for messages.
  [[nodiscard]] static std::unique_ptr<ByteSource> decode(std::unique_ptr<RawSource> raw, const std::string& name = {},
                                                          std::uint64_t max_window = UINT64_MAX);

  /// Reads 1 to `capacity` bytes (capacity >= 1); 0 is the end. Throws Error(io) when the system cannot read. Truncated
  /// or damaged compression does not throw: everything that could be decoded comes out, then the stream ends, and
  /// damage() says why.
  virtual std::size_t read(char* to, std::size_t capacity) = 0;
  /// Set once read() has returned 0 early: "the gzip stream is truncated".
  [[nodiscard]] virtual const std::optional<std::string>& damage() const = 0;
  /// Bytes taken from the input so far, before decompression: for progress.
  [[nodiscard]] virtual std::uint64_t raw_bytes_read() const = 0;
  [[nodiscard]] virtual Compression compression() const = 0;
  [[nodiscard]] virtual FileIdentity identity() const = 0;
  [[nodiscard]] virtual bool has_grown() const = 0;
};

}  // namespace wirecopy
