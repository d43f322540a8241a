// Start here: generates a feed and its truth.
//
// For deduplication, the feed resembles a day of news: outlets in thirteen invented languages and seven scripts that
// wrap what they publish, agency stories and their copies, and many articles that are similar without being copies. All
// text is made of random syllables, so it can have any size and has no copyright. The truth records which articles are
// copies of each other. The same options give the same bytes on every machine and with every compiler.
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

inline constexpr std::uint64_t kMaxArticles = 100'000'000;

struct GenerateOptions {
  std::uint64_t articles = 10'000;  ///< number of articles, 1 to kMaxArticles
  std::uint64_t seed = 1;           ///< seed of the random numbers
};

/// Receives lines, including the newline. A line is valid during the call. Returning false ends the feed.
class FeedSink {
 public:
  virtual ~FeedSink() = default;
  /// {"id", "title", "text", "url", "source", "published", "lang"}, all strings, UTF-8.
  [[nodiscard]] virtual bool feed_line(std::string_view line) = 0;
  /// {"id", "story", "edit"}: articles of one story are copies of each other. Called after the article's feed line.
  [[nodiscard]] virtual bool truth_line(std::string_view line) = 0;
};

/// Generates the feed, article by article. Takes O(articles) time and about 10 MB of memory plus 13 bytes per outlet,
/// of which there are about articles^0.75. Exceptions of the sink propagate.
/// @throws Error(usage) if options.articles is out of range.
void generate_feed(const GenerateOptions& options, FeedSink& sink);

}  // namespace wirecopy::generate
