// Writes the lines of the feed and of its truth from plans.
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

/// Appends `text`, which must be valid UTF-8, as a JSON string with quotation marks. Omits the validation of
/// `append_json_escaped`, which would take a third of the generator's time.
void append_json_string(ByteBuffer& out, std::string_view text);

/// Writes lines. A line is valid until the next line of its kind. Not thread-safe.
class FeedWriter {
 public:
  FeedWriter(const OutletTable& outlets, const std::vector<Language>& languages, std::uint64_t seed)
      : outlets_(outlets), languages_(languages), seed_(mix64(seed ^ 0x6964ULL)) {}

  /// The feed line of an article, including the newline.
  [[nodiscard]] std::string_view feed_line(const ArticlePlan& plan, std::uint64_t ordinal);
  /// The truth line of an article. `first` is the ordinal of the first article of the window, which makes story numbers
  /// unique in the feed.
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
