/// @file
/// An unpredictable seed, for feeds whose authors may be hostile.
#pragma once

#include <cstdint>
#include <wirecopy/export.hpp>

namespace wirecopy {

/// Returns a secret seed for Options::seed, drawn from the operating system's random number generator. An author who
/// knows the seed of a run can craft words that collide and copies that are not found; SECURITY.md describes the
/// consequences. Keep the seed: two runs give identical results only with the same seed. Throws Error(resources) if the
/// system provides no random numbers. Thread-safe.
[[nodiscard]] WIRECOPY_API std::uint64_t random_seed();

}  // namespace wirecopy
