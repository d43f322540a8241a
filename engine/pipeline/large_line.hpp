// How much memory a long line of a feed takes, estimated before it is allocated.
//
// A line of a few megabytes may become fifty times as much: a list of a million strings is a piece each to the parser,
// squared kana words are two tokens a byte. So a line that is worked on alone (MemoryPlan::large_block) is gone through
// first, once for its values and once for its tokens, which takes a few milliseconds a megabyte; where it would take
// more than the plan has, the run stops before, and says which budget would do.
#pragma once

#include <string>
#include <string_view>
#include <wirecopy/article.hpp>

#include "pipeline/memory_plan.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {

/// One line. `place` names it in messages: "feed.jsonl:17".
class LargeLine {
 public:
  LargeLine(const MemoryPlan& plan, std::string place, std::string_view line)
      : plan_(plan), place_(std::move(place)), line_(line) {}

  /// Throws Error(resources) if the plan has not what parsing takes.
  void require_parsing() const;
  /// The same of sketching, for the line's article; makes room for its tokens in `block`.
  void require_sketching(const Article& article, const Sketcher& sketcher, SketchScratch& scratch,
                         SketchBlock& block) const;

 private:
  void require(std::uint64_t bytes) const;

  const MemoryPlan& plan_;
  std::string place_;
  std::string_view line_;
};

/// Bytes that the parser takes for a line, at most: two copies of its strings, four for each of its marks, and a piece
/// for each value.
[[nodiscard]] std::uint64_t parsing_bytes(std::string_view line);
/// Bytes that folding takes for a text, at most.
[[nodiscard]] std::uint64_t folding_bytes(std::string_view text);

}  // namespace wirecopy
