#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <string>
#include <wirecopy/error.hpp>

#include "base/memory_size.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {
namespace {

/// The number in a file of the system; `otherwise` if it contains none ("max").
std::uint64_t number_in(const std::string& path, std::uint64_t otherwise) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  return file >> number ? number : otherwise;
}

/// The lowest limit of the control groups of the process.
std::uint64_t container_memory() {
  std::uint64_t limit = std::min(number_in("/sys/fs/cgroup/memory.max", UINT64_MAX),
                                 number_in("/sys/fs/cgroup/memory/memory.limit_in_bytes", UINT64_MAX));
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    if (!line.starts_with("0::/")) continue;
    for (std::string path = line.substr(3); path.size() > 1; path.resize(std::max<std::size_t>(path.rfind('/'), 1))) {
      limit = std::min(limit, number_in("/sys/fs/cgroup" + path + "/memory.max", UINT64_MAX));
      if (path.rfind('/') == 0) break;
    }
  }
  return limit;
}

std::uint64_t percent_of_memory(const std::string& text) {
  double percent = 0;
  const char* const end = text.data() + text.size() - 1;
  const auto read = std::from_chars(text.data(), end, percent);
  if (read.ec != std::errc() || read.ptr != end || !(percent > 0 && percent <= 100)) {
    throw Error(ErrorKind::usage, fmt::format("memory \"{}\": a share must be above 0% and at most 100%", text));
  }
  return static_cast<std::uint64_t>(static_cast<double>(machine_memory()) * percent / 100);
}

}  // namespace

std::uint64_t machine_memory() {
  const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
  return std::min(pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)), container_memory());
}

std::uint64_t min_memory_budget() { return 64_MiB; }

std::uint64_t parse_memory_budget(const std::string& text) {
  const std::uint64_t budget = text.ends_with('%') ? percent_of_memory(text) : parse_byte_size(text);
  if (budget < min_memory_budget()) {
    throw Error(ErrorKind::usage,
                fmt::format("memory {}: must be at least {}", text, format_byte_size(min_memory_budget())));
  }
  return budget;
}

std::string suggested_budget(std::uint64_t bytes) {
  std::uint64_t power = min_memory_budget();
  while (power < bytes) power *= 2;
  const std::uint64_t between = power / 4 * 3;
  const std::uint64_t budget = between >= std::max(bytes, min_memory_budget()) ? between : power;
  return budget % 1_GiB == 0 ? fmt::format("{}G", budget / 1_GiB) : fmt::format("{}M", budget / 1_MiB);
}

ResidentMemory resident_memory() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return {};
  unsigned long long all = 0, resident = 0, shared = 0;
  const bool is_read = std::fscanf(file, "%llu %llu %llu", &all, &resident, &shared) == 3;
  std::fclose(file);
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return is_read ? ResidentMemory{resident * page, shared * page} : ResidentMemory{};
}

}  // namespace wirecopy
