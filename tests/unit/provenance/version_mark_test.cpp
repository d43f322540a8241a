#include "provenance/version_mark.hpp"

#include <gtest/gtest.h>

namespace wirecopy {
namespace {

std::string version(std::string_view title) { return describe(find_version(title)); }

TEST(VersionMark, IsFoundAtTheStart) {
  EXPECT_EQ(version("UPDATE 2-Protesters block port"), "UPDATE 2");
  EXPECT_EQ(version("UPDATE 1 - Protesters block port"), "UPDATE 1");
  EXPECT_EQ(version("2nd UPDATE: Protesters block port"), "UPDATE 2");
  EXPECT_EQ(version("UPDATE | Protesters block port"), "UPDATE");
  EXPECT_EQ(version("Update: Protesters block port"), "UPDATE");
  EXPECT_EQ(version("WRAPUP 3-Protesters block port"), "WRAPUP 3");
  EXPECT_EQ(version("ROUNDUP 2: Einigung im Streit"), "WRAPUP 2");
  EXPECT_EQ(version("CORRECTED-Protesters block port"), "CORRECTED");
  EXPECT_EQ(version("Correction: Port story"), "CORRECTED");
  EXPECT_EQ(version("KORREKTUR: Einigung im Streit"), "CORRECTED");
  EXPECT_EQ(version("REFILE-Protesters block port"), "REFILE");
  EXPECT_EQ(version("3rd LD: Protesters block port"), "LEAD 3");
  EXPECT_EQ(version("ADDS: Protesters block port"), "ADDS");
  EXPECT_EQ(version("GÜNCELLEME 2 - Liman"), "UPDATE 2");
}

TEST(VersionMark, IsFoundInBrackets) {
  EXPECT_EQ(version("Storm hits the coast (updated)"), "UPDATE");
  EXPECT_EQ(version("Storm hits the coast [Updated]"), "UPDATE");
  EXPECT_EQ(version("[Update 12: Again] Storm hits the coast"), "UPDATE 12");
  EXPECT_EQ(version("(2nd LD) Storm hits the coast"), "LEAD 2");
  EXPECT_EQ(version("(LEAD) Storm hits the coast"), "LEAD");
  EXPECT_EQ(version("Storm hits the coast (ADDS details)"), "ADDS");
  EXPECT_EQ(version("Шторм (обновлено)"), "UPDATE");
  EXPECT_EQ(version("Шторм (2-я версия)"), "VERSION 2");
  EXPECT_EQ(version("Шторм (дополнение)"), "ADDS");
  EXPECT_EQ(version("Буря (ОНОВЛЕНО)"), "UPDATE");
  EXPECT_EQ(version("해상 어선 화재(종합)"), "WRAPUP");
  EXPECT_EQ(version("해상 어선 화재(종합2보)"), "WRAPUP 2");
  EXPECT_EQ(version("해상 어선 화재(2보)"), "VERSION 2");
  EXPECT_EQ(version("台风登陆（更新）"), "UPDATE");
  EXPECT_EQ(version("【訂正】台風上陸"), "CORRECTED");
}

TEST(VersionMark, IsNotFoundInRunningText) {
  for (const char* title : {"", "(", "Update your phone now", "Updated website for the port", "Lead found in water",
                            "LEAD poisoning rises", "Correction of the market (so far)", "Storm (update available)",
                            "The band (lead singer: Doe)", "Update-Funktion hilft", "UPDATES to the plan", "Storm (2)",
                            "Storm (300보)", "ADDS", "Версия событий (версия)", "(updatedness) is a word"}) {
    EXPECT_EQ(version(title), "") << title;
  }
}

}  // namespace
}  // namespace wirecopy
