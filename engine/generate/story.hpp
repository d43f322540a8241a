// The text of a story before anybody edits it.
#pragma once

#include <cstdint>

#include "generate/language.hpp"
#include "generate/plan.hpp"
#include "generate/prose.hpp"
#include "generate/unit.hpp"

namespace wirecopy::generate {

/// An article in units.
struct Draft {
  Units title;
  Units body;
};

/// Length in units that a prose story of this seed aims at; lengths in bytes follow those of a real day of news
/// (quartiles 1.4, 2.2 and 3.4 KB).
[[nodiscard]] std::uint32_t story_length(std::uint64_t story_seed, const Language& language);

/// Makes story texts; keeps its scratch space from one to the next. One a thread.
class StoryMaker {
 public:
  /// The text of a plan's story, edits not applied. Pure: depends on the plan and the language only.
  void make(const ArticlePlan& plan, const Outlet& outlet, const Language& language, Draft& out);

 private:
  void prose(std::uint64_t seed, std::uint64_t topic_seed, const Language& language, Draft& out);
  void own_prose(const ArticlePlan& plan, std::uint32_t units, Draft& out);
  void chain(const ArticlePlan& plan, const Language& language, Draft& out);
  void quoting(const ArticlePlan& plan, const Language& language, Draft& out);
  void with_background(const ArticlePlan& plan, const Language& language, Draft& out);
  void digest(const ArticlePlan& plan, const Language& language, Draft& out);

  Draft other_;
};

}  // namespace wirecopy::generate
