// dedup --dry-run: what a run would do, from the first lines of its inputs.
#pragma once

#include "pipeline/dedup.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Prints the mapping with examples, the parameters with their S-curve and the memory to expect; reads one block.
/// Returns the exit status.
int dry_run(const DedupRequest& request, RunContext& context);

}  // namespace wirecopy
