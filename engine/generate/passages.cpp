#include "generate/passages.hpp"

#include <algorithm>

namespace wirecopy::generate {

std::size_t sentence_end_near(const Units& units, std::size_t target) {
  for (std::size_t away = 0; away < units.size(); ++away) {
    if (target >= away + 1 && target - away <= units.size() && ends_sentence(units[target - away - 1])) {
      return target - away;
    }
    if (target + away >= 1 && target + away <= units.size() && ends_sentence(units[target + away - 1])) {
      return target + away;
    }
  }
  return units.size();
}

Passage sentence_around(const Units& units, std::size_t at) {
  Passage sentence{at, at};
  while (sentence.begin > 0 && !ends_sentence(units[sentence.begin - 1])) --sentence.begin;
  while (sentence.end < units.size() && !ends_sentence(units[sentence.end])) ++sentence.end;
  sentence.end = std::min(sentence.end + 1, units.size());
  return sentence;
}

std::size_t paragraph_end(const Units& units, std::size_t at) {
  while (at < units.size() && !ends_paragraph(units[at])) ++at;
  return std::min(at + 1, units.size());
}

Passage first_quotation(const Units& units) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].marks & kOpenQuote) return {i, paragraph_end(units, i)};
  }
  return sentence_around(units, 0);
}

}  // namespace wirecopy::generate
