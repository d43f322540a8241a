#include "store/snapshot_copier.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/cancellation.hpp"

namespace wirecopy {

namespace fs = std::filesystem;

bool SnapshotCopier::take(const fs::path& file, std::uint64_t bytes, bool is_final) {
  std::error_code failed;
  if (is_final) fs::create_hard_link(file, into_ / file.filename(), failed);
  if (is_final && !failed) return true;
  FileDescriptor held(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!held && errno == ENOENT) return false;
  if (!held) throw_system_error(file.native(), "cannot open", errno);
  held_.push_back({file.filename().native(), std::move(held), bytes});
  return true;
}

void SnapshotCopier::write(std::string_view name, std::string_view bytes) const {
  const fs::path path = into_ / name;
  FileDescriptor file = open_for_writing(path);
  write_all(file.get(), bytes, path.native());
  file.close(path.native());
}

void SnapshotCopier::copy(const std::stop_token& stop) {
  for (const Held& held : held_) copy(held, stop);
  held_.clear();
}

void SnapshotCopier::copy(const Held& held, const std::stop_token& stop) const {
  const fs::path path = into_ / held.name;
  FileDescriptor file = open_for_writing(path);
  std::vector<char> part(std::size_t{1} << 20);
  for (std::uint64_t at = 0; at < held.bytes; at += part.size()) {
    throw_if_stopped(stop);
    part.resize(std::min<std::uint64_t>(part.size(), held.bytes - at));
    read_exactly(held.file.get(), part, at, held.name);
    write_all(file.get(), {part.data(), part.size()}, path.native());
  }
  file.close(path.native());
}

}  // namespace wirecopy
