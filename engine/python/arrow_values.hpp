// Reads single values of Arrow arrays as their schema describes them. Arrays of other libraries must be validated first
// (arrow_check.hpp).
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "python/arrow_abi.hpp"

namespace wirecopy::python {

/// Element `at` of a buffer of numbers. Does not add the array's offset.
template <typename T>
[[nodiscard]] T element(const ArrowArray& array, std::size_t buffer, std::int64_t at) {
  T value;
  std::memcpy(&value, static_cast<const char*>(array.buffers[buffer]) + static_cast<std::size_t>(at) * sizeof value,
              sizeof value);
  return value;
}

[[nodiscard]] inline bool is_format(const ArrowSchema& schema, std::string_view format) {
  return format == schema.format;
}
/// Whether a type is an integer of 8 to 64 bits.
[[nodiscard]] bool is_integer(const ArrowSchema& schema);
/// Whether a type is a string: utf8, large_utf8, utf8_view, a dictionary of these, or null.
[[nodiscard]] bool is_string(const ArrowSchema& schema);
/// Whether a type may hold dates: numbers, timestamps, days.
[[nodiscard]] bool is_date_type(const ArrowSchema& schema);

/// Whether value `i` of an array is null by the array's own validity bits.
[[nodiscard]] bool is_null(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i);
/// Value `i` of an array of integers of the given format. A uint64 keeps its bit pattern.
[[nodiscard]] std::int64_t integer_at(char format, const ArrowArray& array, std::int64_t i);
/// Value `i` of an array of integers in decimal.
[[nodiscard]] std::string integer_text(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i);
/// Value `i` of an array of strings; empty if it is null. The view is valid as long as the array.
[[nodiscard]] std::optional<std::string_view> string_at(const ArrowSchema& schema, const ArrowArray& array,
                                                        std::int64_t i);
/// Value `i` of an array of strings or of a type that may hold dates, in seconds since 1970-01-01 UTC; empty if a feed
/// would not accept it as a date either.
[[nodiscard]] std::optional<std::int64_t> date_at(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i);

/// A string of up to this many bytes is stored in its view, a longer one in a data buffer.
inline constexpr std::int32_t kInlineView = 12;
/// The layout of a view, 16 bytes.
struct StringView {
  std::int32_t size;
  std::int32_t prefix;  ///< of a long string: its first four bytes
  std::int32_t buffer;  ///< of a long string: index of its data buffer, from 0
  std::int32_t offset;  ///< of a long string: offset in its data buffer
};

}  // namespace wirecopy::python
