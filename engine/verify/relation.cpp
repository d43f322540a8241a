#include "verify/relation.hpp"

namespace wirecopy {

std::string_view name(Relation relation) {
  switch (relation) {
    case Relation::exact:
      return "exact";
    case Relation::near:
      return "near";
    case Relation::excerpt:
      return "excerpt";
    case Relation::extended:
      return "extended";
    default:
      return "partial";
  }
}

Relation reversed(Relation relation) {
  if (relation == Relation::excerpt) return Relation::extended;
  if (relation == Relation::extended) return Relation::excerpt;
  return relation;
}

Relation relation_of(const Similarity& similarity) {
  const bool first_is_part =
      similarity.containment() >= kExcerptContainment && similarity.first <= kExcerptLength * similarity.second;
  const bool second_is_part =
      similarity.contained() >= kExcerptContainment && similarity.second <= kExcerptLength * similarity.first;
  if (first_is_part) return Relation::excerpt;
  if (second_is_part) return Relation::extended;
  return Relation::near;
}

}  // namespace wirecopy
