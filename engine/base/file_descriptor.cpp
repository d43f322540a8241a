#include "base/file_descriptor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace wirecopy {
namespace {

constexpr std::size_t kMaxBytesPerCall = std::size_t{1} << 30;  // Linux moves at most 2 GiB less a page in one call

ErrorKind kind_of_errno(int error) {
  const bool ran_out = error == ENOMEM || error == EMFILE || error == ENFILE;
  return ran_out ? ErrorKind::resources : ErrorKind::io;
}

FileDescriptor open_file(const std::filesystem::path& path, int flags) {
  int fd = -1;
  do {
    fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0) throw_system_error(path.native(), "cannot open", errno);
  return FileDescriptor(fd);
}

// True if the call is to be made again: it was interrupted, or the descriptor is non-blocking and was waited for.
bool retry_write(int fd, int error) {
  if (error == EINTR) return true;
  if (error != EAGAIN && error != EWOULDBLOCK) return false;
  pollfd ready{fd, POLLOUT, 0};
  return ::poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace

void throw_system_error(std::string_view name, std::string_view what, int error) {
  const std::string message = fmt::format("{}: {}: {}", name, what, std::generic_category().message(error));
  if (error == EPIPE) throw BrokenPipe(ErrorKind::io, message);
  throw Error(kind_of_errno(error), message);
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

void FileDescriptor::reset() noexcept {
  if (fd_ >= 0) ::close(release());
}

void FileDescriptor::close(std::string_view name) {
  // On Linux the descriptor is free whatever close() says, so it is never closed twice.
  if (fd_ >= 0 && ::close(release()) != 0 && errno != EINTR) throw_system_error(name, "cannot close", errno);
}

FileDescriptor open_for_reading(const std::filesystem::path& path) { return open_file(path, O_RDONLY); }

FileDescriptor open_for_writing(const std::filesystem::path& path) {
  return open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
}

FileDescriptor open_for_writing_at(const std::filesystem::path& path, std::uint64_t offset) {
  FileDescriptor file = open_file(path, O_WRONLY);
  if (::lseek(file.get(), static_cast<off_t>(offset), SEEK_SET) < 0) {
    throw_system_error(path.native(), "cannot write there", errno);
  }
  return file;
}

void write_all(int fd, std::string_view bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), std::min(bytes.size(), kMaxBytesPerCall));
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (const int error = errno; !retry_write(fd, error)) {
      throw_system_error(name, "cannot write", error);
    }
  }
}

std::size_t read_some(int fd, std::span<char> into, std::string_view name) {
  for (;;) {
    const ssize_t got = ::read(fd, into.data(), std::min(into.size(), kMaxBytesPerCall));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw_system_error(name, "cannot read", errno);
  }
}

void read_exactly(int fd, std::span<char> into, std::uint64_t offset, std::string_view name) {
  while (!into.empty()) {
    const ssize_t got = ::pread(fd, into.data(), std::min(into.size(), kMaxBytesPerCall), static_cast<off_t>(offset));
    if (got == 0) throw Error(ErrorKind::io, fmt::format("{}: cannot read: it ends at byte {}", name, offset));
    if (got > 0) {
      into = into.subspan(static_cast<std::size_t>(got));
      offset += static_cast<std::uint64_t>(got);
    } else if (errno != EINTR) {
      throw_system_error(name, "cannot read", errno);
    }
  }
}

void sync_file(int fd, std::string_view name) {
  int result = 0;
  do {
    result = ::fsync(fd);
  } while (result != 0 && errno == EINTR);
  const bool cannot_sync = errno == EINVAL || errno == ENOTSUP || errno == EROFS;  // a pipe, a terminal, some mounts
  if (result != 0 && !cannot_sync) throw_system_error(name, "cannot write to disk", errno);
}

}  // namespace wirecopy
