#include "pipeline/threads.hpp"

#include <oneapi/tbb/info.h>

#include <wirecopy/error.hpp>

namespace wirecopy {
namespace {

constexpr unsigned kMostThreads = 1024;

}  // namespace

unsigned thread_count(const Resources& resources) {
  if (resources.threads > kMostThreads) throw Error(ErrorKind::usage, "--threads must be 0 to 1024");
  return resources.threads > 0 ? resources.threads : static_cast<unsigned>(oneapi::tbb::info::default_concurrency());
}

Kernel chosen_kernel(const Resources& resources) {
  if (resources.kernel.empty()) return best_kernel();
  const auto kernel = kernel_by_name(resources.kernel);
  if (!kernel) throw Error(ErrorKind::usage, "this processor has no kernel \"" + resources.kernel + "\"");
  return *kernel;
}

}  // namespace wirecopy
