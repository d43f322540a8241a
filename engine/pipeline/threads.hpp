// Resources, resolved to numbers.
#pragma once

#include <wirecopy/options.hpp>

#include "base/kernel.hpp"

namespace wirecopy {

/// Threads to use: as requested, else as many as the process may run on; fewer where the system gives no more (see
/// base/threads.hpp). Throws Error(usage) for more than 1024.
[[nodiscard]] unsigned thread_count(const Resources& resources);

/// The same for an arena of oneTBB, which warns on stderr if more workers than processors are requested.
[[nodiscard]] unsigned worker_count(const Resources& resources);

/// The requested kernel, else the best. Throws Error(usage) for one that this processor does not have.
[[nodiscard]] Kernel chosen_kernel(const Resources& resources);

}  // namespace wirecopy
