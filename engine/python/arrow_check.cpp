#include "python/arrow_check.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <wirecopy/error.hpp>

#include "python/arrow_values.hpp"

namespace wirecopy::python {
namespace {

// A longer array is an error; up to this length, no position in a buffer overflows.
constexpr std::int64_t kMaxLength = std::numeric_limits<std::int64_t>::max() / 64;

template <typename... Values>
[[noreturn]] void fail(std::string_view column, fmt::format_string<const Values&...> why, const Values&... values) {
  throw Error(ErrorKind::usage, fmt::format("damaged Arrow data: {}: {}", column, fmt::format(why, values...)));
}

void check_schema(const ArrowSchema& schema, int depth) {
  const auto damaged = [](std::string_view what) {
    throw Error(ErrorKind::usage, fmt::format("damaged Arrow schema: {}", what));
  };
  if (depth > kMaxArrowDepth) damaged(fmt::format("nested deeper than {}", kMaxArrowDepth));
  if (schema.format == nullptr || schema.release == nullptr) damaged("a column has no type or was released");
  if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr)) damaged("children are missing");
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    if (schema.children[i] == nullptr) damaged("a child is missing");
    check_schema(*schema.children[i], depth + 1);
  }
  if (schema.dictionary == nullptr) return;
  if (schema.format[0] == '\0' || std::string_view("cCsSiIlL").find(schema.format) == std::string_view::npos) {
    damaged("indices of a dictionary are not integers");
  }
  check_schema(*schema.dictionary, depth + 1);
}

// Number of buffers of a type whose values are read; the minimum for views.
std::int64_t buffers_of(const ArrowSchema& schema) {
  if (is_format(schema, "n")) return 0;
  if (is_format(schema, "+s")) return 1;
  const bool has_offsets = is_format(schema, "u") || is_format(schema, "U") || is_format(schema, "vu");
  return has_offsets ? 3 : 2;
}

void check_buffers(const ArrowSchema& schema, const ArrowArray& array, std::string_view column) {
  const std::int64_t expected = buffers_of(schema);
  const bool fits = is_format(schema, "vu") ? array.n_buffers >= expected : array.n_buffers == expected;
  if (!fits) fail(column, "{} buffers, but Arrow format {} has {}", array.n_buffers, schema.format, expected);
  if (expected > 0 && array.buffers == nullptr) fail(column, "the buffers are missing");
  if (expected > 0 && array.null_count > 0 && array.buffers[0] == nullptr) {
    fail(column, "{} nulls, but no validity bits", array.null_count);
  }
  const bool has_values = array.offset + array.length > 0;
  if (expected > 1 && has_values && array.buffers[1] == nullptr) fail(column, "the values are missing");
}

template <typename Offset>
void check_offsets(const ArrowArray& array, std::string_view column) {
  if (array.length == 0) return;
  const auto first = element<Offset>(array, 1, array.offset);
  if (first < 0) fail(column, "offset {} is negative", first);
  auto before = first;
  for (std::int64_t i = 1; i <= array.length; ++i) {
    const auto offset = element<Offset>(array, 1, array.offset + i);
    if (offset < before) fail(column, "offsets decrease from {} to {} at value {}", before, offset, i - 1);
    before = offset;
  }
  if (before > first && array.buffers[2] == nullptr) fail(column, "the bytes are missing");
}

// The last buffer of an array of views holds the sizes of its data buffers.
void check_views(const ArrowSchema& schema, const ArrowArray& array, std::string_view column) {
  const std::int64_t data = array.n_buffers - 3;
  const auto sizes = static_cast<std::size_t>(array.n_buffers - 1);
  if (data > 0 && array.buffers[sizes] == nullptr) fail(column, "the sizes of the data buffers are missing");
  const auto fits = [&](const StringView& view) {
    if (view.buffer < 0 || view.buffer >= data || view.offset < 0) return false;
    return array.buffers[2 + view.buffer] != nullptr &&
           std::int64_t{view.offset} + view.size <= element<std::int64_t>(array, sizes, view.buffer);
  };
  for (std::int64_t i = 0; i < array.length; ++i) {
    if (is_null(schema, array, i)) continue;  // the view of a null is undefined
    const auto view = element<StringView>(array, 1, array.offset + i);
    if (view.size < 0 || (view.size > kInlineView && !fits(view)))
      fail(column, "the view of value {} is out of bounds", i);
  }
}

void check_indices(const ArrowSchema& schema, const ArrowArray& array, std::string_view column) {
  const std::int64_t count = array.dictionary->length;
  for (std::int64_t i = 0; i < array.length; ++i) {
    if (is_null(schema, array, i)) continue;
    const std::int64_t index = integer_at(schema.format[0], array, i);
    if (index < 0 || index >= count) fail(column, "value {} has index {} in a dictionary of {}", i, index, count);
  }
}

}  // namespace

void check_schema(const ArrowSchema& schema) { check_schema(schema, 1); }

void check_array(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column) {
  if (array.release == nullptr) fail(column, "it was released");
  if (array.length < 0 || array.length > kMaxLength) fail(column, "a length of {}", array.length);
  if (array.offset < 0 || array.offset > kMaxLength) fail(column, "an offset of {}", array.offset);
  if (array.length < length) fail(column, "{} values for {} rows", array.length, length);
  if (array.null_count < -1 || array.null_count > array.length) {
    fail(column, "{} nulls among {} values", array.null_count, array.length);
  }
  if ((schema.dictionary == nullptr) != (array.dictionary == nullptr)) {
    fail(column, "the array and its type disagree about a dictionary");
  }
  check_buffers(schema, array, column);
}

void check_struct(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column) {
  check_array(schema, array, length, column);
  if (array.n_children != schema.n_children || (array.n_children > 0 && array.children == nullptr)) {
    fail(column, "{} children, but the type has {}", array.n_children, schema.n_children);
  }
  for (std::int64_t i = 0; i < array.n_children; ++i) {
    if (array.children[i] == nullptr) fail(column, "child {} is missing", i);
  }
}

void check_values(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column) {
  check_array(schema, array, length, column);
  if (schema.dictionary != nullptr) {
    check_values(*schema.dictionary, *array.dictionary, 0, column);
    check_indices(schema, array, column);
  } else if (is_format(schema, "u")) {
    check_offsets<std::int32_t>(array, column);
  } else if (is_format(schema, "U")) {
    check_offsets<std::int64_t>(array, column);
  } else if (is_format(schema, "vu")) {
    check_views(schema, array, column);
  }
}

}  // namespace wirecopy::python
