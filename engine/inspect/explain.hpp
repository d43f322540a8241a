// Why two articles are copies of each other, or why they are not.
//
//   const Explanation why = explain("result", "id1", "id2");  // of a result
//   const Explanation why = explain(first, second, options);  // any two
//   std::string json = format_explanation(why);
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/article.hpp>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

#include "boilerplate/model.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {

/// A piece of an article's text.
struct TextSegment {
  enum class Kind {
    shared,       ///< occurs in the other article too
    own,          ///< occurs in this article only
    boilerplate,  ///< ignored: its source repeats it in unrelated articles
    space,        ///< white space between pieces of different kinds
  };
  Kind kind = Kind::own;
  std::string text;
};

/// One of the two articles.
struct ExplainedArticle {
  std::string id;
  std::string file;
  std::uint64_t line = 0;
  std::string source;
  std::string title;
  std::optional<std::int64_t> published;
  std::uint32_t words = 0;            ///< of the text that is compared
  std::uint32_t editorial_words = 0;  ///< of these, what is no boilerplate
  std::optional<std::string> cluster;
  bool kept = true;
  std::vector<TextSegment> text;  ///< all of the text that is compared, without markup
};

/// A stretch of text that both hold.
struct Passage {
  std::uint32_t words = 0;  ///< of the first
  std::string first;
  std::string second;  ///< may differ in single words
};

/// What became of the two together.
enum class Outcome {
  linked,            ///< they match, and are in one cluster
  linked_by_others,  ///< they do not match, but each matches enough of one cluster
  cut,               ///< they match, but their clusters do not hold together, or the search did not compare them
  apart,             ///< they do not match and are in no cluster together
};

struct Explanation {
  static constexpr std::size_t kMaxPassages = 10;

  Options options;  ///< of the run, as far as they matter to a comparison
  std::array<ExplainedArticle, 2> articles;
  bool comparable = true;                            ///< both have enough text to be a copy of anything
  Judgement judgement = Judgement::below_threshold;  ///< if comparable
  Outcome outcome = Outcome::apart;
  std::optional<Relation> relation;        ///< what the first is to the second, if they match
  Similarity similarity;                   ///< first, second
  std::optional<double> whole_similarity;  ///< of title and text together, where that decided
  SharedFigures figures;                   ///< if both are of one source
  std::vector<Passage> passages;           ///< the longest, longest first
  std::size_t passages_found = 0;
  std::vector<std::string> warnings;
};

[[nodiscard]] std::string_view name(Judgement judgement);
[[nodiscard]] std::string_view name(Outcome outcome);
[[nodiscard]] std::string_view name(TextSegment::Kind kind);

/// Compares two articles of a result directory by the rules and parameters of its run, reading their lines again from
/// the feed. An id is that of articles.jsonl or, where several articles have it, "file:line".
/// Throws Error(usage) for ids that are unknown or not unique, the same article twice, a directory that is no result,
/// and feeds from standard input; Error(io) where the feed is gone, was changed, or cannot be read; Error(state) for a
/// damaged result. Linear in articles.jsonl, in the feed up to the lines, and in both texts.
[[nodiscard]] Explanation explain(const std::filesystem::path& result, const std::string& first,
                                  const std::string& second);

/// Compares any two articles; what `model` calls boilerplate is ignored. Nothing is known of their files and clusters:
/// the outcome is `linked` or `apart`. Linear in both texts. Throws Error(usage) for options out of range.
[[nodiscard]] Explanation explain(const Article& first, const Article& second, const Options& options,
                                  const BoilerplateModel& model = {});

/// All of it as one JSON object, ending in a newline.
[[nodiscard]] std::string format_explanation(const Explanation& explanation);

}  // namespace wirecopy
