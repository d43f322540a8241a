#include "index/recorded_seed.hpp"

#include <wirecopy/index.hpp>

namespace wirecopy {

std::optional<std::uint64_t> recorded_seed(const std::filesystem::path& index) {
  std::error_code ignored;
  if (index.empty() || !std::filesystem::exists(index / "CURRENT", ignored)) return std::nullopt;
  IndexSettings settings;
  settings.read_only = true;
  try {
    return Index::open(index, settings).statistics().options.seed;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::state) throw;
    return std::nullopt;
  }
}

}  // namespace wirecopy
