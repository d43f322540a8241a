// Copies lines that a BlockReader has read before, as their original bytes, to where they belong.
//
//   LineCopier copier(reader.records(), sink);
//   for (each kept line) copier.copy(place);
//   copier.finish();
//
// Problem: between the two readings anybody may write to the feed, in a way that neither its size nor its time of
// change gives away (a mapping writes without either). A result must hold exactly the lines that were judged. Idea: the
// first reading takes a digest of every line (line_digest). The second one brings each line into memory as a whole,
// checks its digest there, and hands out those very bytes. Why it is right: nothing reaches a sink that was not
// checked, and what was checked cannot change any more. Nothing else of the file needs to be as it was: a feed that has
// grown, was copied or was touched still gives its lines.
// Cost: a hash of what is kept (it runs at several GB/s), and the way through our memory; the system's own copying
// (copy_file_range) is no choice, as what it copies is seen by nobody.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/line_place.hpp"
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
  /// Takes one line as a whole, or the newline that the last line of an input lacks. Throws Error(io).
  virtual void write(std::string_view bytes) = 0;
  /// Called now and then while much is read and nothing written; may throw to make an end of it.
  virtual void wait() {}
};

/// Copies lines of the inputs in ascending order. Compressed inputs are decompressed again, inputs that are no regular
/// file come out of their spool. A last line without '\n' gets one. Its memory: 256 KiB, or the longest line if that is
/// longer. One thread.
class LineCopier {
 public:
  /// Both must outlive the copier.
  LineCopier(const std::vector<InputRecord>& records, ByteSink& sink);
  ~LineCopier();
  LineCopier(const LineCopier&) = delete;
  LineCopier& operator=(const LineCopier&) = delete;

  /// Copies a line, which must stand behind those already copied. Throws Error(io) where reading or writing fails, and
  /// where the line is not the one that was read first ("feed.jsonl:17: ..."); Error(usage) for an input that cannot be
  /// read twice and has no spool. A caller's error: lines out of order.
  void copy(const LinePlace& place) { copy(place, *sink_); }
  /// The same to another sink.
  void copy(const LinePlace& place, ByteSink& to);
  /// Must be called at the end. Throws as copy(), and where a compressed input that was sound does not end as it did.
  void finish();

 private:
  class Reading;
  class PlainReading;
  class DecodedReading;
  std::unique_ptr<Reading> open(const InputRecord& record) const;

  const std::vector<InputRecord>& records_;
  ByteSink* sink_;
  std::unique_ptr<Reading> reading_;
  std::uint32_t input_ = 0;
  std::uint64_t end_ = 0;  // of the last line copied
};

}  // namespace wirecopy
