#include "spill/sketch_header.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <span>
#include <string_view>
#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"
#include "spill/sketch_layout.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw Error(ErrorKind::state, path.native() + ": " + why);
}

std::uint64_t size_of(int descriptor, const fs::path& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_system_error(path.native(), "cannot read its size", errno);
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace

bool has_complete_header(const fs::path& path) {
  if (!fs::exists(path)) return false;
  const FileDescriptor file = open_for_reading(path);
  const std::uint64_t size = size_of(file.get(), path);
  SketchFileHead head;
  if (size < sizeof head) return false;
  read_exactly(file.get(), {reinterpret_cast<char*>(&head), sizeof head}, 0, path.native());
  const bool is_readable =
      std::string_view(head.magic, sizeof head.magic) == kSketchMagic && head.version == kSketchVersion;
  return !is_readable || padded(sizeof head + head.parameter_bytes + head.name_bytes) <= size;
}

SketchHeader read_sketch_header(int descriptor, const fs::path& path) {
  const std::uint64_t size = size_of(descriptor, path);
  SketchFileHead head;
  if (size < sizeof head) refuse(path, "is not a sketch file");
  read_exactly(descriptor, {reinterpret_cast<char*>(&head), sizeof head}, 0, path.native());
  if (std::string_view(head.magic, sizeof head.magic) != kSketchMagic) refuse(path, "is not a sketch file");
  if (head.version != kSketchVersion) {
    refuse(path, fmt::format("has format version {}, but this program reads version {}", head.version, kSketchVersion));
  }
  const std::uint64_t room = size - sizeof head;
  if (head.parameter_bytes > room || head.name_bytes > room - head.parameter_bytes) {
    refuse(path, "is damaged: its header is truncated");
  }
  std::string text(head.parameter_bytes + head.name_bytes, '\0');
  read_exactly(descriptor, text, sizeof head, path.native());
  std::vector<std::string_view> names;
  const bool is_whole = sketch_checksum(text) == head.checksum &&
                        split_strings(std::string_view(text).substr(head.parameter_bytes), names);
  if (!is_whole) refuse(path, "is damaged: the checksum of its header does not match");
  SketchHeader header{text.substr(0, head.parameter_bytes), {}, padded(sizeof head + text.size())};
  for (const std::string_view name : names) header.inputs.push_back({std::string(name)});
  return header;
}

SketchHeader read_sketch_header(const fs::path& path) { return read_sketch_header(open_for_reading(path).get(), path); }

}  // namespace wirecopy
