// Copies the original bytes of lines that a BlockReader has read before.
//
//   LineCopier copier(reader.records(), sink);
//   for (each kept line) copier.copy(position);
//   copier.finish();
//
// Problem: between the two readings anybody may write to the feed, in a way that neither its size nor its modification
// time reveals (a memory mapping can write without changing either). A result must contain exactly the lines that were
// judged.
// Idea: the first reading computes a digest of every line (line_digest). The second one reads each line into memory as
// a whole, checks its digest there, and writes those very bytes.
// Why it is correct: nothing reaches a sink unchecked, and what was checked cannot change any more. The rest of the
// file need not be the same: a feed that has grown, was copied or was touched still provides its lines.
// Cost: a hash of the kept lines (it runs at several GB/s), and copying them through user memory. The system's own
// copying (copy_file_range) is not an option, because the copied bytes cannot be checked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/line_position.hpp"
#include "feed/block_reader.hpp"

namespace wirecopy {

/// Whether a second reading of this input can start at any position at no cost.
[[nodiscard]] bool can_read_anywhere(const InputRecord& record);
/// The number of bytes that a LineCopier writes for `length` bytes at `offset`; unknown for an article of a document,
/// which is written without the white space around it.
[[nodiscard]] std::optional<std::uint64_t> copied_bytes(const InputRecord& record, std::uint64_t offset,
                                                        std::uint64_t length);

/// The destination of copied bytes.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  /// Writes one whole line, or the newline that the last line of an input lacks. Throws Error(io).
  virtual void write(std::string_view bytes) = 0;
  /// Called from time to time while much is read and nothing is written; may throw to cancel.
  virtual void wait() {}
};

/// Copies lines of the inputs in ascending order; an article of a document (feed/document_lines.hpp) becomes a line of
/// its own. Inputs that are compressed or documents are decoded again; inputs that are not regular files are read from
/// their spool. A last line without '\n' gets one. Memory: 256 KiB, or the longest line if that is longer. Not
/// thread-safe.
class LineCopier {
 public:
  /// Both must outlive the copier.
  LineCopier(const std::vector<InputRecord>& records, ByteSink& sink);
  ~LineCopier();
  LineCopier(const LineCopier&) = delete;
  LineCopier& operator=(const LineCopier&) = delete;

  /// Copies a line, which must come after those already copied. Throws Error(io) if reading or writing fails or if the
  /// line is not the one that was read first ("feed.jsonl:17: ..."), Error(usage) if the input cannot be read twice and
  /// has no spool.
  void copy(const LinePosition& position) { copy(position, *sink_); }
  /// The same to another sink.
  void copy(const LinePosition& position, ByteSink& to);
  /// Must be called at the end. Throws like copy(), and if a compressed input that was sound does not end as it did.
  void finish();

 private:
  class Reading;
  class PlainReading;
  class DecodedReading;
  std::unique_ptr<Reading> open(const InputRecord& record) const;
  void write(const InputRecord& record, std::string_view bytes, ByteSink& to);

  const std::vector<InputRecord>& records_;
  ByteSink* sink_;
  std::unique_ptr<Reading> reading_;
  std::uint32_t input_ = 0;
  std::uint64_t end_ = 0;  // end of the last copied line
  std::string compact_;    // an article of a document
};

}  // namespace wirecopy
