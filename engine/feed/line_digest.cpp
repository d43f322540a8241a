#include "feed/line_digest.hpp"

#include "base/hash.hpp"

namespace wirecopy {

std::uint64_t line_digest(std::string_view original_bytes) {
  static const Hasher kHasher(0);
  return kHasher.hash64(original_bytes);
}

}  // namespace wirecopy
