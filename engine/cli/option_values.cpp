#include "cli/option_values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <wirecopy/error.hpp>

#include "base/line_file.hpp"
#include "base/memory_size.hpp"
#include "base/names.hpp"
#include "feed/block_reader.hpp"

namespace wirecopy {
namespace {

std::vector<std::string> read_source_order(const std::string& path) {
  LineFile file(path);
  std::vector<std::string> sources;
  for (std::string line; file.next(line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) sources.push_back(line);
  }
  return sources;
}

std::int64_t seconds_of(std::string_view unit) {
  constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
  if (unit.empty() || unit == "s") return 1;
  if (unit == "m") return kMinute;
  if (unit == "h") return kHour;
  if (unit == "d") return kDay;
  return unit == "w" ? 7 * kDay : 0;
}

}  // namespace

void set_keep(const std::string& text, Options& options) {
  constexpr std::string_view kSourceOrder = "source-order=";
  const std::optional<Keep> keep = keep_named(text);
  if (keep && *keep != Keep::source_order) {
    options.keep = *keep;
  } else if (text.starts_with(kSourceOrder)) {
    options.keep = Keep::source_order;
    options.preferred_sources = read_source_order(text.substr(kSourceOrder.size()));
  } else {
    throw Error(ErrorKind::usage,
                "--keep must be fullest, first, earliest, credited or source-order=FILE, not " + text);
  }
}

void set_drop(const std::vector<std::string>& names, Options& options) {
  if (names.empty()) return;
  options.drop = {};
  for (const std::string& text : names) {
    const std::optional<Relation> relation = relation_named(text);
    if (!relation) throw Error(ErrorKind::usage, "--drop must list exact, near, excerpt or extended, not " + text);
    options.drop.add(*relation);
  }
}

void set_field(const std::string& text, FieldMap& fields) {
  const std::size_t equals = text.find('=');
  const std::optional<Role> role = value_named(text.substr(0, equals), kAllRoles);
  if (equals != std::string::npos && role) return fields.set(*role, text.substr(equals + 1));
  throw Error(
      ErrorKind::usage,
      "--field must be ROLE=PATH, where ROLE is id, title, text, source, url, published or language, not " + text);
}

std::size_t parse_max_line(std::string_view text) {
  const std::size_t bytes = parse_byte_size(text);
  if (bytes > kMaxLineLimit) throw Error(ErrorKind::usage, "--max-line must be at most 1GiB");
  return bytes;
}

std::int64_t parse_duration(std::string_view text, std::string_view option) {
  std::uint32_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::int64_t unit = seconds_of(text.substr(static_cast<std::size_t>(end - text.data())));
  if (error != std::errc() || unit == 0) {
    throw Error(ErrorKind::usage,
                fmt::format("{} must be a number with a unit s, m, h, d or w, such as 14d, not {}", option, text));
  }
  return count * unit;
}

}  // namespace wirecopy
