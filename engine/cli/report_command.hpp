// Shared by `wirecopy report`, `wirecopy dedup --report` and `wirecopy resolve --report`.
#pragma once

#include <string>

#include "inspect/feed_again.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Writes the report of a result directory, and prints a summary of its contents to standard error.
void make_report(const std::string& result, const std::string& file, const Workspace& workspace, RunContext& context);

}  // namespace wirecopy
