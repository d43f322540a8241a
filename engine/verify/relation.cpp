#include "verify/relation.hpp"

#include <algorithm>

namespace wirecopy {

double share_of_shorter(const Similarity& similarity) {
  if (similarity.tokens_first != similarity.tokens_second) return similarity.of_shorter();
  return std::max(similarity.containment(), similarity.contained());
}

Relation relation_of(const Similarity& similarity) {
  const bool first_is_part = similarity.containment() >= kPartContainment;
  const bool second_is_part = similarity.contained() >= kPartContainment;
  if (first_is_part && !second_is_part) return Relation::excerpt;
  if (second_is_part && !first_is_part) return Relation::extended;
  return Relation::near;
}

}  // namespace wirecopy
