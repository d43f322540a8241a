#include "pipeline/threads.hpp"

#include <oneapi/tbb/info.h>

#include <wirecopy/error.hpp>

namespace wirecopy {

unsigned thread_count(const Resources& resources) {
  return resources.threads > 0 ? resources.threads : static_cast<unsigned>(oneapi::tbb::info::default_concurrency());
}

Kernel chosen_kernel(const Resources& resources) {
  if (resources.kernel.empty()) return best_kernel();
  const auto kernel = kernel_by_name(resources.kernel);
  if (!kernel) throw Error(ErrorKind::usage, "this processor has no kernel \"" + resources.kernel + "\"");
  return *kernel;
}

}  // namespace wirecopy
