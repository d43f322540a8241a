#include "text/columns.hpp"

#include <utf8proc.h>

namespace wirecopy {

unsigned columns_of(char32_t code_point) {
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point));
  return width > 0 ? static_cast<unsigned>(width) : 0;
}

bool is_steering(char32_t code_point) {
  const bool is_control = code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
  const bool is_separator = code_point == 0x2028 || code_point == 0x2029;
  const bool is_direction =
      (code_point >= 0x202a && code_point <= 0x202e) || (code_point >= 0x2066 && code_point <= 0x2069);
  return is_control || is_separator || is_direction || code_point == 0xfeff;
}

}  // namespace wirecopy
