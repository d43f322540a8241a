#include <wirecopy/match.hpp>

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

}  // namespace wirecopy
