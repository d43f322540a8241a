#include "generate/generate.hpp"

#include <vector>
#include <wirecopy/error.hpp>

#include "generate/feed_writer.hpp"
#include "generate/language.hpp"
#include "generate/outlets.hpp"
#include "generate/plan.hpp"

namespace wirecopy::generate {

namespace {

/// Spelling the words takes longer than generating a thousand articles, and they never change, so it is done once per
/// process.
const std::vector<Language>& shared_languages() {
  static const std::vector<Language> languages = make_languages();
  return languages;
}

}  // namespace

void generate_feed(const GenerateOptions& options, FeedSink& sink) {
  if (options.articles < 1 || options.articles > kMaxArticles) {
    throw Error(ErrorKind::usage, "the number of articles must be between 1 and 100,000,000");
  }
  const std::vector<Language>& languages = shared_languages();
  const OutletTable outlets(options.articles, options.seed);
  const Planner planner(outlets, languages, options.articles, options.seed);
  FeedWriter writer(outlets, languages, options.seed);
  std::vector<ArticlePlan> plans;
  for (std::uint64_t window = 0; window < planner.windows(); ++window) {
    planner.plan(window, plans);
    const std::uint64_t first = planner.first_article(window);
    std::uint64_t ordinal = first;
    for (const ArticlePlan& plan : plans) {
      if (!sink.feed_line(writer.feed_line(plan, ordinal))) return;
      if (!sink.truth_line(writer.truth_line(plan, ordinal, first))) return;
      ++ordinal;
    }
  }
}

}  // namespace wirecopy::generate
