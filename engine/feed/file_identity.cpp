#include "feed/file_identity.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"

namespace wirecopy {

namespace {

constexpr std::uint64_t kMaxFullyHashed = FileIdentity::kWindows * FileIdentity::kWindowBytes;

const Hasher& hasher() {
  static const Hasher kHasher(0);
  return kHasher;
}

/// Where a window begins; in a small file this may be beyond the end.
std::uint64_t window_begin(std::size_t window, std::uint64_t size) {
  if (size <= kMaxFullyHashed) return window * FileIdentity::kWindowBytes;
  return (size - FileIdentity::kWindowBytes) * window / (FileIdentity::kWindows - 1);
}

std::uint64_t window_end(std::size_t window, std::uint64_t size) {
  return std::min(window_begin(window, size) + FileIdentity::kWindowBytes, size);
}

/// Hashes the bytes that exist: the file may be truncated meanwhile.
std::uint64_t digest_of_range(int descriptor, std::uint64_t begin, std::uint64_t end, const std::string& name) {
  std::array<char, FileIdentity::kWindowBytes> bytes;
  std::size_t size = 0;
  while (begin + size < end) {
    const ssize_t got = ::pread(descriptor, bytes.data() + size, end - begin - size, static_cast<off_t>(begin + size));
    if (got == 0) break;
    if (got > 0) {
      size += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      throw_system_error(name, "cannot read", errno);
    }
  }
  return hasher().hash64(bytes.data(), size);
}

}  // namespace

Digest FileIdentity::digest() const {
  std::array<std::uint64_t, kWindows + 1> words;
  std::copy(windows.begin(), windows.end(), words.begin());
  words.back() = size;
  return hasher().digest(words.data(), sizeof words);
}

FileIdentity identity_of(int descriptor, std::uint64_t size, const std::string& name) {
  FileIdentity identity;
  identity.regular = true;
  identity.size = size;
  for (std::size_t i = 0; i < FileIdentity::kWindows && window_begin(i, size) < size; ++i) {
    identity.windows[i] = digest_of_range(descriptor, window_begin(i, size), window_end(i, size), name);
  }
  return identity;
}

FileIdentity identity_of(const std::string& name) {
  // O_NONBLOCK because a path that is a fifo by now would wait for its writer.
  const FileDescriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file && errno == ENOENT) throw Error(ErrorKind::io, name + ": no such file");
  if (!file) throw_system_error(name, "cannot open", errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw_system_error(name, "cannot read", errno);
  if (!S_ISREG(status.st_mode)) return {};
  return identity_of(file.get(), static_cast<std::uint64_t>(status.st_size), name);
}

std::string difference(const FileIdentity& now, const FileIdentity& before) {
  if (now == before) return {};
  if (!now.regular) return "it is not a regular file";
  if (now.size != before.size) return fmt::format("it has {} bytes, not {}", now.size, before.size);
  const auto [at, other] = std::mismatch(now.windows.begin(), now.windows.end(), before.windows.begin());
  const auto window = static_cast<std::size_t>(at - now.windows.begin());
  if (window == FileIdentity::kWindows) return "it was not a regular file";
  return fmt::format("its bytes {} to {} differ", window_begin(window, now.size), window_end(window, now.size) - 1);
}

}  // namespace wirecopy
