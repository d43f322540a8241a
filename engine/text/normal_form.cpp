#include "text/normal_form.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace wirecopy {
namespace {

using CodePoint = std::vector<std::int32_t>::iterator;

constexpr std::ptrdiff_t kShortRun = 32;

int combining_class(std::int32_t code_point) { return utf8proc_get_property(code_point)->combining_class; }

void decompose(const std::vector<std::int32_t>& code_points, std::vector<std::int32_t>& decomposed) {
  decomposed.clear();
  for (const std::int32_t code_point : code_points) {
    std::int32_t parts[32];  // canonical decompositions have at most four code points
    int boundary = 0;
    const auto count = utf8proc_decompose_char(code_point, parts, 32, UTF8PROC_DECOMPOSE, &boundary);
    decomposed.insert(decomposed.end(), parts, parts + std::clamp<utf8proc_ssize_t>(count, 0, 32));
  }
}

void sort_by_insertion(CodePoint first, CodePoint last) {
  for (CodePoint next = first; next != last; ++next) {
    const int its_class = combining_class(*next);
    CodePoint place = next;
    while (place != first && combining_class(*(place - 1)) > its_class) --place;
    std::rotate(place, next, next + 1);
  }
}

// The canonical ordering algorithm; utf8proc's own is quadratic in a run of marks.
void reorder(std::vector<std::int32_t>& code_points) {
  const auto is_starter = [](std::int32_t code_point) { return combining_class(code_point) == 0; };
  for (CodePoint run = code_points.begin(); run != code_points.end();) {
    const CodePoint run_end = std::find_if(run, code_points.end(), is_starter);
    if (run_end - run <= kShortRun) {
      sort_by_insertion(run, run_end);
    } else {
      std::ranges::stable_sort(run, run_end, {}, combining_class);
    }
    run = std::find_if_not(run_end, code_points.end(), is_starter);
  }
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

}  // namespace wirecopy
