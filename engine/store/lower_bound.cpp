#include "store/lower_bound.hpp"

#include <fmt/format.h>
#include <stdio.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file_descriptor.hpp"
#include "base/hash.hpp"
#include "base/option_error.hpp"
#include "store/bytes.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "wcybound";
constexpr std::uintmax_t kMaxFile = 4096;

std::uint64_t checksum(std::string_view bytes) {
  static const Hasher kHasher(0);
  return kHasher.hash64(bytes);
}

LowerBound decode(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.text() != kMagic) ByteReader::damaged();
  LowerBound bound;
  bound.writes = in.number<std::uint64_t>();
  bound.list = in.text();
  bound.list_bytes = in.number<std::uint64_t>();
  const auto sum = in.number<std::uint64_t>();
  in.end();
  if (sum != checksum(bytes.substr(0, bytes.size() - sizeof sum))) ByteReader::damaged();
  return bound;
}

/// Names are numbers of at least six digits.
bool is_older(std::string_view list, std::string_view than) {
  return std::pair(list.size(), list) < std::pair(than.size(), than);
}

}  // namespace

std::string LowerBound::bytes() const {
  const std::string counted = ByteWriter().text(kMagic).number(writes).text(list).number(list_bytes).take();
  return counted + ByteWriter().number(checksum(counted)).take();
}

std::optional<LowerBound> LowerBound::read(const fs::path& directory) {
  const fs::path path = directory / kFile;
  std::error_code failed;
  if (!fs::exists(path, failed)) return std::nullopt;
  std::vector<char> bytes(std::min(fs::file_size(path, failed), kMaxFile));
  if (failed) throw_system_error(path.native(), "cannot read", failed.value());
  read_exactly(open_for_reading(path).get(), bytes, 0, path.native());
  try {
    return decode({bytes.data(), bytes.size()});
  } catch (const Error&) {
    throw RemediableError(ErrorKind::state,
                          fmt::format("{}: is damaged, so it is unknown what the index must hold", path.native()),
                          Remedy::salvage);
  }
}

void LowerBound::write(const fs::path& directory) const {
  const fs::path path = directory / kFile, unfinished = directory / kUnfinished;
  FileDescriptor file = open_for_writing(unfinished);
  write_all(file.get(), bytes(), unfinished.native());
  sync_file(file.get(), unfinished.native());
  file.close(unfinished.native());
  if (::rename(unfinished.c_str(), path.c_str()) != 0) throw_system_error(path.native(), "cannot replace", errno);
}

bool LowerBound::is_held_by(const LowerBound& found) const {
  if (found.writes < writes || is_older(found.list, list)) return false;
  return found.list != list || found.list_bytes >= list_bytes;
}

}  // namespace wirecopy
