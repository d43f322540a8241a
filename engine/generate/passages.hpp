// Finding sentences and paragraphs in units.
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

/// The end of a sentence (one past its last unit) nearest to `wanted`, at least one sentence from the front.
[[nodiscard]] std::size_t sentence_end_near(const Units& units, std::size_t wanted);
/// The sentence that holds `at`.
[[nodiscard]] Passage sentence_around(const Units& units, std::size_t at);
/// One past the end of the paragraph that holds `at`.
[[nodiscard]] std::size_t paragraph_end(const Units& units, std::size_t at);
/// The first quotation with its speaker, or the first sentence where there is none.
[[nodiscard]] Passage first_quotation(const Units& units);

}  // namespace wirecopy::generate
