// Whether all records of an index can be read, and agree with each other.
#pragma once

#include <cstdint>
#include <stop_token>

#include "index/contents.hpp"

namespace wirecopy {

/// Reads everything; returns the number of records. Throws Error(state) for damage, Error(cancelled) once it is asked
/// to stop.
[[nodiscard]] std::uint64_t verify_index(const IndexContents& contents, const std::stop_token& stop);

}  // namespace wirecopy
