// Finds sentences and paragraphs in units.
#pragma once

#include <cstddef>

#include "generate/unit.hpp"

namespace wirecopy::generate {

/// Units [begin, end).
struct Passage {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t size() const { return end - begin; }
};

/// The sentence end (one past the last unit) nearest to `target`, after the first sentence at the earliest.
[[nodiscard]] std::size_t sentence_end_near(const Units& units, std::size_t target);
/// The sentence that contains `at`.
[[nodiscard]] Passage sentence_around(const Units& units, std::size_t at);
/// One past the end of the paragraph that contains `at`.
[[nodiscard]] std::size_t paragraph_end(const Units& units, std::size_t at);
/// The first quotation with its speaker, or the first sentence if there is none.
[[nodiscard]] Passage first_quotation(const Units& units);

}  // namespace wirecopy::generate
