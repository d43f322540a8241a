#include <sys/random.h>

#include <cerrno>
#include <wirecopy/seed.hpp>

#include "base/file_descriptor.hpp"

namespace wirecopy {

std::uint64_t random_seed() {
  std::uint64_t seed = 0;
  ssize_t got = 0;
  do {
    got = ::getrandom(&seed, sizeof seed, 0);
  } while (got < 0 && errno == EINTR);
  if (got != sizeof seed) throw Error(ErrorKind::resources, "the system has no random numbers for a seed");
  return seed;
}

}  // namespace wirecopy
