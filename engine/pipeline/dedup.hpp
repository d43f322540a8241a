// The main job: feeds in, a result out. The command line is glue over this.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "feed/feed_counts.hpp"
#include "pipeline/dedup_request.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Where a run keeps what --resume continues from: `out` with ".partial" appended. Exists only while a run that has
/// outgrown its memory is under way, or after it was stopped.
[[nodiscard]] std::filesystem::path state_of(const std::filesystem::path& out);
/// Whether there is something to continue.
[[nodiscard]] bool is_resumable(const std::filesystem::path& out);

/// The seed of what a run with --out that was stopped, or wirecopy sketch, has left; none where that is nothing.
[[nodiscard]] std::optional<std::uint64_t> seed_of_unfinished(const std::filesystem::path& out);
[[nodiscard]] std::optional<std::uint64_t> seed_of_unfinished_sketch(const std::filesystem::path& file);

/// Runs the whole program. Throws Error for what stops it; nothing is left under the final name then. Kept lines that
/// go to a descriptor cannot be taken back: those already written are whole, and are the first of what the run keeps.
/// An input that lies inside the directory to be replaced, or is the file that the kept lines go to, is refused
/// (Error(usage)).
DedupReport dedup(const DedupRequest& request, const DedupEvents& events, RunContext& context);

/// The first phase alone: sketches the inputs of a request into one file, which is there whole or not at all; the
/// request's output is ignored. All inputs must be regular files (Error(usage)). With `resume`, continues with what a
/// run that was stopped has left in state_of(file).
FeedCounts sketch_feeds(const DedupRequest& request, const std::filesystem::path& file, const DedupEvents& events,
                        RunContext& context);

}  // namespace wirecopy
