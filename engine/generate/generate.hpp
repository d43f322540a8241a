// A made feed with its truth: start here.
//
// The feed looks like a day of news to whoever looks for copies in it: outlets in thirteen invented languages and seven
// scripts that wrap what they publish, agency stories and their copies, and much that is alike without being a copy.
// All of it is made from syllables, so it can be of any size and belongs to nobody. Whose copy an article is stands in
// the truth. The same options give the same bytes on every machine and with every compiler.
//
//   struct Lines : wirecopy::generate::FeedSink {
//     bool feed_line(std::string_view line) override { feed += line; return true; }
//     bool truth_line(std::string_view line) override { truth += line; return true; }
//     std::string feed, truth;
//   } lines;
//   wirecopy::generate::generate_feed({.articles = 1000, .seed = 7}, lines);
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy::generate {

inline constexpr std::uint64_t kMostArticles = 100'000'000;

struct GenerateOptions {
  std::uint64_t articles = 10'000;  ///< lines of the feed, 1 to kMostArticles
  std::uint64_t seed = 1;           ///< another seed: another feed
};

/// Takes lines, each with its newline. A line is valid during the call. Returning false ends the feed there.
class FeedSink {
 public:
  virtual ~FeedSink() = default;
  /// {"id", "title", "text", "url", "source", "published", "lang"}, all strings, UTF-8.
  [[nodiscard]] virtual bool feed_line(std::string_view line) = 0;
  /// {"id", "story", "edit"}: articles of one story are copies of each other; follows the article's feed line.
  [[nodiscard]] virtual bool truth_line(std::string_view line) = 0;
};

/// Makes the feed, article by article. O(articles) time, about 10 MB of memory and 13 bytes an outlet (there are about
/// articles^0.75). Exceptions of the sink pass through.
/// @throws Error(usage) if options.articles is out of range.
void generate_feed(const GenerateOptions& options, FeedSink& sink);

}  // namespace wirecopy::generate
