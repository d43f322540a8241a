// The seed that an index was made with, for those who want a secret one without having to keep it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace wirecopy {

/// Nothing where there is no index yet, or none that can be read: opening it to write reports what is wrong, or
/// makes it again. Throws Error(io).
[[nodiscard]] std::optional<std::uint64_t> recorded_seed(const std::filesystem::path& index);

}  // namespace wirecopy
