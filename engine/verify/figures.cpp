#include "verify/figures.hpp"

#include <algorithm>
#include <utility>

namespace wirecopy {
namespace {

void read_figures(const ComparedText& text, std::vector<Token>& figures) {
  figures.clear();
  EditorialCursor cursor(text.boilerplate);
  for (std::uint32_t i = 0; i < text.tokens.size(); ++i) {
    if (kind_of(text.tokens[i]) == TokenKind::figure && cursor.is_editorial(i)) figures.push_back(text.tokens[i]);
  }
  std::sort(figures.begin(), figures.end());
}

}  // namespace

void FigureTest::hold(const ComparedText& first) {
  first_ = first;
  is_read_ = false;
}

SharedFigures FigureTest::compare(const ComparedText& second) {
  if (!std::exchange(is_read_, true)) read_figures(first_, of_first_);
  read_figures(second, of_second_);
  SharedFigures figures{0, static_cast<std::uint32_t>(std::min(of_first_.size(), of_second_.size()))};
  for (auto a = of_first_.begin(), b = of_second_.begin(); a != of_first_.end() && b != of_second_.end();) {
    figures.shared += *a == *b;
    const bool is_first_less = *a < *b;
    if (*a <= *b) ++a;
    if (!is_first_less) ++b;
  }
  return figures;
}

}  // namespace wirecopy
