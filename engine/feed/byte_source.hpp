// The bytes of an input as its lines: decompressed, and with one article per line.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "feed/compression.hpp"
#include "feed/document_lines.hpp"
#include "feed/raw_source.hpp"

namespace wirecopy {

struct SourceOptions {
  /// Checked while waiting for a pipe; see open_raw().
  const std::atomic<bool>* cancelled = nullptr;
  /// A regular file is read up to here.
  std::uint64_t limit = UINT64_MAX;
  /// A stream whose decoder would allocate a larger window is an Error(resources).
  std::uint64_t max_window = UINT64_MAX;
  /// JSON pointer to the array of articles in the document; empty: the document is the array, or there are lines.
  std::string records = {};
};

/// A stream of bytes in lines. Formats are detected by their first bytes, never by the file name: gzip, zstd (windows
/// up to 128 MiB), bzip2, xz, lz4 (all with any number of members) or no compression; in them, lines or a JSON document
/// (document_lines.hpp). Anything else that is recognised (foreign_format.hpp) is refused. Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Opens an input as open_raw() does, with the same errors. Throws Error(io) for a foreign format, Error(usage) for
  /// SourceOptions::records that is not a JSON pointer. This function or read() throws Error(resources) for a window
  /// that is too large.
  [[nodiscard]] static std::unique_ptr<ByteSource> open(const Input& input, const SourceOptions& options = {});
  /// The same for any stream of undecoded bytes; `name` is used in error messages.
  [[nodiscard]] static std::unique_ptr<ByteSource> decode(std::unique_ptr<RawSource> raw, const std::string& name = {},
                                                          const SourceOptions& options = {});

  /// Reads 1 to `capacity` bytes (capacity >= 1); 0 means the end. Throws Error(io) if the system cannot read.
  /// Truncated or damaged input does not throw: everything that could be decoded is returned, then the stream ends, and
  /// damage() gives the cause.
  virtual std::size_t read(char* to, std::size_t capacity) = 0;
  /// Set once read() has returned 0 early: "the gzip stream is truncated".
  [[nodiscard]] virtual const std::optional<std::string>& damage() const = 0;
  /// Bytes consumed so far, before decompression; for progress reports.
  [[nodiscard]] virtual std::uint64_t raw_bytes_read() const = 0;
  [[nodiscard]] virtual Compression compression() const = 0;
  [[nodiscard]] virtual Layout layout() const = 0;
  [[nodiscard]] virtual FileIdentity identity() const = 0;
  [[nodiscard]] virtual bool has_grown() const = 0;
};

}  // namespace wirecopy
