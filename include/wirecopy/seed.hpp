/// @file
/// A seed that nobody can guess, for feeds whose authors may be hostile.
#pragma once

#include <cstdint>
#include <wirecopy/export.hpp>

namespace wirecopy {

/// A secret seed for Options::seed, drawn from the operating system. Who knows the seed of a run can choose words that
/// are taken for each other, and copies that are not found; SECURITY.md says what that allows. Keep the seed: results
/// of two runs are the same bytes only under the same one. Throws Error(resources) where the system has no random
/// numbers.
[[nodiscard]] WIRECOPY_API std::uint64_t random_seed();

}  // namespace wirecopy
