#include "base/buffered_writer.hpp"

#include <algorithm>
#include <cstring>

namespace wirecopy {

BufferedWriter::BufferedWriter(int fd, std::string name, std::size_t capacity)
    : fd_(fd),
      name_(std::move(name)),
      capacity_(std::max<std::size_t>(capacity, 1)),
      buffer_(std::make_unique_for_overwrite<char[]>(capacity_)) {}

BufferedWriter::BufferedWriter(FileDescriptor file, std::string name, std::size_t capacity)
    : BufferedWriter(file.get(), std::move(name), capacity) {
  owned_ = std::move(file);
}

void BufferedWriter::append(std::string_view bytes) {
  if (bytes.size() > capacity_ - used_) {
    flush();
    if (bytes.size() >= capacity_) return write(bytes);  // too large to gain anything from a copy
  }
  if (!bytes.empty()) std::memcpy(buffer_.get() + used_, bytes.data(), bytes.size());
  used_ += bytes.size();
}

void BufferedWriter::flush() { write({buffer_.get(), std::exchange(used_, 0)}); }

void BufferedWriter::write(std::string_view bytes) {
  write_all(fd_, bytes, name_);
  written_ += bytes.size();
}

void BufferedWriter::finish(WriteTo destination) {
  flush();
  if (destination == WriteTo::disk) sync_file(fd_, name_);
  owned_.close(name_);
}

}  // namespace wirecopy
