// Plans the articles of a feed before any text is generated.
//
// A feed is planned window by window. A window has at most 32,768 articles, about one day, and contains all copies of
// its stories. Planning draws only seeds, from which the text is generated when its line is written. A window therefore
// takes about 3 MB regardless of the texts, and memory does not grow with the feed.
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

/// Kind of text of an article's story.
enum class TextKind : std::uint8_t {
  prose,         ///< title and paragraphs
  flash,         ///< one or two sentences
  chain_second,  ///< most of the first text of a chain, with a new end
  chain_third,   ///< the second text with a new first half, so that half of the first text is missing
  quote,         ///< prose with a quotation of story parts[0]
  background,    ///< prose with a background paragraph generated from parts[0]
  digest,        ///< leads of the stories `parts`
  form,          ///< a template with the skeleton parts[0]; if parts[1] != 0, with long fixed passages
  stub,          ///< the outlet's paywall notice
  caption,       ///< a caption of series parts[0]
  empty,
  one_word,
};

struct ArticlePlan {
  std::uint64_t story_seed = 0;  ///< equal seeds give equal texts before editing
  std::uint64_t topic_seed = 0;
  std::uint64_t edit_seed = 0;   ///< seed of the edit
  std::uint64_t again_seed = 0;  ///< if not 0, seed of a second, small change (Edit::twice)
  std::array<std::uint64_t, 3> parts{};
  std::int64_t published = 0;  ///< seconds since 1970-01-01 UTC
  std::uint32_t story = 0;     ///< number of the story in the window
  std::uint32_t outlet = 0;
  std::uint8_t language = 0;
  std::uint8_t version = 0;  ///< of an update
  bool rough = false;        ///< whether desks edit this story heavily
  TextKind text = TextKind::prose;
  Edit edit = Edit::single;   ///< edit applied to the text
  Edit label = Edit::single;  ///< edit recorded in the truth
};

/// Plans windows. A window depends only on the options and its number.
class Planner {
 public:
  Planner(const OutletTable& outlets, const std::vector<Language>& languages, std::uint64_t articles,
          std::uint64_t seed);

  [[nodiscard]] std::uint64_t windows() const;
  [[nodiscard]] std::uint64_t first_article(std::uint64_t window) const;
  /// Plans the articles of a window, in order of publication.
  void plan(std::uint64_t window, std::vector<ArticlePlan>& out) const;

 private:
  const OutletTable& outlets_;
  const std::vector<Language>& languages_;
  std::uint64_t articles_;
  std::uint64_t seed_;
};

}  // namespace wirecopy::generate
