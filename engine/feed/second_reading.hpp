// Copies lines that a BlockReader has read before, as their original bytes, to where they belong.
//
//   LineCopier copier(reader.records(), sink);
//   for (each kept line) copier.copy(input, line.offset, line.length);
//   copier.finish();
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "feed/block_reader.hpp"

namespace wirecopy {

/// Whether reading this input again can begin at any place at no cost.
[[nodiscard]] bool can_read_anywhere(const InputRecord& record);
/// What a LineCopier writes for so many bytes from `offset` on.
[[nodiscard]] std::uint64_t copied_bytes(const InputRecord& record, std::uint64_t offset, std::uint64_t length);

/// Where copied bytes go.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  /// Throws Error(io).
  virtual void write(std::string_view bytes) = 0;
  /// For sinks that are a regular file: writes out what is buffered and returns the descriptor, at whose position the
  /// copier may let the system append `bytes` bytes itself (it calls appended() after that). -1: always use write().
  virtual int direct_descriptor() { return -1; }
  virtual void appended(std::uint64_t /*bytes*/) {}
};

/// Copies ranges of the inputs in ascending order. Adjacent ranges become one; plain files go by copy_file_range where
/// runs are long and the sink allows it; compressed inputs are decompressed again, inputs that are no regular file come
/// out of their spool. A last line without '\n' gets one. One thread.
class LineCopier {
 public:
  /// Both must outlive the copier.
  LineCopier(const std::vector<InputRecord>& records, ByteSink& sink);
  ~LineCopier();
  LineCopier(const LineCopier&) = delete;
  LineCopier& operator=(const LineCopier&) = delete;

  /// Copies `length` bytes at `offset` of the decompressed input: whole lines, none before those already copied. What
  /// is copied may reach the sink with a later call. Throws Error(io) where reading or writing fails, and "changed
  /// while it was being read" where a file is not the one that was read first (device, inode, size, time of change);
  /// Error(usage) for an input that cannot be read twice and has no spool. A caller's error: ranges out of order.
  void copy(std::uint32_t input, std::uint64_t offset, std::uint64_t length);
  /// The same to another sink, which must outlive the copier too.
  void copy(std::uint32_t input, std::uint64_t offset, std::uint64_t length, ByteSink& to);
  /// Must be called at the end. Throws as copy().
  void finish();

 private:
  class Reading;
  class PlainReading;
  class DecodedReading;
  void flush();
  static std::unique_ptr<Reading> open(const InputRecord& record);
  void close();

  const std::vector<InputRecord>& records_;
  ByteSink* sink_;
  ByteSink* to_;  // where the range not yet copied goes
  std::unique_ptr<Reading> reading_;
  std::uint32_t input_ = 0;
  std::uint64_t begin_ = 0;  // the range not yet copied
  std::uint64_t end_ = 0;
};

}  // namespace wirecopy
