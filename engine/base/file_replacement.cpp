#include "base/file_replacement.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <system_error>
#include <utility>

#include "base/file_descriptor.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

fs::path resolve(const fs::path& given) {
  std::error_code failure;
  if (fs::exists(given, failure)) {
    if (!fs::is_regular_file(given, failure)) {
      throw Error(ErrorKind::usage, given.native() + " is not a regular file");
    }
    return fs::canonical(given);
  }
  const fs::path path = fs::absolute(given);
  const fs::path parent = fs::canonical(path.parent_path(), failure);
  if (failure) throw_system_error(path.parent_path().native(), "cannot create a file in it", failure.value());
  return parent / path.filename();
}

FileDescriptor create_sibling(const fs::path& target, fs::path& created) {
  std::random_device random;
  for (;;) {
    created = fmt::format("{}.partial-{}-{:08x}", target.native(), ::getpid(), random());
    const int fd = ::open(created.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) return FileDescriptor(fd);
    if (errno == EEXIST) continue;
    const int error = errno;
    created.clear();
    throw_system_error(target.native(), "cannot create a file beside it", error);
  }
}

}  // namespace

FileReplacement::FileReplacement(const fs::path& target) : target_(resolve(target)) {}

FileReplacement::~FileReplacement() {
  std::error_code ignored;  // a destructor cannot report it
  if (!written_.empty()) fs::remove(written_, ignored);
}

void FileReplacement::write(std::string_view bytes) {
  FileDescriptor file = create_sibling(target_, written_);
  write_all(file.get(), bytes, target_.native());
  sync_file(file.get(), target_.native());
  file.close(target_.native());
}

void FileReplacement::publish() {
  if (::rename(written_.c_str(), target_.c_str()) != 0) throw_system_error(target_.native(), "cannot replace", errno);
  written_.clear();
  const fs::path directory = target_.parent_path();
  sync_file(open_for_reading(directory).get(), directory.native());
}

}  // namespace wirecopy
