// How an article of a made feed came about; the names stand in truth.jsonl.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wirecopy::generate {

enum class Edit : std::uint8_t {
  // members of a story that several outlets run
  original,  ///< as the agency sent it
  reprint,   ///< title and text unchanged
  dateline,  ///< place, date and agency put in front, often a credit line at the end
  cut,       ///< from the bottom, to 20 to 80 %
  excerpt,   ///< about a hundred words of a long story
  extended,  ///< own paragraphs added
  headline,  ///< another title
  reword,    ///< 1 to 10 % of the words replaced, some sentences swapped
  update,    ///< a new lead on top, the rest kept
  chain,     ///< keeps 60 to 70 % of the text before it in a chain
  twice,     ///< the same outlet again, with a small change
  // stories of their own
  single,      ///< nothing in common with any other
  quote,       ///< shares a quotation
  background,  ///< shares a background paragraph
  digest,      ///< carries the leads of three stories
  form,        ///< a template filled with other facts: weather, markets, tables, horoscopes
  stub,        ///< a paywall page: the same text under every title
  caption,     ///< differs from another in one name
  empty,       ///< no text
  one_word,    ///< a text of one word
};

inline constexpr std::array<std::string_view, 20> kEditNames{
    "original", "reprint", "dateline", "cut",        "excerpt", "extended", "headline", "reword",  "update", "chain",
    "twice",    "single",  "quote",    "background", "digest",  "template", "stub",     "caption", "empty",  "word"};

[[nodiscard]] constexpr std::string_view name(Edit edit) { return kEditNames[static_cast<std::size_t>(edit)]; }

}  // namespace wirecopy::generate
