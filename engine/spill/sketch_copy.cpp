#include "spill/sketch_copy.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/cancellation.hpp"
#include "base/temporary_file.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kStep = std::size_t{16} << 20;
constexpr std::size_t kBuffer = std::size_t{1} << 20;

/// Copies a step. False at the end, and if the system cannot copy between these files.
bool copy_by_system(int from, int to) {
  ssize_t copied = 0;
  do {
    copied = ::copy_file_range(from, nullptr, to, nullptr, kStep, 0);
  } while (copied < 0 && errno == EINTR);
  return copied > 0;
}

}  // namespace

FileDescriptor copy_sketch_file(const std::filesystem::path& path, const std::filesystem::path& directory,
                                const std::stop_token& stop) {
  const FileDescriptor from = open_for_reading(path);
  FileDescriptor to = open_temporary_file(directory);
  while (copy_by_system(from.get(), to.get())) throw_if_stopped(stop);
  // Copies what the system has left or refused to copy; a full disk is reported here.
  const auto buffer = std::make_unique_for_overwrite<char[]>(kBuffer);
  for (;;) {
    throw_if_stopped(stop);
    const ssize_t got = ::read(from.get(), buffer.get(), kBuffer);
    if (got == 0) return to;
    if (got > 0) {
      write_all(to.get(), {buffer.get(), static_cast<std::size_t>(got)}, directory.native());
    } else if (errno != EINTR) {
      throw_system_error(path.native(), "cannot read", errno);
    }
  }
}

}  // namespace wirecopy
