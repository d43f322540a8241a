#include "python/arrow_values.hpp"

#include <fmt/format.h>

#include <cmath>

#include "feed/date.hpp"

namespace wirecopy::python {
namespace {

constexpr std::int64_t kSecondsOfDay = 86400;

std::string_view slice(const void* bytes, std::int64_t begin, std::int64_t size) {
  if (size == 0) return {};  // the buffer may be null
  return {static_cast<const char*>(bytes) + begin, static_cast<std::size_t>(size)};
}

std::string_view view_at(const ArrowArray& array, std::int64_t at) {
  const auto view = element<StringView>(array, 1, at);
  constexpr std::int64_t kInlineBegin = offsetof(StringView, prefix);
  const auto position = at * static_cast<std::int64_t>(sizeof view);
  if (view.size <= kInlineView) return slice(array.buffers[1], position + kInlineBegin, view.size);
  return slice(array.buffers[2 + view.buffer], view.offset, view.size);
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - static_cast<std::int64_t>(value % by != 0 && value < 0);
}

std::int64_t units_per_second(char unit) {
  return unit == 's' ? 1 : unit == 'm' ? 1000 : unit == 'u' ? 1'000'000 : 1'000'000'000;
}

bool is_timestamp(std::string_view format) {
  return format.size() > 3 && format.starts_with("ts") && format[3] == ':' &&
         std::string_view("smun").find(format[2]) != std::string_view::npos;
}

// Converts a day or timestamp to seconds.
std::int64_t seconds_at(std::string_view format, const ArrowArray& array, std::int64_t i) {
  if (format == "tdD") return kSecondsOfDay * integer_at('i', array, i);
  return floor_divide(integer_at('l', array, i), units_per_second(format[2]));
}

}  // namespace

bool is_integer(const ArrowSchema& schema) {
  return schema.dictionary == nullptr && std::strlen(schema.format) == 1 &&
         std::strchr("cCsSiIlL", schema.format[0]) != nullptr;
}

bool is_string(const ArrowSchema& schema) {
  if (schema.dictionary != nullptr) return is_string(*schema.dictionary);
  return is_format(schema, "u") || is_format(schema, "U") || is_format(schema, "vu") || is_format(schema, "n");
}

bool is_date_type(const ArrowSchema& schema) {
  const std::string_view format = schema.format;
  if (schema.dictionary != nullptr) return false;
  return is_integer(schema) || is_timestamp(format) || format == "f" || format == "g" || format == "tdD" ||
         format == "tdm";
}

bool is_null(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  if (is_format(schema, "n")) return true;
  if (array.n_buffers == 0 || array.buffers[0] == nullptr || array.null_count == 0) return false;
  const std::int64_t at = array.offset + i;
  return (static_cast<const std::uint8_t*>(array.buffers[0])[at / 8] >> (at % 8) & 1) == 0;
}

std::int64_t integer_at(char format, const ArrowArray& array, std::int64_t i) {
  const std::int64_t at = array.offset + i;
  switch (format) {
    case 'c':
      return element<std::int8_t>(array, 1, at);
    case 'C':
      return element<std::uint8_t>(array, 1, at);
    case 's':
      return element<std::int16_t>(array, 1, at);
    case 'S':
      return element<std::uint16_t>(array, 1, at);
    case 'i':
      return element<std::int32_t>(array, 1, at);
    case 'I':
      return element<std::uint32_t>(array, 1, at);
    default:
      return element<std::int64_t>(array, 1, at);
  }
}

std::string integer_text(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  const std::int64_t value = integer_at(schema.format[0], array, i);
  return schema.format[0] == 'L' ? std::to_string(static_cast<std::uint64_t>(value)) : std::to_string(value);
}

std::optional<std::string_view> string_at(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  if (is_null(schema, array, i)) return std::nullopt;
  if (schema.dictionary != nullptr) {
    return string_at(*schema.dictionary, *array.dictionary, integer_at(schema.format[0], array, i));
  }
  const std::int64_t at = array.offset + i;
  if (is_format(schema, "vu")) return view_at(array, at);
  if (is_format(schema, "u")) {
    const std::int32_t begin = element<std::int32_t>(array, 1, at);
    return slice(array.buffers[2], begin, element<std::int32_t>(array, 1, at + 1) - begin);
  }
  const std::int64_t begin = element<std::int64_t>(array, 1, at);
  return slice(array.buffers[2], begin, element<std::int64_t>(array, 1, at + 1) - begin);
}

std::optional<std::int64_t> date_at(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  if (is_null(schema, array, i)) return std::nullopt;
  const std::string_view format = schema.format;
  if (is_string(schema)) return parse_date(string_at(schema, array, i).value_or(""));
  if (is_integer(schema)) return parse_date(integer_text(schema, array, i));
  if (format.starts_with('t')) {
    const std::int64_t seconds = seconds_at(format, array, i);
    return is_date(seconds) ? std::optional(seconds) : std::nullopt;
  }
  const double number = format == "f" ? static_cast<double>(element<float>(array, 1, array.offset + i))
                                      : element<double>(array, 1, array.offset + i);
  return std::isfinite(number) ? parse_date(fmt::format("{:.3f}", number)) : std::nullopt;
}

}  // namespace wirecopy::python
