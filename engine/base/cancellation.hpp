// Cancellation: long-running work takes a std::stop_token and checks it once per block, partition or few thousand
// steps.
#pragma once

#include <stop_token>
#include <wirecopy/error.hpp>

namespace wirecopy {

/// Throws Error(cancelled) if a stop was requested. Costs one atomic load; a default-constructed token never stops.
inline void throw_if_stopped(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(ErrorKind::cancelled, "stopped before the end");
}

}  // namespace wirecopy
