#include "feed/date.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>

namespace wirecopy {
namespace {

constexpr std::int64_t kMidnight = 1574035200;  // 2019-11-18
constexpr std::int64_t kMoment = kMidnight + 10 * 3600 + 15 * 60 + 29;

TEST(Date, ReadsIsoForms) {
  for (const char* text : {"2019-11-18", "20191118", "2019/11/18", "2019-11-18T00:00:00Z", "2019-11-17T24:00:00Z"}) {
    EXPECT_EQ(parse_date(text), kMidnight) << text;
  }
  for (const char* text :
       {"2019-11-18T10:15:29Z", "2019-11-18 10:15:29", "2019-11-18t10:15:29z", "2019-11-18T10:15:29.123Z",
        "2019-11-18T13:15:29+03:00", "2019-11-18T13:15:29.000000+0300", "2019-11-18 05:15:29-05", "20191118T101529Z",
        "2019-11-18 10:15:29 UTC", "2019-11-18 10:15:29 +0000 UTC", " 2019-11-18 10:15:29,5 GMT+0000\n"}) {
    EXPECT_EQ(parse_date(text), kMoment) << text;
  }
  EXPECT_EQ(parse_date("2019-11-18T10:15"), kMoment - 29);
}

TEST(Date, ReadsMailForms) {
  for (const char* text :
       {"Mon, 18 Nov 2019 10:15:29 GMT", "Mon, 18 Nov 2019 13:15:29 +0300", "18 Nov 2019 05:15:29 EST",
        "Monday, 18-Nov-19 10:15:29 GMT", "Mon, 18 Nov 2019 11:15:29 +0100 (CET)", "mon, 18 nov 2019 10:15:29 z"}) {
    EXPECT_EQ(parse_date(text), kMoment) << text;
  }
}

TEST(Date, ReadsWrittenDates) {
  for (const char* text : {"November 18, 2019", "18 November 2019", "Nov 18, 2019", "Nov. 18, 2019",
                           "18th November 2019", "Monday, November 18, 2019"}) {
    EXPECT_EQ(parse_date(text), kMidnight) << text;
  }
  EXPECT_EQ(parse_date("November 18, 2019 10:15:29 AM"), kMoment);
  EXPECT_EQ(parse_date("Nov 18, 2019, 10:15:29 PM"), kMoment + 12 * 3600);
  EXPECT_EQ(parse_date("Nov 18, 2019 12:00 AM"), kMidnight);
}

TEST(Date, ReadsTimestamps) {
  EXPECT_EQ(parse_date("1574072129"), kMoment);
  EXPECT_EQ(parse_date("1574072129.75"), kMoment);
  EXPECT_EQ(parse_date("1574072129000"), kMoment);
  EXPECT_EQ(parse_date("-1574072129"), -kMoment);
}

TEST(Date, DeterminesTheUnitOfATimestampByItsMagnitude) {
  for (const char* text : {"1574072129", "1574072129000", "1574072129000000", "1574072129000000000", "1574072129123",
                           "1574072129123456", "1574072129123456789", "1574072129123456.789"}) {
    EXPECT_EQ(parse_date(text), kMoment) << text;
  }
  EXPECT_EQ(parse_date("-1574072129000000"), -kMoment);
  EXPECT_EQ(parse_date("-1574072129000000000"), -kMoment);
}

// From 1973-03-03 on, all units agree; before, a number would be too small for its unit.
TEST(Date, UnitsOfTimestampsAgreeOnTheRangeOfYears) {
  const std::int64_t first = 100'000'000, last = *parse_date("2200-12-31T23:59:59Z");
  for (const std::int64_t seconds : {first, kMoment, std::int64_t{1} << 32, last}) {
    for (const char* zeros : {"", "000", "000000", "000000000"}) {
      EXPECT_EQ(parse_date(std::to_string(seconds) + zeros), seconds) << seconds << zeros;
    }
  }
  for (const char* zeros : {"", "000", "000000", "000000000"}) {
    EXPECT_EQ(parse_date(std::to_string(last + 1) + zeros), std::nullopt) << zeros;
  }
  for (const char* text : {"9223372036854775807", "-9223372036854775808", "9999999999999999999", "15740721290000000000",
                           "18446744073709551616"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Date, AcceptsOnlyYearsInRange) {
  EXPECT_TRUE(is_date(0));
  EXPECT_TRUE(is_date(*parse_date("1900-01-01")));
  EXPECT_FALSE(is_date(*parse_date("1900-01-01") - 1));
  EXPECT_TRUE(is_date(*parse_date("2200-12-31T23:59:59Z")));
  EXPECT_FALSE(is_date(*parse_date("2200-12-31T23:59:59Z") + 1));
  EXPECT_FALSE(is_date(std::numeric_limits<std::int64_t>::min()));
  EXPECT_FALSE(is_date(std::numeric_limits<std::int64_t>::max()));
}

TEST(Date, RejectsNonDates) {
  for (const char* text : {"",
                           " ",
                           "yesterday",
                           "2019",
                           "2019-11",
                           "2019-13-01",
                           "2019-02-29",
                           "2019-11-31",
                           "2019-11-18T",
                           "2019-11-18T25:00",
                           "2019-11-18T10:60",
                           "2019-11-18T10:15:29X",
                           "2019-11-18 and more",
                           "0000-00-00",
                           "0001-01-01T00:00:00Z",
                           "2019-11-18T10:15:29+25:00",
                           "32 January 2019",
                           "18 Foo 2019",
                           "1899-12-31",
                           "2201-01-01",
                           "99999999999999999999",
                           "2019-11-1810:15",
                           "November 18",
                           "18 November 2019 13:00 PM",
                           "1e9",
                           "123",
                           "-",
                           "\xff\xff",
                           "2019-11-18T10:15:29 +"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Date, LimitsTheRangeOfYears) {
  EXPECT_EQ(format_date(*parse_date("1900-01-01")), "1900-01-01T00:00:00Z");
  EXPECT_EQ(format_date(*parse_date("2200-12-31T23:59:59Z")), "2200-12-31T23:59:59Z");
  EXPECT_EQ(parse_date("1900-01-01T00:00:00+01:00"), std::nullopt);
  EXPECT_EQ(format_date(*parse_date("2199-12-31T23:59:60Z")), "2200-01-01T00:00:00Z");
}

// Iterates over every day of the range with a hand-written calendar.
TEST(Date, RoundTripsEveryDay) {
  int year = 1900;
  int month = 1;
  int day = 1;
  for (std::int64_t seconds = *parse_date("1900-01-01"); year <= 2200; seconds += 86400) {
    const std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    ASSERT_EQ(parse_date(text), seconds);
    ASSERT_EQ(format_date(seconds + 86399), text + "T23:59:59Z");
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (++day > lengths[month - 1]) {
      day = 1;
      if (++month > 12) {
        month = 1;
        ++year;
      }
    }
  }
}

}  // namespace
}  // namespace wirecopy
