#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/memory_size.hpp"

namespace wirecopy {
namespace {

RC_GTEST_PROP(MemorySize, ParsesPlainNumbersAsBytes, ()) {
  const auto bytes = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 53);
  RC_ASSERT(parse_byte_size(fmt::format("{}", bytes)) == bytes);
}

RC_GTEST_PROP(MemorySize, MultipliesByTheUnit, ()) {
  const auto count = *rc::gen::inRange<std::uint64_t>(0, 1 << 20);
  const auto power = *rc::gen::inRange(0, 5);
  for (const char* suffix : {"", "B", "iB"}) {
    if (power == 0 && *suffix == 'i') continue;
    const std::string unit = fmt::format("{}{}", power == 0 ? "" : std::string(1, "BKMGT"[power]), suffix);
    RC_ASSERT(parse_byte_size(fmt::format("{}{}", count, unit)) == count << (10 * power));
  }
}

// A displayed size is accurate to half a unit of its last digit, and can be parsed again.
RC_GTEST_PROP(MemorySize, RoundTripsDisplayedSizes, ()) {
  const auto bytes = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 49);
  const std::string text = format_byte_size(bytes);
  const double unit = static_cast<double>(parse_byte_size(fmt::format("1{}", text.substr(text.find(' ')))));
  const double difference = static_cast<double>(parse_byte_size(text)) - static_cast<double>(bytes);
  RC_ASSERT(std::abs(difference) <= (unit == 1 ? 0 : 0.05 * unit + 1));
}

}  // namespace
}  // namespace wirecopy
