// Single values of Arrow arrays, read in place. They are read as their schema says: arrays that came from elsewhere
// have to be checked first (arrow_check.hpp).
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "python/arrow_abi.hpp"

namespace wirecopy::python {

/// Element `at` of a buffer of numbers; the array's offset is the caller's business.
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
/// Whether values of a type are whole numbers of 8 to 64 bits.
[[nodiscard]] bool is_integer(const ArrowSchema& schema);
/// Whether values of a type are strings: utf8, large_utf8, utf8_view, or a dictionary of these; or nulls.
[[nodiscard]] bool is_string(const ArrowSchema& schema);
/// Whether values of a type may be dates: numbers, timestamps, days.
[[nodiscard]] bool is_date_type(const ArrowSchema& schema);

/// Whether value `i` of an array is null by the array's own bits.
[[nodiscard]] bool is_null(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i);
/// Value `i` of an array of integers of this format.
[[nodiscard]] std::int64_t integer_at(char format, const ArrowArray& array, std::int64_t i);
/// The same in decimal; unsigned ones as what they are.
[[nodiscard]] std::string integer_text(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i);
/// Value `i` of an array of strings; none where it is null. The view lives as long as the array.
[[nodiscard]] std::optional<std::string_view> string_at(const ArrowSchema& schema, const ArrowArray& array,
                                                        std::int64_t i);
/// Value `i` of an array of strings or of what may be dates, in seconds since 1970; none for what is no date in a feed
/// either.
[[nodiscard]] std::optional<std::int64_t> date_at(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i);

/// A string of up to this many bytes stands in a view itself, a longer one in a buffer behind it.
inline constexpr std::int32_t kInlineView = 12;
/// A view as it stands in the buffer, 16 bytes.
struct StringView {
  std::int32_t size;
  std::int32_t prefix;  ///< of a long string, its first four bytes
  std::int32_t buffer;  ///< of a long string, from 0
  std::int32_t offset;  ///< of a long string, in that buffer
};

}  // namespace wirecopy::python
