// What every article of a window will be, before any text is made.
//
// A feed is planned window by window. A window is at most 32,768 articles about one day; all copies of a story lie
// inside it. Planning draws only seeds, so a window takes about 3 MB whatever the texts are, and memory does not grow
// with the feed: text is made from the seeds when its line is written.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/hash.hpp"
#include "generate/edit.hpp"
#include "generate/language.hpp"
#include "generate/outlets.hpp"

namespace wirecopy::generate {

inline constexpr std::uint64_t kWindowArticles = 32'768;

/// What kind of text an article's story is.
enum class TextKind : std::uint8_t {
  prose,         ///< title and paragraphs
  flash,         ///< one or two sentences
  chain_second,  ///< most of a chain's first text, with a new end
  chain_third,   ///< the second text under a new first half: half of the first is no longer in it
  quote,         ///< prose with a quotation of story parts[0]
  background,    ///< prose with a background paragraph made of parts[0]
  digest,        ///< leads of the stories `parts`
  form,          ///< a template of skeleton parts[0]; parts[1] != 0: with long fixed runs
  stub,          ///< the outlet's paywall notice
  caption,       ///< a caption of series parts[0]
  empty,
  one_word,
};

struct ArticlePlan {
  std::uint64_t story_seed = 0;  ///< equal seeds: equal text before editing
  std::uint64_t topic_seed = 0;
  std::uint64_t edit_seed = 0;   ///< what the edit draws from
  std::uint64_t again_seed = 0;  ///< not 0: changed a little once more (Edit::twice)
  std::array<std::uint64_t, 3> parts{};
  std::int64_t published = 0;  ///< seconds since 1970-01-01 UTC
  std::uint32_t story = 0;     ///< number of the story in the window
  std::uint32_t outlet = 0;
  std::uint8_t language = 0;
  std::uint8_t version = 0;  ///< of an update
  bool rough = false;        ///< desks change this story much
  TextKind text = TextKind::prose;
  Edit edit = Edit::single;   ///< what is done to the text
  Edit label = Edit::single;  ///< what the truth says
};

/// Plans windows; each depends on the options and its number only.
class Planner {
 public:
  Planner(const OutletTable& outlets, const std::vector<Language>& languages, std::uint64_t articles,
          std::uint64_t seed);

  [[nodiscard]] std::uint64_t windows() const;
  [[nodiscard]] std::uint64_t first_article(std::uint64_t window) const;
  /// The articles of a window, by date of publication.
  void plan(std::uint64_t window, std::vector<ArticlePlan>& out) const;

 private:
  const OutletTable& outlets_;
  const std::vector<Language>& languages_;
  std::uint64_t articles_;
  std::uint64_t seed_;
};

}  // namespace wirecopy::generate
