#include "pipeline/in_arena.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>

namespace wirecopy {

void in_arena(const RunContext& context, const std::function<void()>& work) {
  oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism, context.threads);
  oneapi::tbb::task_arena arena(static_cast<int>(context.threads));
  arena.execute(work);
}

}  // namespace wirecopy
