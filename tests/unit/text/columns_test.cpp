#include "text/columns.hpp"

#include <gtest/gtest.h>

namespace wirecopy {
namespace {

TEST(Columns, WideCharactersTakeTwoColumnsAndMarksNone) {
  EXPECT_EQ(columns_of(U'a'), 1U);
  EXPECT_EQ(columns_of(U'я'), 1U);
  EXPECT_EQ(columns_of(U'漢'), 2U);
  EXPECT_EQ(columns_of(U'한'), 2U);
  EXPECT_EQ(columns_of(U'ｱ'), 1U);  // half-width kana
  EXPECT_EQ(columns_of(0x0301), 0U);
  EXPECT_EQ(columns_of(0x1b), 0U);
}

TEST(Columns, ControlsAndDirectionChangesAreDisplayControls) {
  for (const char32_t code_point :
       {0x00,   0x1b,   0x0a,   0x7f,   0x9b,   0x61c,  0x180e, 0x200e, 0x200f,  0x2028,  0x2029, 0x202a,
        0x202e, 0x2066, 0x2069, 0x206a, 0x206f, 0xfeff, 0xfff9, 0xfffb, 0xe0000, 0xe0001, 0xe007f}) {
    EXPECT_TRUE(is_display_control(code_point)) << static_cast<unsigned>(code_point);
  }
  // Joiners, soft hyphens and variation selectors belong to ordinary text.
  for (const char32_t code_point : {0x20, 0x61, 0xa0, 0xad, 0x627, 0x200b, 0x200c, 0x200d, 0x2060, 0x6f22, 0xfe0f,
                                    0xfffd, 0x1f600, 0xe0080, 0xe0100, 0x10ffff}) {
    EXPECT_FALSE(is_display_control(code_point)) << static_cast<unsigned>(code_point);
  }
}

}  // namespace
}  // namespace wirecopy
