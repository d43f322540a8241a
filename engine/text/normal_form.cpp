#include "text/normal_form.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace wirecopy {
namespace {

using CodePoint = std::vector<std::int32_t>::iterator;

constexpr std::ptrdiff_t kShortRun = 32;
// While they are sorted, code points carry their combining class in the bits above.
constexpr int kClassShift = 21;
constexpr std::int32_t kCodePointBits = (1 << kClassShift) - 1;

std::int32_t with_class(std::int32_t code_point) {
  return utf8proc_get_property(code_point)->combining_class << kClassShift | code_point;
}
int class_of(std::int32_t marked) { return marked >> kClassShift; }
bool is_starter(std::int32_t marked) { return marked <= kCodePointBits; }

void decompose(const std::vector<std::int32_t>& code_points, std::vector<std::int32_t>& decomposed) {
  decomposed.clear();
  for (const std::int32_t code_point : code_points) {
    std::int32_t parts[32];  // canonical decompositions have at most four code points
    int boundary = 0;
    const auto count = utf8proc_decompose_char(code_point, parts, 32, UTF8PROC_DECOMPOSE, &boundary);
    for (utf8proc_ssize_t at = 0; at < count; ++at) decomposed.push_back(with_class(parts[at]));
  }
}

void sort_by_insertion(CodePoint first, CodePoint last) {
  for (CodePoint next = first; next != last; ++next) {
    CodePoint to = next;
    while (to != first && class_of(*(to - 1)) > class_of(*next)) --to;
    std::rotate(to, next, next + 1);
  }
}

// The canonical ordering algorithm; the one in utf8proc is quadratic in the length of a run of marks.
void reorder(std::vector<std::int32_t>& marked) {
  for (CodePoint run = marked.begin(); run != marked.end();) {
    const CodePoint run_end = std::find_if(run, marked.end(), is_starter);
    if (run_end - run <= kShortRun) {
      sort_by_insertion(run, run_end);
    } else {
      std::ranges::stable_sort(run, run_end, {}, class_of);
    }
    run = std::find_if_not(run_end, marked.end(), is_starter);
  }
  for (std::int32_t& code_point : marked) code_point &= kCodePointBits;
}

}  // namespace

void compose(std::vector<std::int32_t>& code_points, std::vector<std::int32_t>& spare) {
  decompose(code_points, spare);
  code_points.swap(spare);
  reorder(code_points);
  const auto option = static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  const auto size = static_cast<utf8proc_ssize_t>(code_points.size());
  code_points.resize(static_cast<std::size_t>(utf8proc_normalize_utf32(code_points.data(), size, option)));
}

std::string_view unicode_version() { return utf8proc_unicode_version(); }

}  // namespace wirecopy
