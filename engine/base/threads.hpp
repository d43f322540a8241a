// Starting threads when the system may be out of them.
//
// A process can be at its thread limit (ulimit -u, a control group). The standard library then throws, which ends the
// process in an unexpected place: oneTBB starts its workers deep inside a parallel loop and calls std::terminate. So
// the number of threads that a run may use is determined first, by starting that many and letting them end, and oneTBB
// is limited to it. This does not guard against another process taking the free threads in the meantime.
#pragma once

#include <fmt/format.h>

#include <system_error>
#include <thread>
#include <utility>
#include <wirecopy/error.hpp>

namespace wirecopy {

/// How many threads can run in addition to this one, at most `requested`. Starts them and waits for their end: 20 us
/// each.
[[nodiscard]] unsigned startable_threads(unsigned requested);

/// Starts a std::thread or std::jthread. Throws Error(resources) if the system provides none.
template <typename Thread, typename Body>
[[nodiscard]] Thread start_thread(Body&& body) {
  try {
    return Thread(std::forward<Body>(body));
  } catch (const std::system_error& error) {
    throw Error(ErrorKind::resources, fmt::format("cannot start a thread: {}", error.code().message()));
  }
}

}  // namespace wirecopy
