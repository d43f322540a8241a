#include "provenance/name_table.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "provenance/credit_tables.hpp"

namespace wirecopy {
namespace {

// The naive twin compares with all names.
const std::string* longest(const std::vector<std::string>& names, std::string_view text, bool at_begin) {
  const std::string* found = nullptr;
  for (const std::string& name : names) {
    const bool has = at_begin ? text.starts_with(name) : text.ends_with(name);
    if (has && (found == nullptr || name.size() > found->size())) found = &name;
  }
  return found;
}

TEST(NameTable, AgreesWithALinearSearch) {
  std::mt19937 random(3);
  const auto word = [&](std::size_t size) {
    std::string text;
    while (text.size() < size) text += "ab\xD0("[random() % 4];
    return text;
  };
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) names.push_back(word(2 + random() % 7));
  std::vector<NameTable<int>::Entry> entries;
  for (int i = 0; i < 300; ++i) entries.push_back({names[static_cast<std::size_t>(i)], i});
  const NameTable<int> table(entries);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = word(random() % 10);
    for (const bool at_begin : {true, false}) {
      const auto* found = at_begin ? table.at_begin(text) : table.at_end(text);
      const std::string* expected = longest(names, text, at_begin);
      ASSERT_EQ(found == nullptr, expected == nullptr) << text;
      if (found != nullptr) {
        ASSERT_EQ(found->name, *expected);
      }
    }
  }
}

TEST(NameTable, ReturnsTheFirstOfEqualNames) {
  const NameTable<int> table({{"AFP", 1}, {"AFP", 2}});
  EXPECT_EQ(table.at_begin("AFP")->value, 1);
  EXPECT_EQ(table.at_end("AFP")->value, 1);
}

TEST(CreditTables, RejectMalformedLines) {
  EXPECT_NO_THROW(CreditTables("# comment\nAgency\ten\tABC|~AB|^Phrase|@FEED\n", "en\tsource\tSource\n"));
  EXPECT_THROW(CreditTables("Agency\tABC\n", ""), std::invalid_argument);
  EXPECT_THROW(CreditTables("Agency\ten\tABC||DEF\n", ""), std::invalid_argument);
  EXPECT_THROW(CreditTables("Agency\ten\tABC\n", "en\tunknown\tSource\n"), std::invalid_argument);
}

}  // namespace
}  // namespace wirecopy
