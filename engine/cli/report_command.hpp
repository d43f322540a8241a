// What `wirecopy report` and `wirecopy dedup --report` share.
#pragma once

#include <string>

#include "inspect/feed_again.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Writes the report of a result directory, and says on standard error what is in it.
void make_report(const std::string& result, const std::string& file, const Workspace& workspace, RunContext& context);

}  // namespace wirecopy
