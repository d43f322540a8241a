// Phase one: a feed streams through once and leaves a corpus.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "pipeline/run_context.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {

/// What the phase reports while it runs; called by one thread at a time, in input order.
struct FeedEvents {
  std::function<void(const Reject&)> on_reject = [](const Reject&) {};
  /// The fields found in the first block that has an article.
  std::function<void(const FieldUsage&)> on_mapping = [](const FieldUsage&) {};
};

/// What one block of the feed gave.
struct SketchedBlock {
  SketchBlock sketch;  ///< may be taken out; what is left grows no more than a block needs, and is used again
  std::vector<Reject> rejects;
  FieldUsage usage;
  FeedPosition end;                 ///< what comes after it
  bool is_resumable = true;         ///< whether reading could continue at `end`
  std::vector<InputRecord> inputs;  ///< those finished since the last block, and this block's own as far as it was read
};

/// Takes blocks in input order, one at a time.
using SketchSink = std::function<void(SketchedBlock&)>;

/// Reads, parses, tokenises and signs all that `reader` gives, and hands it to `sink`. An article without an id is
/// named "input:line" (base/file_name_text.hpp). Throws Error for what stops a run.
FeedCounts sketch_feed(BlockReader& reader, std::span<const Input> inputs, const FieldMap& fields,
                       const Sketcher& sketcher, const SketchSink& sink, const FeedEvents& events, RunContext& context);

struct FeedReading {
  FeedCounts counts;
  std::vector<InputRecord> records;  ///< of all inputs that `reading` knows, those of an earlier run included
};

/// Opens `inputs` and sketches all of them, as sketch_feed(). Stops when the context says so, also while it waits for a
/// pipe; `reading.cancelled` and `reading.records` are set here.
FeedReading sketch_inputs(std::span<const Input> inputs, BlockReader::Options reading, const FieldMap& fields,
                          const Sketcher& sketcher, const SketchSink& sink, const FeedEvents& events,
                          RunContext& context);

/// Appends to a corpus; ordinals begin at `first_ordinal`.
[[nodiscard]] SketchSink append_to(Corpus& corpus, std::uint64_t first_ordinal);

}  // namespace wirecopy
