// The maximum cost of finding credits, lead-ins and version marks in any text and title.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "provenance/credit.hpp"
#include "provenance/lead_in.hpp"
#include "provenance/version_mark.hpp"
#include "reference/cpu_cost.hpp"

namespace wirecopy {
namespace {

using reference::kCostSlack;
using reference::repeated;

// Credits are searched in at most 600 bytes of a text, so the cost of a whole text is bounded.
constexpr double kMaxNanosecondsOfCredit = 100'000 * kCostSlack;
constexpr double kMaxNanosecondsAByte = 150 * kCostSlack;

constexpr std::string_view kPieces[] = {
    "(",
    ")",
    "[",
    "（",
    "【",
    "「",
    "()",
    "(a",
    "((Reuters",
    "(Reuters)",
    "(Reuters",
    "Reuters ",
    "AFP, ",
    "AP/",
    // signs and spaces
    "-",
    "- ",
    "--",
    "/",
    "/ ",
    ".",
    ", ",
    ":",
    "=",
    "\u2013",
    "\u3000",
    "\u00A0",
    "&nbsp;",
    "\u200B",
    "\uFEFF",
    " ",
    "\n",
    " \n",
    "\r\n",
    "\"",
    "\u2019",
    "*",
    "\u2022",
    "\xE2",
    "\xE3",
    "\xEF",
    "\xE2\x80",
    // credit words, feed marks, dates, tags
    "Source: ",
    "By ",
    "Copyright 2019 ",
    "(c) ",
    "(MENAFN - ",
    "(MENAFN)",
    "(MENAFN) - ",
    "18 Nov 2019\n",
    "2019-11-18\n",
    "18 ноября 2019 г.\n",
    "Nov ",
    "1",
    "1 ",
    "11111111\n",
    "<",
    "<a",
    "<a>",
    ">",
    "ноя ",
    "2019年",
    // version marks
    "UPDATE ",
    "UPDATE 1-",
    "(UPDATE ",
    "(UPDATE 1 ",
    "[UPDATED",
    "(1st ",
    "1st ",
    "(2보",
    "2보)",
    "(종합",
    "LEAD: ",
    "（更新",
    "【更新 ",
    "（",
    "\u3000（",
    "-я ",
    "2-я ",
};

TEST(Cost, OfCreditsIsBoundedForAnyText) {
  constexpr int kCalls = 64;  // the clock takes longer than one call
  for (const std::string_view piece : kPieces) {
    for (const std::size_t size : {16U, 64U, 80U, 300U, 600U, 5000U}) {
      const std::string text = repeated(piece, size);
      const double cost = reference::cost_a_byte(kCalls, kMaxNanosecondsOfCredit, [&text] {
        for (int call = 0; call < kCalls; ++call) static_cast<void>(credited_agency(text));
      });
      EXPECT_LT(cost, kMaxNanosecondsOfCredit) << piece << " " << size;
    }
  }
}

TEST(Cost, OfVersionsAndLeadInsIsLinear) {
  for (const std::string_view piece : kPieces) {
    const auto make = [piece](std::size_t size) { return repeated(piece, size); };
    EXPECT_LT(reference::worst_cost(kMaxNanosecondsAByte, make,
                                    [](std::string_view title) { static_cast<void>(find_version(title)); }),
              kMaxNanosecondsAByte)
        << piece;
    EXPECT_LT(reference::worst_cost(kMaxNanosecondsAByte, make,
                                    [](std::string_view text) { static_cast<void>(lead_in(text)); }),
              kMaxNanosecondsAByte)
        << piece;
  }
}

// A bracket before long white space, repeatedly.
TEST(Cost, OfSpacesAfterBracketsIsLinear) {
  for (const std::string_view mark : {"(", "(UPDATE", "(UPDATE 1", "【", "(MENAFN", "UPDATE"}) {
    for (const std::string_view space : {" ", "\u3000", "\uFEFF", "&nbsp;"}) {
      const auto make = [&](std::size_t size) {
        std::string text;
        while (text.size() < size) text.append(mark).append(repeated(space, size / 8));
        return text;
      };
      EXPECT_LT(reference::worst_cost(kMaxNanosecondsAByte, make,
                                      [](std::string_view text) {
                                        static_cast<void>(find_version(text));
                                        static_cast<void>(lead_in(text));
                                      }),
                kMaxNanosecondsAByte)
          << mark << space;
    }
  }
}

}  // namespace
}  // namespace wirecopy
