// A growing byte buffer for hot loops: space is reserved once, then bytes are written through a cursor without checks.
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

  /// Reserves space for `bytes` more bytes and returns its start. Call finish() with the end of the bytes written.
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
    const std::size_t new_capacity = 2 * capacity_ + bytes + 4096;
    std::unique_ptr<char[]> larger(new char[new_capacity]);  // not make_unique, which would clear it
    if (size_ > 0) std::memcpy(larger.get(), data_.get(), size_);
    data_ = std::move(larger);
    capacity_ = new_capacity;
  }

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace wirecopy::generate
