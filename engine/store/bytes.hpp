// Numbers and strings as bytes, little-endian, and back. Reading trusts nothing: what is too short throws Error(state).
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>
#include <wirecopy/error.hpp>

#include "store/key.hpp"

namespace wirecopy {

static_assert(std::endian::native == std::endian::little, "records of an index are written as they are in memory");

class ByteWriter {
 public:
  template <typename Number>
  requires std::is_arithmetic_v<Number> ByteWriter& number(Number value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  template <typename Tag>
  ByteWriter& number(StoredId<Tag> id) {
    return number(id.number());
  }
  ByteWriter& text(std::string_view value) {
    size(value.size());
    bytes_.append(value);
    return *this;
  }
  template <typename Number>
  ByteWriter& array(std::span<const Number> values) {
    size(values.size());
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    return *this;
  }
  void reserve(std::size_t size) { bytes_.reserve(size); }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  // Texts have at most kMaxTextBytes, and so no array of theirs comes near the limit.
  void size(std::size_t value) {
    if (value > std::numeric_limits<std::uint32_t>::max()) throw Error(ErrorKind::resources, "a record is too large");
    number(static_cast<std::uint32_t>(value));
  }

  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <typename Number>
  Number number() {
    Number value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  template <typename Id>
  Id id() {
    return Id(number<std::uint64_t>());
  }
  std::string_view text() { return take(number<std::uint32_t>()); }
  template <typename Number>
  void array(std::vector<Number>& values) {
    array(values, number<std::uint32_t>());
  }
  /// Whose number has been read already.
  template <typename Number>
  void array(std::vector<Number>& values, std::uint32_t count) {
    const std::string_view bytes = take(std::size_t{count} * sizeof(Number));
    values.resize(count);
    if (count > 0) std::memcpy(values.data(), bytes.data(), bytes.size());
  }
  /// All that is left.
  std::string_view rest() { return take(bytes_.size()); }
  /// Throws where bytes are left.
  void end() const {
    if (!bytes_.empty()) damaged();
  }
  [[noreturn]] static void damaged() { throw Error(ErrorKind::state, "the index is damaged: a record cannot be read"); }

 private:
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) damaged();
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  std::string_view bytes_;
};

}  // namespace wirecopy
