#include "feed/raw_buffer.hpp"

#include <cstring>

namespace wirecopy {

void RawBuffer::want(std::size_t count) {
  if (size() >= count || ended_) return;
  if (!bytes_) bytes_ = std::make_unique_for_overwrite<char[]>(kCapacity);
  std::memmove(bytes_.get(), data(), size());
  end_ = size();
  begin_ = 0;
  while (end_ < count && !ended_) end_ += read(bytes_.get() + end_, kCapacity - end_);
}

std::size_t RawBuffer::read(char* to, std::size_t capacity) {
  const std::size_t got = source_->read(to, capacity);
  bytes_read_ += got;
  ended_ = got == 0;
  return got;
}

}  // namespace wirecopy
