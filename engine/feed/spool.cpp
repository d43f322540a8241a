#include "feed/spool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <wirecopy/error.hpp>

namespace wirecopy {

namespace {

[[noreturn]] void fail(const std::string& directory, std::string_view what, int error) {
  throw Error(ErrorKind::io, fmt::format("{}: {}: {}", directory, what, std::generic_category().message(error)));
}

// For file systems that have no nameless files: one with a name that is removed at once.
int open_unlinked(const std::string& directory) {
  std::string path = directory + "/wirecopy-spool-XXXXXX";
  const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(path.c_str());
  return descriptor;
}

int open_anonymous(const std::string& directory) {
#ifdef O_TMPFILE
  const int descriptor = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) return descriptor;
#endif
  return open_unlinked(directory);
}

}  // namespace

Spool::Spool(const std::string& directory) : directory_(directory), descriptor_(open_anonymous(directory)) {
  if (descriptor_ < 0) fail(directory_, "cannot keep a temporary file here", errno);
}

Spool::~Spool() { ::close(descriptor_); }

void Spool::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail(directory_, fmt::format("cannot keep what stdin gave ({} bytes so far) in a temporary file", size_), errno);
    }
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace wirecopy
