// One scanner for all forms. It looks at how the text begins (digits or a word), parses the date, then an optional time
// and zone, and requires that nothing is left. Calendar arithmetic uses Howard Hinnant's days-from-civil formula.
#include "feed/date.hpp"

#include <fmt/format.h>

#include <array>

namespace wirecopy {

namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;
// A timestamp is in the largest unit in which its value is at least this. In every unit, dates up to 1973-03-03 have
// smaller values, and dates up to 2200 stay below a thousand times this value, so the units cannot be confused.
constexpr std::uint64_t kMinOfUnit = 100'000'000'000;
constexpr std::size_t kMaxDigits = 19;  // nanoseconds in 2200 have as many, and all such numbers fit into 64 bits

constexpr std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

constexpr std::int64_t kFirstSecond = days_from_civil(kFirstYear, 1, 1) * kDay;
constexpr std::int64_t kEndSecond = days_from_civil(kLastYear + 1, 1, 1) * kDay;

constexpr int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool equals_ignoring_case(std::string_view text, std::string_view lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (lower(text[at]) != lower_case[at]) return false;
  }
  return true;
}

// A full name or its first three letters; also "sept". 0 if there is no such month.
int month_by_name(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                            "may",       "june",     "july",     "august",
                                                            "september", "october",  "november", "december"};
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    const std::string_view full = kMonths[month];
    if (equals_ignoring_case(word, full) || equals_ignoring_case(word, full.substr(0, 3)))
      return static_cast<int>(month) + 1;
  }
  return equals_ignoring_case(word, "sept") ? 9 : 0;
}

bool is_weekday(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                         "friday", "saturday", "sunday"};
  for (const std::string_view day : kDays) {
    if (equals_ignoring_case(word, day) || equals_ignoring_case(word, day.substr(0, 3))) return true;
  }
  return equals_ignoring_case(word, "tues") || equals_ignoring_case(word, "thur") ||
         equals_ignoring_case(word, "thurs");
}

struct Zone {
  std::string_view name;
  int hours;
};
// The names of RFC 2822 and the European ones.
constexpr std::array<Zone, 16> kZones{{{"z", 0},
                                       {"utc", 0},
                                       {"gmt", 0},
                                       {"ut", 0},
                                       {"est", -5},
                                       {"edt", -4},
                                       {"cst", -6},
                                       {"cdt", -5},
                                       {"mst", -7},
                                       {"mdt", -6},
                                       {"pst", -8},
                                       {"pdt", -7},
                                       {"cet", 1},
                                       {"cest", 2},
                                       {"eet", 2},
                                       {"eest", 3}}};

std::optional<std::int64_t> in_range(std::int64_t seconds) {
  return is_date(seconds) ? std::optional(seconds) : std::nullopt;
}

class DateScanner {
 public:
  explicit DateScanner(std::string_view text) : rest_(text) { skip_spaces(); }

  std::optional<std::int64_t> scan() {
    while (!rest_.empty() && is_space(rest_.back())) rest_.remove_suffix(1);
    if (rest_.empty()) return std::nullopt;
    if (const auto stamp = timestamp()) return stamp;
    const bool read = date() && time_and_zone() && rest_.empty();
    if (!read) return std::nullopt;
    return in_range(days_from_civil(year_, month_, day_) * kDay + time_ - zone_);
  }

 private:
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool take(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_spaces() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
  }
  std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count])) ++count;
    return count;
  }
  // Exactly `count` digits.
  bool number(std::size_t count, int& to) {
    if (rest_.size() < count) return false;
    to = 0;
    for (std::size_t at = 0; at < count; ++at) {
      if (!is_digit(rest_[at])) return false;
      to = to * 10 + (rest_[at] - '0');
    }
    rest_.remove_prefix(count);
    return true;
  }
  std::string_view word() {
    std::size_t length = 0;
    while (length < rest_.size() && is_letter(rest_[length])) ++length;
    const std::string_view result = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return result;
  }

  // Seconds to nanoseconds, with or without a fraction; at least nine digits, so that 20191118 remains a date.
  std::optional<std::int64_t> timestamp() const {
    std::string_view text = rest_;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::size_t digits = 0;
    std::uint64_t value = 0;
    for (; digits < text.size() && is_digit(text[digits]) && digits < kMaxDigits; ++digits)
      value = value * 10 + static_cast<std::uint64_t>(text[digits] - '0');
    if (digits < 9 || !rest_is_fraction(text.substr(digits))) return std::nullopt;
    for (int unit = 0; unit < 3 && value >= kMinOfUnit; ++unit) value /= 1000;
    const auto seconds = static_cast<std::int64_t>(value);
    return in_range(negative ? -seconds : seconds);
  }
  static bool rest_is_fraction(std::string_view text) {
    if (text.empty()) return true;
    if (text.front() != '.') return false;
    return text.find_first_not_of("0123456789", 1) == std::string_view::npos;
  }

  bool date() {
    if (is_letter(peek())) return date_of_words();
    const std::size_t digits = digits_ahead();
    if (digits == 8) return number(4, year_) && number(2, month_) && number(2, day_) && date_is_real();
    if (digits == 4) return date_of_numbers();
    return digits <= 2 && day_first();
  }

  // 2019-11-18, 2019/11/18
  bool date_of_numbers() {
    if (!number(4, year_)) return false;
    const char separator = peek();
    if (separator != '-' && separator != '/') return false;
    return take(separator) && number(2, month_) && take(separator) && number(2, day_) && date_is_real();
  }

  // "Mon, 18 Nov 2019", "November 18, 2019", "Monday, November 18, 2019"
  bool date_of_words() {
    std::string_view first = word();
    if (is_weekday(first)) {
      take('.');
      take(',');
      skip_spaces();
      if (is_digit(peek())) return digits_ahead() == 4 ? date_of_numbers() : day_first();
      first = word();
    }
    month_ = month_by_name(first);
    if (month_ == 0) return false;
    take('.');
    skip_spaces();
    if (!day_number()) return false;
    take(',');
    skip_spaces();
    return number(4, year_) && date_is_real();
  }

  // "18 November 2019", "18-Nov-2019", "18 Nov 19" (RFC 2822: two-digit years from 50 are in the last century)
  bool day_first() {
    if (!day_number()) return false;
    const bool dashed = take('-');
    skip_spaces();
    month_ = month_by_name(word());
    if (month_ == 0) return false;
    take('.');
    take(',');
    if (dashed && !take('-')) return false;
    skip_spaces();
    if (digits_ahead() != 2) return number(4, year_) && date_is_real();
    if (!number(2, year_)) return false;
    year_ += year_ < 50 ? 2000 : 1900;
    return date_is_real();
  }

  bool day_number() {
    const std::size_t digits = digits_ahead();
    if (digits < 1 || digits > 2 || !number(digits, day_)) return false;
    for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
      if (!rest_.starts_with(ending)) continue;
      rest_.remove_prefix(2);
      break;
    }
    return true;
  }

  bool date_is_real() const {
    return year_ >= kFirstYear - 1 && year_ <= kLastYear + 1 && month_ >= 1 && month_ <= 12 && day_ >= 1 &&
           day_ <= days_in_month(year_, month_);
  }

  bool time_and_zone() {
    if (rest_.empty()) return true;
    const bool marked = take('T') || take('t') || take(',');
    const bool spaced = is_space(peek());
    skip_spaces();
    if (is_digit(peek())) {
      if (!marked && !spaced) return false;
      if (!time()) return false;
    } else if (marked && !spaced) {
      return false;
    }
    skip_spaces();
    return rest_.empty() || zone();
  }

  // 10, 1015, 101529, 10:15, 10:15:29, 10:15:29.123, 9:15 AM
  bool time() {
    int hour = 0;
    int minute = 0;
    int second = 0;
    const std::size_t digits = digits_ahead();
    if (digits == 4 || digits == 6) {
      if (!number(2, hour) || !number(2, minute) || (digits == 6 && !number(2, second))) return false;
    } else {
      if (digits < 1 || digits > 2 || !number(digits, hour) || !take(':') || !number(2, minute)) return false;
      if (take(':') && !number(2, second)) return false;
    }
    if ((peek() == '.' || peek() == ',') && !fraction()) return false;
    if (!half_of_day(hour)) return false;
    const bool midnight_after = hour == 24 && minute == 0 && second == 0;
    if ((hour > 23 && !midnight_after) || minute > 59 || second > 60) return false;
    time_ = hour * kHour + minute * kMinute + second;
    return true;
  }

  bool fraction() {
    rest_.remove_prefix(1);
    const std::size_t digits = digits_ahead();
    rest_.remove_prefix(digits);
    return digits != 0;
  }

  // "AM" or "PM" after the time; false for "13:00 PM".
  bool half_of_day(int& hour) {
    const std::string_view before = rest_;
    skip_spaces();
    const std::string_view half = word();
    const bool morning = equals_ignoring_case(half, "am");
    if (!morning && !equals_ignoring_case(half, "pm")) {
      rest_ = before;
      return true;
    }
    if (hour < 1 || hour > 12) return false;
    hour = hour % 12 + (morning ? 0 : 12);
    return true;
  }

  bool zone() {
    if (peek() == '(') return comment();
    if (is_letter(peek())) {
      if (!named_zone()) return false;
    } else {
      if (!numeric_zone()) return false;
      skip_spaces();
      word();  // "+0300 MSK": the name is ignored
    }
    skip_spaces();
    return rest_.empty() || comment();
  }

  // RFC 2822: "+0100 (CET)"
  bool comment() {
    if (!take('(') || !rest_.ends_with(')')) return false;
    rest_ = {};
    return true;
  }

  bool named_zone() {
    const std::string_view letters = word();
    for (const Zone& known : kZones) {
      if (!equals_ignoring_case(letters, known.name)) continue;
      zone_ = known.hours * kHour;
      return known.hours != 0 || rest_.empty() || (peek() != '+' && peek() != '-') || numeric_zone();
    }
    return false;
  }

  // +03, +0300, +03:00
  bool numeric_zone() {
    const int sign = peek() == '-' ? -1 : 1;
    if (!take('+') && !take('-')) return false;
    int hours = 0;
    int minutes = 0;
    if (!number(2, hours)) return false;
    if (take(':') || is_digit(peek())) {
      if (!number(2, minutes)) return false;
    }
    zone_ = sign * (hours * kHour + minutes * kMinute);
    return hours < 24 && minutes < 60;
  }

  std::string_view rest_;
  int year_ = 0;
  int month_ = 0;
  int day_ = 0;
  std::int64_t time_ = 0;
  std::int64_t zone_ = 0;
};

}  // namespace

bool is_date(std::int64_t seconds) { return seconds >= kFirstSecond && seconds < kEndSecond; }

std::optional<std::int64_t> parse_date(std::string_view text) { return DateScanner(text).scan(); }

std::string format_date(std::int64_t seconds) {
  const std::int64_t days = (seconds >= 0 ? seconds : seconds - (kDay - 1)) / kDay;
  const std::int64_t time = seconds - days * kDay;
  // Hinnant's civil-from-days: years begin in March, so that the leap day comes last.
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march + (month_from_march < 10 ? 3 : -9);
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, day, time / kHour, time / kMinute % 60,
                     time % 60);
}

}  // namespace wirecopy
