#include "provenance/lead_in.hpp"

#include <gtest/gtest.h>

#include <string>

namespace wirecopy {
namespace {

constexpr std::string_view kNews = "Shares rose in the harbour town.\nThen they fell.";

std::string after(const std::string& start) {
  const std::string text = start + std::string(kNews);
  return text.substr(lead_in(text));
}

TEST(LeadIn, SkipsDateLines) {
  for (const char* line : {"18 Nov 2019",
                           "November 18, 2019",
                           "Monday, November 18, 2019",
                           "MONDAY, NOVEMBER 18, 2019",
                           "2019-11-18",
                           "2019-11-18T10:15:29+03:00",
                           "2019-11-18T10:15:29Z",
                           "18.11.2019, 10:15",
                           "18/11/2019 10:15",
                           "Nov 18 2019 10:15 AM EST",
                           "18. November 2019 um 10:15 Uhr",
                           "18 novembre 2019 à 10:15",
                           "18 de noviembre de 2019",
                           "18 ноября 2019 г.",
                           "18 НОЯБРЯ 2019 ГОДА",
                           "19 ноября 2019 года, вторник",
                           "18 ноября, 17:28",
                           "18 листопада 2019, 10:15",
                           "18 Νοεμβρίου 2019",
                           "18 Kasım 2019 Pazartesi",
                           "18. listopadu 2019",
                           "2019年11月18日",
                           "2019년 11월 18일 월요일",
                           "الاثنين 18 نوفمبر 2019",
                           "18 tháng 11 2019",
                           "18 नवंबर 2019"}) {
    EXPECT_EQ(after(std::string(line) + "\n"), kNews) << line;
    EXPECT_EQ(after("\n " + std::string(line) + " \r\n\n"), kNews) << line;
  }
}

TEST(LeadIn, SkipsFeedMarks) {
  for (const char* mark : {"(MENAFN) ", "(MENAFN)\n", "(MENAFN - Kuwait News Agency (KUNA)) ", "(MENAFN- Xinhua) ",
                           "(MENAFN) - ", "[EIN Presswire] -- "}) {
    EXPECT_EQ(after(mark), kNews) << mark;
  }
}

TEST(LeadIn, SkipsSeveral) {
  EXPECT_EQ(after("18 Nov 2019\n(MENAFN - Xinhua) "), kNews);
  EXPECT_EQ(after("(MENAFN)\n2019-11-18\n2019-11-19\n"), kNews);
}

TEST(LeadIn, KeepsTextThatCarriesNews) {
  for (const std::string line : {"",
                                 "2019\n",
                                 "100\n",
                                 "3:2 (1:1)\n",
                                 "1. 2. 3.\n",
                                 "10:15\n",
                                 "May\n",
                                 "May 18 was a day\n",
                                 "18 mayors\n",
                                 "18 Nov 2019 - ",
                                 "LONDON (Reuters) - ",
                                 "(AFP) ",
                                 "Nov 18 (Reuters)\n",
                                 "(Bloomberg) -- ",
                                 "+49 30 1234 5678\n",
                                 "123456789\n",
                                 "In 2019\n",
                                 "12 5 7 9\n",
                                 "(MENAFNs) ",
                                 "(MENAFN and "}) {
    EXPECT_EQ(lead_in(line + std::string(kNews)), 0U) << line;
  }
}

TEST(LeadIn, NeverSkipsAWholeText) {
  for (const char* text : {"", "18 Nov 2019", "18 Nov 2019\n", "(MENAFN)", "(MENAFN)\n18 Nov 2019\n\n"}) {
    EXPECT_EQ(lead_in(text), 0U) << text;
  }
}

}  // namespace
}  // namespace wirecopy
