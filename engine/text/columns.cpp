#include "text/columns.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace wirecopy {
namespace {

struct Range {
  char32_t first, last;
};

constexpr Range kDisplayControls[] = {
    {0x00, 0x1F},        // C0
    {0x7F, 0x9F},        // DEL, C1
    {0x061C, 0x061C},    // Arabic letter mark
    {0x180E, 0x180E},    // Mongolian vowel separator
    {0x200E, 0x200F},    // left-to-right and right-to-left mark
    {0x2028, 0x202E},    // line and paragraph separator; embeddings and overrides
    {0x2065, 0x206F},    // isolates; deprecated format controls
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFF9, 0xFFFB},    // interlinear annotations
    {0xE0000, 0xE007F},  // tags
};

}  // namespace

unsigned columns_of(char32_t code_point) {
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point));
  return width > 0 ? static_cast<unsigned>(width) : 0;
}

bool is_display_control(char32_t code_point) {
  const auto holds = [code_point](const Range& range) { return range.first <= code_point && code_point <= range.last; };
  return std::ranges::any_of(kDisplayControls, holds);
}

}  // namespace wirecopy
