// The text of a story before editing.
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

/// Target length in units of a prose story with this seed. Lengths in bytes follow those of a real day of news
/// (quartiles 1.4, 2.2 and 3.4 KB).
[[nodiscard]] std::uint32_t story_length(std::uint64_t story_seed, const Language& language);

/// Makes story texts, reusing its scratch space. Not thread-safe.
class StoryMaker {
 public:
  /// Makes the text of a plan's story, without edits. It depends only on the plan and the language.
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
