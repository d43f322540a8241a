#include <wirecopy/match.hpp>

#include "python/bindings.hpp"
#include "python/record.hpp"

namespace wirecopy::python {

void bind_similarity(nb::module_& module) {
  using S = Similarity;
  Record<S>(module, "Similarity",
            "Exact scores of two texts, the article (first) and its match (second); shares are in [0, 1].\n\n"
            "Editorial text is text that is not boilerplate of its source; raw scores include boilerplate.")
      .field("agreement", &S::agreement,
             "How far the shorter text agrees with the other, in [0, 1]; compared with the threshold.")
      .field("containment", &S::containment, "Share of the first's editorial text that occurs in the second.")
      .field("contained", &S::contained, "Share of the second's editorial text that occurs in the first.")
      .field("aligned", &S::aligned_of_shorter,
             "Share of the shorter editorial text that lies in local alignments with the other.")
      .field("jaccard", &S::jaccard, "Jaccard similarity of the editorial shingles.")
      .field(
          "shared", [](const S& s) { return s.shared; }, "Distinct editorial shingles in both.")
      .field("raw_containment", &S::raw_containment, "Share of the first's shingles that are in the second.")
      .field("raw_contained", &S::raw_contained, "Share of the second's shingles that are in the first.")
      .field("raw_jaccard", &S::raw_jaccard, "Jaccard similarity of all shingles.")
      .field(
          "raw_shared", [](const S& s) { return s.raw_shared; }, "Distinct shingles in both.")
      .finish();
}

}  // namespace wirecopy::python
