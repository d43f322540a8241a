#include "base/temporary_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace wirecopy {
namespace {

// The errors of open(O_TMPFILE) if the kernel or the file system does not support it.
bool is_unsupported(int error) { return error == EOPNOTSUPP || error == EISDIR || error == EINVAL || error == ENOENT; }

FileDescriptor open_and_unlink(const std::filesystem::path& directory) {
  std::string path = (directory / "wirecopy-XXXXXX").native();
  FileDescriptor file(::mkostemp(path.data(), O_CLOEXEC));
  if (!file) throw_system_error(directory.native(), "cannot create a temporary file", errno);
  ::unlink(path.c_str());
  return file;
}

}  // namespace

FileDescriptor open_temporary_file(const std::filesystem::path& directory) {
#ifdef O_TMPFILE
  FileDescriptor file(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file) return file;
  if (!is_unsupported(errno)) throw_system_error(directory.native(), "cannot create a temporary file", errno);
#endif
  return open_and_unlink(directory);
}

std::filesystem::path default_temporary_directory() {
  std::error_code failure;
  std::filesystem::path directory = std::filesystem::temp_directory_path(failure);
  return failure ? std::filesystem::path("/tmp") : directory;
}

}  // namespace wirecopy
