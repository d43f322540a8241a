// Lines of the feed and of its truth, from plans.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "generate/byte_buffer.hpp"
#include "generate/language.hpp"
#include "generate/outlets.hpp"
#include "generate/plan.hpp"
#include "generate/story.hpp"

namespace wirecopy::generate {

/// Appends `text`, which must be UTF-8, as a JSON string with its quotation marks. Made text is well-formed, so this
/// does without the check of `append_json_escaped`, which would take a third of the generator's time.
void append_json_string(ByteBuffer& out, std::string_view text);

/// Makes lines; a line is valid until the next of its kind. One a thread.
class FeedWriter {
 public:
  FeedWriter(const OutletTable& outlets, const std::vector<Language>& languages, std::uint64_t seed)
      : outlets_(outlets), languages_(languages), seed_(mix64(seed ^ 0x6964ULL)) {}

  /// The line of the article of that ordinal, with its newline.
  [[nodiscard]] std::string_view feed_line(const ArticlePlan& plan, std::uint64_t ordinal);
  /// `first`: ordinal of the first article of the window, which makes story numbers unique in the feed.
  [[nodiscard]] std::string_view truth_line(const ArticlePlan& plan, std::uint64_t ordinal, std::uint64_t first);

 private:
  [[nodiscard]] std::uint64_t id_of(std::uint64_t ordinal) const;

  const OutletTable& outlets_;
  const std::vector<Language>& languages_;
  std::uint64_t seed_;
  StoryMaker maker_;
  Draft draft_;
  ByteBuffer text_;
  ByteBuffer feed_;
  ByteBuffer truth_;
};

}  // namespace wirecopy::generate
