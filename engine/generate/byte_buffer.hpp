// A growing row of bytes for hot loops: room is made once, then bytes are written through a cursor without checks.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace wirecopy::generate {

class ByteBuffer {
 public:
  [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }
  void clear() { size_ = 0; }

  /// Makes room for `bytes` more and returns where they go; `finish` says where the writing ended.
  [[nodiscard]] char* begin(std::size_t bytes) {
    if (capacity_ - size_ < bytes) grow(bytes);
    return data_.get() + size_;
  }
  void finish(const char* end) { size_ = static_cast<std::size_t>(end - data_.get()); }

  void append(std::string_view text) {
    char* out = begin(text.size());
    std::memcpy(out, text.data(), text.size());
    finish(out + text.size());
  }

 private:
  void grow(std::size_t bytes) {
    const std::size_t wanted = 2 * capacity_ + bytes + 4096;
    std::unique_ptr<char[]> larger(new char[wanted]);  // not make_unique, which would clear it
    if (size_ > 0) std::memcpy(larger.get(), data_.get(), size_);
    data_ = std::move(larger);
    capacity_ = wanted;
  }

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace wirecopy::generate
