// Phase one: a feed streams through once and leaves a corpus.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "pipeline/run_context.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {

/// What the phase tells while it runs; called by one thread at a time, in input order.
struct FeedEvents {
  std::function<void(const Reject&)> on_reject = [](const Reject&) {};
  /// The fields found in the first block that has an article.
  std::function<void(const FieldUsage&)> on_mapping = [](const FieldUsage&) {};
};

/// Reads, parses, tokenises and signs all that `reader` gives, and appends it to `corpus`; ordinals begin at
/// `first_ordinal`. An article without an id is named "input:line". Throws Error for what stops a run.
FeedCounts sketch_feed(BlockReader& reader, std::span<const Input> inputs, const FieldMap& fields,
                       const Sketcher& sketcher, std::uint64_t first_ordinal, Corpus& corpus, const FeedEvents& events,
                       RunContext& context);

}  // namespace wirecopy
