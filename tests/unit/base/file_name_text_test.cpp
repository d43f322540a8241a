#include "base/file_name_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/json_writer.hpp"

namespace wirecopy {
namespace {

TEST(FileNameText, LeavesOrdinaryNamesUnchanged) {
  for (const std::string_view name :
       {"", "feed.jsonl", "a b%41.jsonl", "two\nlines", "caf\xc3\xa9/\xe6\x97\xa5.gz", "\xf0\x9f\x98\x80"}) {
    EXPECT_EQ(text_of_file_name(name), name);
    EXPECT_EQ(file_name_of_text(name), name);
  }
}

TEST(FileNameText, EscapesBytesThatAreNotText) {
  EXPECT_EQ(text_of_file_name("caf\xe9.jsonl"),
            "caf\xEF\xBF\xBD"
            "e9.jsonl");
  EXPECT_EQ(text_of_file_name("\xEF\xBF\xBD"
                              "e9"),
            "\xEF\xBF\xBD"
            "ef\xEF\xBF\xBD"
            "bf\xEF\xBF\xBD"
            "bde9");
}

TEST(FileNameText, RoundTripsAnyNameThroughJson) {
  RandomStream random(11);
  for (int round = 0; round < 20'000; ++round) {
    std::string name;
    for (std::uint32_t left = random.below(12); left > 0; --left) {
      const std::uint32_t kind = random.below(4);
      if (kind == 0) name += static_cast<char>(random());
      if (kind == 1) name += "\xEF\xBF\xBD";
      if (kind == 2) name += "0123456789abcdef"[random.below(16)];
      if (kind == 3) name += "\xc3\xa9";
    }
    const std::string text = text_of_file_name(name);
    EXPECT_EQ(file_name_of_text(text), name);
    std::string escaped;
    append_json_escaped(escaped, text);
    std::string unchanged;
    append_json_escaped(unchanged, name);
    EXPECT_EQ(text == name, escaped == unchanged);
    EXPECT_EQ(text_of_file_name(text) == text, text.find("\xEF\xBF\xBD") == std::string::npos);
  }
}

TEST(FileNameText, KeepsMarksWithoutDigits) {
  for (const std::string_view text : {"\xEF\xBF\xBD", "\xEF\xBF\xBDg0",
                                      "\xEF\xBF\xBD"
                                      "1",
                                      "\xEF\xBF\xBD-1"}) {
    EXPECT_EQ(file_name_of_text(text), text);
  }
}

}  // namespace
}  // namespace wirecopy
