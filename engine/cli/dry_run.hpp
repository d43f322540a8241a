// dedup --dry-run: describes a run from the first lines of its inputs.
#pragma once

#include "pipeline/dedup.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Prints the field mapping with examples, the parameters with their S-curve and the expected memory use. Reads one
/// block. Returns the exit status.
int dry_run(const DedupRequest& request, RunContext& context);

}  // namespace wirecopy
