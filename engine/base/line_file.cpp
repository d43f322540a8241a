#include "base/line_file.hpp"

#include <cstring>

namespace wirecopy {
namespace {

constexpr std::size_t kBuffer = std::size_t{256} << 10;

}  // namespace

LineFile::LineFile(const std::filesystem::path& path)
    : name_(path.native()), file_(open_for_reading(path)), buffer_(kBuffer) {}

bool LineFile::next(std::string& line) {
  line.clear();
  while (begin_ < end_ || fill()) {
    const char* const from = buffer_.data() + begin_;
    const void* const newline = std::memchr(from, '\n', end_ - begin_);
    const std::size_t size = newline == nullptr ? end_ - begin_ : static_cast<const char*>(newline) - from;
    line.append(from, size);
    begin_ += size;
    if (newline == nullptr) continue;
    ++begin_;
    return true;
  }
  return !line.empty();  // the last line may lack its newline
}

/// False at the end of the file.
bool LineFile::fill() {
  begin_ = 0;
  end_ = read_some(file_.get(), buffer_, name_);
  return end_ > 0;
}

std::string read_whole_file(const std::filesystem::path& path) {
  const FileDescriptor file = open_for_reading(path);
  std::string bytes;
  for (std::size_t got = 1; got > 0;) {
    const std::size_t size = bytes.size();
    bytes.resize(size + kBuffer);
    got = read_some(file.get(), std::span(bytes).subspan(size), path.native());
    bytes.resize(size + got);
  }
  return bytes;
}

}  // namespace wirecopy
