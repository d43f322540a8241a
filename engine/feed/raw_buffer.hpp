// A look-ahead over undecoded bytes, for decoders.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "feed/raw_source.hpp"

namespace wirecopy {

class RawBuffer {
 public:
  static constexpr std::size_t kCapacity = std::size_t{256} << 10;

  explicit RawBuffer(std::unique_ptr<RawSource> source) : source_(std::move(source)) {}

  [[nodiscard]] const char* data() const { return bytes_.get() + begin_; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] std::string_view view() const { return {data(), size()}; }
  [[nodiscard]] bool ended() const { return ended_ && size() == 0; }
  void consume(std::size_t count) { begin_ += count; }
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }
  [[nodiscard]] FileIdentity identity() const { return source_->identity(); }
  [[nodiscard]] bool has_grown() const { return source_->has_grown(); }

  /// Reads until `count` bytes (at most kCapacity) are available or the input ends. Throws as RawSource::read().
  void want(std::size_t count);
  /// Reads once, bypassing the buffer, which must be empty.
  std::size_t read(char* to, std::size_t capacity);

 private:
  std::unique_ptr<RawSource> source_;
  std::unique_ptr<char[]> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace wirecopy
