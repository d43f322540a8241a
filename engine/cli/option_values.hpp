// Parses the values of options that several subcommands share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/options.hpp>

#include "feed/field_map.hpp"

namespace wirecopy {

/// Values by name, for CLI::CheckedTransformer.
template <typename Enum, std::size_t count>
[[nodiscard]] std::map<std::string, Enum> by_name(const std::array<Enum, count>& values) {
  std::map<std::string, Enum> names;
  for (const Enum value : values) names.emplace(name(value), value);
  return names;
}

/// --keep: fullest, first, earliest, credited or source-order=FILE. Throws Error(usage), Error(io).
void set_keep(const std::string& text, Options& options);
/// --drop; an empty list leaves the default. Throws Error(usage).
void set_drop(const std::vector<std::string>& names, Options& options);
/// --field ROLE=PATH. Throws Error(usage).
void set_field(const std::string& text, FieldMap& fields);
/// --max-line, at most kMaxLineLimit. Throws Error(usage).
[[nodiscard]] std::size_t parse_max_line(std::string_view text);
/// Converts "90", "90s", "30m", "12h", "14d" or "2w" to seconds. Throws Error(usage) that names the option.
[[nodiscard]] std::int64_t parse_duration(std::string_view text, std::string_view option);

}  // namespace wirecopy
