#include "floor.hpp"

#include <simdjson.h>

#include <cstring>

#include "base/stage_timer.hpp"

namespace wirecopy::bench {
namespace {

/// Reads the five fields of one line; returns the length of its text, or -1 if it does not parse.
std::int64_t touch_fields(simdjson::ondemand::parser& parser, std::string_view line, std::size_t capacity) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (parser.iterate(line.data(), line.size(), capacity).get(document) || document.get_object().get(object)) return -1;
  std::int64_t text_bytes = 0;
  for (auto field : object) {
    std::string_view key, value;
    if (field.unescaped_key().get(key)) return -1;
    const bool is_text = key == "text";
    const bool is_wanted = is_text || key == "id" || key == "title" || key == "source" || key == "published";
    if (!is_wanted || field.value().get_string().get(value)) continue;
    if (is_text) text_bytes = static_cast<std::int64_t>(value.size());
  }
  return text_bytes;
}

}  // namespace

FloorResult parse_floor(std::string_view feed) {
  FloorResult result;
  const double start = thread_cpu_seconds();
  simdjson::ondemand::parser parser;
  const char* at = feed.data();
  const char* const end = at + feed.size();
  while (at < end) {
    const void* newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    const char* const line_end = newline == nullptr ? end : static_cast<const char*>(newline);
    const auto capacity = static_cast<std::size_t>(end - at) + simdjson::SIMDJSON_PADDING;
    const std::int64_t bytes = touch_fields(parser, {at, static_cast<std::size_t>(line_end - at)}, capacity);
    if (bytes >= 0) {
      ++result.articles;
      result.text_bytes += static_cast<std::uint64_t>(bytes);
    }
    at = line_end + 1;
  }
  result.cpu_seconds = thread_cpu_seconds() - start;
  return result;
}

}  // namespace wirecopy::bench
