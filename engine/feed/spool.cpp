#include "feed/spool.hpp"

#include <fmt/format.h>

#include "base/temporary_file.hpp"

namespace wirecopy {

Spool::Spool(const std::string& directory) : directory_(directory), file_(open_temporary_file(directory)) {}

void Spool::append(std::string_view bytes) {
  write_all(file_.get(), bytes, fmt::format("{}: copy of stdin ({} bytes so far)", directory_, size_));
  size_ += bytes.size();
}

}  // namespace wirecopy
