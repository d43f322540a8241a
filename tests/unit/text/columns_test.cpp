#include "text/columns.hpp"

#include <gtest/gtest.h>

namespace wirecopy {
namespace {

TEST(Columns, WideCharactersTakeTwoMarksNone) {
  EXPECT_EQ(columns_of(U'a'), 1U);
  EXPECT_EQ(columns_of(U'я'), 1U);
  EXPECT_EQ(columns_of(U'漢'), 2U);
  EXPECT_EQ(columns_of(U'한'), 2U);
  EXPECT_EQ(columns_of(U'ｱ'), 1U);  // half-width kana
  EXPECT_EQ(columns_of(0x0301), 0U);
  EXPECT_EQ(columns_of(0x1b), 0U);
}

TEST(Columns, ControlsAndTurnsOfDirectionSteer) {
  for (const char32_t code_point : {0x00, 0x1b, 0x0a, 0x7f, 0x9b, 0x2028, 0x202e, 0x2066, 0xfeff}) {
    EXPECT_TRUE(is_steering(code_point)) << static_cast<unsigned>(code_point);
  }
  for (const char32_t code_point : {U' ', U'a', U'ا', U'漢', char32_t{0x200f}}) EXPECT_FALSE(is_steering(code_point));
}

}  // namespace
}  // namespace wirecopy
