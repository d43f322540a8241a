#include "base/name_map.hpp"

#include <wirecopy/seed.hpp>

#include "base/hash.hpp"

namespace wirecopy {

std::uint64_t hash_name(std::string_view name) {
  static const Hasher kHasher(random_seed());
  return kHasher.hash64(name);
}

}  // namespace wirecopy
