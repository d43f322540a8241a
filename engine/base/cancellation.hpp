// Stopping early: long work takes a std::stop_token and asks it once a block, a partition or a few thousand steps.
#pragma once

#include <stop_token>
#include <wirecopy/error.hpp>

namespace wirecopy {

/// Throws Error(cancelled) once a stop was requested. Costs one atomic load; a default-constructed token never stops.
inline void throw_if_stopped(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(ErrorKind::cancelled, "stopped before the end");
}

}  // namespace wirecopy
