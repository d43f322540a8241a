#include "provenance/credit.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace wirecopy {
namespace {

std::string credit(std::string_view text) { return std::string(name(credited_agency(text))); }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text.append(part);
  return text;
}

/// A body longer than both windows, without a credit.
std::string body() {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "Words that say what went on in the harbour town. ";
  text.pop_back();
  return text;
}

struct Case {
  const char* text;
  const char* agency;
};

class Dateline : public testing::TestWithParam<Case> {};
TEST_P(Dateline, IsCredited) {
  EXPECT_EQ(credit(joined({GetParam().text, " ", body()})), GetParam().agency) << GetParam().text;
}
TEST_P(Dateline, IsCreditedBelowASummary) {
  EXPECT_EQ(credit(joined({"A summary of it all stands here\n", GetParam().text, " ", body()})), GetParam().agency)
      << GetParam().text;
}
TEST_P(Dateline, IsCreditedInMarkup) {
  EXPECT_EQ(credit(joined({"<p>", GetParam().text, " ", body(), "</p>"})), GetParam().agency) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Languages, Dateline,
    testing::Values(
        Case{"LONDON (Reuters) - Shares rose", "Reuters"},
        Case{"LA PAZ, Bolivia (AP) — Shares rose", "Associated Press"},
        Case{"ACCRA, Nov 18 (Xinhua) -- Shares rose", "Xinhua"}, Case{"REUTERS: Shares rose", "Reuters"},
        Case{"MOSCOW, November 18. /TASS/. Shares rose", "TASS"}, Case{"TASS, November 18. Shares rose", "TASS"},
        Case{"Accra, Nov. 18, GNA - Shares rose", "GNA"}, Case{"(MENAFN - Xinhua) Shares rose", "Xinhua"},
        Case{"(MENAFN - Kuwait News Agency (KUNA)) Shares rose", "KUNA"}, Case{"(MENAFN) Shares rose", "MENAFN"},
        Case{"Dresden (AFP) - Die Aktien", "AFP"}, Case{"Hannover (dpa/lni) - Die Aktien", "dpa"},
        Case{"NEW YORK (dpa-AFX) - Die Aktien", "dpa"}, Case{"Paris, 18 nov 2019 (AFP) - Les actions", "AFP"},
        Case{"Washington, 18 nov (EFE).- Las acciones", "EFE"},
        Case{"Roma, 18 nov. (askanews) – Le azioni", "Askanews"}, Case{"(ANSA) - ROMA, 18 NOV - Le azioni", "ANSA"},
        Case{"SÃO PAULO, 18 NOV (ANSA) - As ações", "ANSA"}, Case{"Agência Brasil — As ações", "Agência Brasil"},
        Case{"МОСКВА, 18 ноя — РИА Новости. Акции", "RIA Novosti"},
        Case{"Москва. 18 ноября. INTERFAX.RU - Акции", "Interfax"}, Case{"МОСКВА, 18 ноября. /ТАСС/. Акции", "TASS"},
        Case{"ПЕРМЬ, 18 ноября, ФедералПресс. Акции", "FederalPress"}, Case{"СЕУЛ (Рейтер) - Акции", "Reuters"},
        Case{"Praha 18. listopadu (ČTK) - Akcie", "ČTK"}, Case{"ANKARA (AA) - Hisseler", "Anadolu"},
        Case{"İSTANBUL, (DHA) - Hisseler", "DHA"}, Case{"JAKARTA (ANTARA) - Saham", "Antara"},
        Case{"أبوظبي في 18 نوفمبر/ وام / ارتفعت", "WAM"}, Case{"بيروت (أ ف ب) - ارتفعت", "AFP"},
        Case{"ایسنا/البرز سهام", "ISNA"}, Case{"به گزارش ایسنا، سهام", "ISNA"},
        Case{"(서울=연합뉴스) 홍길동 기자 = 주가", "Yonhap"}, Case{"新华社北京11月18日电 股票", "Xinhua"},
        Case{"（中央社台北18日電）股票", "CNA (Taiwan)"}, Case{"［モスクワ　１８日　ロイター］ - 株", "Reuters"},
        Case{"【北京共同】株", "Kyodo"}, Case{"ΑΘΗΝΑ (ΑΠΕ-ΜΠΕ) - Οι μετοχές", "ΑΠΕ-ΜΠΕ"}));

class CreditLineAtEnd : public testing::TestWithParam<Case> {};
TEST_P(CreditLineAtEnd, IsCredited) {
  EXPECT_EQ(credit(joined({body(), GetParam().text})), GetParam().agency) << GetParam().text;
}
TEST_P(CreditLineAtEnd, IsCreditedBeforeOtherLines) {
  EXPECT_EQ(credit(joined({body(), GetParam().text, "\nRelated articles"})), GetParam().agency) << GetParam().text;
}
TEST_P(CreditLineAtEnd, IsNotCreditedFarFromTheEnd) {
  EXPECT_EQ(credit(joined({body(), GetParam().text, "\n", body()})), "") << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Languages, CreditLineAtEnd,
    testing::Values(Case{" (AFP)", "AFP"}, Case{"\n(İHA)", "İHA"}, Case{" (dpa)", "dpa"}, Case{" — Reuters", "Reuters"},
                    Case{" -AAP", "AAP"}, Case{" EFE", "EFE"}, Case{"\nEFE", "EFE"}, Case{"\nPA", "PA Media"},
                    Case{"\nSource: Xinhua", "Xinhua"}, Case{"\nFonte: ANSA.", "ANSA"}, Case{" (Fonte ANSA)", "ANSA"},
                    Case{"\nFuente: Agencia de Noticias Télam", "Télam"}, Case{"\nCon información de AFP y EFE", "AFP"},
                    Case{"\nKaynak: AA", "Anadolu"}, Case{"\nForrás: MTI", "MTI"}, Case{"\nIzvor: Beta", "Beta"},
                    Case{"\nИсточник: ТАСС", "TASS"}, Case{"\nДжерело: УНН", "UNN"}, Case{"\n/БТА/", "BTA"},
                    Case{"\nΠΗΓΗ:ΑΠΕ-ΜΠΕ", "ΑΠΕ-ΜΠΕ"}, Case{" منبع: ایسنا", "ISNA"}, Case{"\n来源：新华社", "Xinhua"},
                    Case{"（共同）", "Kyodo"}, Case{"\n(With inputs from PTI)", "PTI"}, Case{"\nPAP, PR24, akg", "PAP"},
                    Case{"\n(Reporting by A. Person; Editing by B. Person)", "Reuters"},
                    Case{"\nCopyright 2019 The Associated Press. All rights reserved.", "Associated Press"},
                    Case{"\n© 2019 AFP", "AFP"}, Case{"\nJane Doe, The Canadian Press", "The Canadian Press"},
                    Case{" © SITA Všetky práva vyhradené.", "SITA"}, Case{"\nTheo TTXVN", "TTXVN"}));

class NearMiss : public testing::TestWithParam<const char*> {};
TEST_P(NearMiss, AtTheStartIsNotACredit) { EXPECT_EQ(credit(joined({GetParam(), "\n", body()})), "") << GetParam(); }
TEST_P(NearMiss, AtTheEndIsNotACredit) { EXPECT_EQ(credit(joined({body(), "\n", GetParam()})), "") << GetParam(); }

INSTANTIATE_TEST_SUITE_P(
    All, NearMiss,
    testing::Values("AP Møller said on Monday that its ships", "The snAFPu of the week", "A pap smear is a test",
                    "Reuters reported on Monday that shares rose.", "The minister told Reuters that he would go.",
                    "Shares rose, according to AFP.", "Об этом сообщает ТАСС.", "передает РИА Новости.", "Photo: AFP",
                    "REUTERS/Jane Doe", "Фото: РИА Новости / Иван Иванов", "(AP Photo/Jane Doe)",
                    "(Photo by Jane Doe/AFP)", "Image: Reuters", "Pakistan Tehreek-e-Insaf (PTI)",
                    "The Pakistan Tehreek-e-Insaf party of the prime minister (PTI) - said", "30 DE ANI DE CAPITALISM",
                    "COME STA SILVIA", "AA'nın elde ettiği görüntüler", "Dow Jones, Nasdaq, S&P 500",
                    "Interfaxes are no word", "BEA-TT", "© REUTERS", "The battery (AA) is small",
                    "Reuters: many think so", "сообщил источник ТАСС.", "eafp", "(afp)"));

TEST(Credit, AcceptsBylines) {
  EXPECT_EQ(credit(joined({"By Reuters\n", body()})), "Reuters");
  EXPECT_EQ(credit(joined({"By Jane Doe, The Associated Press\n", body()})), "Associated Press");
  EXPECT_EQ(credit(joined({"Von dpa\n", body()})), "dpa");
  EXPECT_EQ(credit(joined({"By Jane Doe\n", body()})), "");
}

TEST(Credit, UsesTheFirstOfSeveral) {
  EXPECT_EQ(credit(joined({"PARIS (AFP) - ", body(), " (Reuters)"})), "AFP");
  EXPECT_EQ(credit(joined({body(), "\n(Reuters, dpa, AP)"})), "Reuters");
  EXPECT_EQ(credit(joined({"(MENAFN) ", body(), " (AFP)"})), "AFP");
  EXPECT_EQ(credit(joined({body(), "\n— With files from The Associated Press\nThe Canadian Press"})),
            "The Canadian Press");
  EXPECT_EQ(credit(joined({body(), "\n— With files from The Associated Press"})), "Associated Press");
}

TEST(Credit, IsNoneForEmptyAndTinyTexts) {
  for (const char* text : {"", " ", "(", "()", "A", "\n\n", "<", "(AF", ")", "©"}) EXPECT_EQ(credit(text), "");
}

TEST(Credit, MayBeTheWholeText) { EXPECT_EQ(credit("AFP"), "AFP"); }

// Arbitrary bytes: no read outside the text (under AddressSanitizer), and the same result each time.
TEST(Credit, AcceptsArbitraryBytes) {
  const std::string_view pieces[] = {
      "(",    ")",      "AFP",    "/",    "\xE2",      "\xE2\x80\x94", "\n",  " - ",    "<p>",  "©",
      "【",   "】",     "Source", ": ",   "Reuters",   "\xEF\xBC",     "18 ", ".",      "共同", "\xFF",
      "ТАСС", "MENAFN", "(c) 2",  "019 ", "Copyright", "</",           "\"",  "&nbsp;", "&",    "By "};
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 40; n-- > 0;) text += pieces[random() % std::size(pieces)];
    const std::string copy(text);
    EXPECT_EQ(credited_agency(text), credited_agency(copy));
  }
}

TEST(Agencies, HaveDistinctNamesThatCanBeLookedUp) {
  unsigned count = 0;
  for (unsigned i = 1; i < 255 && !name(AgencyId{static_cast<std::uint8_t>(i)}).empty(); ++i, ++count) {
    const AgencyId agency{static_cast<std::uint8_t>(i)};
    EXPECT_EQ(agency_named(name(agency)), agency) << name(agency);
  }
  EXPECT_GE(count, 40U);
  EXPECT_EQ(agency_named("No Such Agency"), AgencyId::none);
  EXPECT_EQ(name(AgencyId::none), "");
  EXPECT_EQ(name(AgencyId{255}), "");
}

}  // namespace
}  // namespace wirecopy
