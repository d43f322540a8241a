#include "pipeline/threads.hpp"

#include <oneapi/tbb/info.h>

#include <algorithm>
#include <wirecopy/error.hpp>

#include "base/option_error.hpp"
#include "base/threads.hpp"

namespace wirecopy {
namespace {

constexpr unsigned kMaxThreads = 1024;

}  // namespace

unsigned thread_count(const Resources& resources) {
  if (resources.threads > kMaxThreads) throw OptionError("threads", "0 to 1024");
  const auto processors = static_cast<unsigned>(oneapi::tbb::info::default_concurrency());
  const unsigned wanted = resources.threads > 0 ? resources.threads : processors;
  // The calling thread is one of them, and two are left: for the memory, and for whatever else a run starts.
  const unsigned startable = startable_threads(wanted + 1);
  return std::max(2U, startable) - 1;
}

unsigned worker_count(const Resources& resources) {
  return std::min(thread_count(resources), static_cast<unsigned>(oneapi::tbb::info::default_concurrency()));
}

Kernel chosen_kernel(const Resources& resources) {
  if (resources.kernel.empty()) return best_kernel();
  const auto kernel = kernel_by_name(resources.kernel);
  if (!kernel) throw Error(ErrorKind::usage, "this processor has no kernel \"" + resources.kernel + "\"");
  return *kernel;
}

}  // namespace wirecopy
