#include "base/memory_size.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <wirecopy/error.hpp>

namespace wirecopy {
namespace {

constexpr std::string_view kUnits = "BKMGT";

constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

[[noreturn]] void refuse(std::string_view text) {
  throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a size; write it as 500M, 1.5G or 16MiB", text));
}

// "", "b", "K", "kb", "KiB" -> the power of 1024, or -1.
int power_of_unit(std::string_view unit) {
  if (unit.empty()) return 0;
  const std::size_t power = kUnits.find(upper(unit.front()));
  if (power == std::string_view::npos) return -1;
  unit.remove_prefix(1);
  if (power > 0 && unit.size() == 2 && upper(unit.front()) == 'I') unit.remove_prefix(1);
  const bool ends_well = unit.empty() || (power > 0 && unit.size() == 1 && upper(unit.front()) == 'B');
  return ends_well ? static_cast<int>(power) : -1;
}

}  // namespace

std::uint64_t parse_byte_size(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) refuse(text);
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [after, failure] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (failure != std::errc{}) refuse(text);
  std::string_view unit(after, static_cast<std::size_t>(end - after));
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  const int power = power_of_unit(unit);
  if (power < 0) refuse(text);
  const double bytes = number * static_cast<double>(std::uint64_t{1} << (10 * power));
  if (bytes >= 0x1p63) refuse(text);
  return static_cast<std::uint64_t>(bytes);
}

std::string format_byte_size(std::uint64_t bytes) {
  static constexpr std::array<const char*, 7> kNames{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double number = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; number >= 1023.95; ++unit) number /= 1024;  // 1023.95 would be shown as 1024.0
  return fmt::format("{:.1f} {}", number, kNames[unit]);
}

}  // namespace wirecopy
