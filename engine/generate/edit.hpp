// The way in which an article of a generated feed was derived; truth.jsonl contains the names.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wirecopy::generate {

enum class Edit : std::uint8_t {
  // articles of a story that several outlets publish
  original,  ///< as distributed by the agency
  reprint,   ///< title and text unchanged
  dateline,  ///< place, date and agency prepended, often with a credit line at the end
  cut,       ///< cut from the bottom to 20 to 80 % of its length
  excerpt,   ///< about a hundred words of a long story
  extended,  ///< own paragraphs added
  headline,  ///< another title
  reword,    ///< 1 to 10 % of the words replaced, some sentences swapped
  update,    ///< a new lead, followed by the old text
  chain,     ///< keeps 60 to 70 % of the preceding text of a chain
  twice,     ///< published again by the same outlet with a small change
  // separate stories
  single,      ///< nothing in common with any other article
  quote,       ///< shares a quotation
  background,  ///< shares a background paragraph
  digest,      ///< contains the leads of three stories
  form,        ///< a template filled with different facts: weather, markets, tables, horoscopes
  stub,        ///< a paywall page: the same text under every title
  caption,     ///< differs from another caption in one name
  empty,       ///< no text
  one_word,    ///< a text of one word
};

inline constexpr std::array<std::string_view, 20> kEditNames{
    "original", "reprint", "dateline", "cut",        "excerpt", "extended", "headline", "reword",  "update", "chain",
    "twice",    "single",  "quote",    "background", "digest",  "template", "stub",     "caption", "empty",  "word"};

[[nodiscard]] constexpr std::string_view name(Edit edit) { return kEditNames[static_cast<std::size_t>(edit)]; }

}  // namespace wirecopy::generate
