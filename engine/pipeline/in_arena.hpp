// Parallel work within the threads that a run was given.
#pragma once

#include <functional>

#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Calls `work`, whose parallel loops then use context.threads threads at most. Errors come out of it.
void in_arena(const RunContext& context, const std::function<void()>& work);

}  // namespace wirecopy
