// Parses the data files of this module: lines of three columns separated by tabs, the last one a list separated by "|";
// comments begin with "#".
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace wirecopy {

struct TsvRow {
  std::string_view columns[3];
};

/// Calls `use` with each part of `text` between separators.
template <typename Use>
void for_each_part(std::string_view text, char separator, Use&& use) {
  while (true) {
    const std::size_t end = text.find(separator);
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

/// Calls `use` with each row. Throws std::invalid_argument for a row that does not have three columns.
template <typename Use>
void for_each_row(std::string_view file, Use&& use) {
  for_each_part(file, '\n', [&](std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    TsvRow row;
    std::size_t column = 0;
    for_each_part(line, '\t', [&](std::string_view part) {
      if (column < 3) row.columns[column] = part;
      ++column;
    });
    if (column != 3) throw std::invalid_argument("not three columns: " + std::string(line));
    use(row);
  });
}

}  // namespace wirecopy
