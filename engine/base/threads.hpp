// Threads where the system may have none left.
//
// A process can be at its limit of threads (ulimit -u, a control group). The standard library throws then, which ends
// the process where nobody expects it: in oneTBB, which starts its workers deep inside a parallel loop, and calls
// std::terminate. So the number of threads that a run may use is found out first, by starting as many and letting them
// go; oneTBB is told to use no more. Another process may take what was free a moment ago: that is not guarded against.
#pragma once

#include <fmt/format.h>

#include <system_error>
#include <thread>
#include <utility>
#include <wirecopy/error.hpp>

namespace wirecopy {

/// How many threads can run beside this one, `wanted` at most. They are started, and gone on return: about 20 us each.
[[nodiscard]] unsigned startable_threads(unsigned wanted);

/// Starts a std::thread or std::jthread. Throws Error(resources) where the system gives none.
template <typename Thread, typename Body>
[[nodiscard]] Thread start_thread(Body&& body) {
  try {
    return Thread(std::forward<Body>(body));
  } catch (const std::system_error& error) {
    throw Error(ErrorKind::resources, fmt::format("cannot start a thread: {}", error.code().message()));
  }
}

}  // namespace wirecopy
