// Any text as a date.
#include "feed/date.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"

namespace wirecopy::fuzz {

std::vector<std::string> seeds() { return {}; }

void check_laws(std::string_view input) {
  const std::string text = expanded(input);
  std::optional<std::int64_t> date;
  require_cost({.bytes_a_byte = 0}, text.size(), [&] { date = parse_date(text); });
  const CostMeter meter;
  static_cast<void>(parse_date(text));
  require(meter.allocations() == 0, "there are no allocations");
  if (!date) return;
  require(parse_date(format_date(*date)) == date, "formatted dates round-trip");
  constexpr std::int64_t kDay = 86400;
  require(*date >= *parse_date("1900-01-01") - kDay && *date <= *parse_date("2200-12-31") + 2 * kDay,
          "years are within 1900 to 2200 in the date's own zone");
}

}  // namespace wirecopy::fuzz
