#include "verify/relation.hpp"

namespace wirecopy {

Relation relation_of(const Similarity& similarity) {
  const bool first_is_part = similarity.containment() >= kPartContainment;
  const bool second_is_part = similarity.contained() >= kPartContainment;
  if (first_is_part && !second_is_part) return Relation::excerpt;
  if (second_is_part && !first_is_part) return Relation::extended;
  return Relation::near;
}

}  // namespace wirecopy
