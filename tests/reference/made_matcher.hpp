// A matcher over a made corpus, with boilerplate that the test names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reference/made_corpus.hpp"
#include "verify/matcher.hpp"

namespace wirecopy::test {

/// The shingles of three words of a text of numbers.
inline ShingleSet made_shingles(const std::string& numbers) {
  std::vector<std::uint64_t> shingles;
  shingle(made_tokens(numbers), 3, shingles);
  return ShingleSet(shingles);
}

/// All articles profiled. `boilerplate`: by source, the text that it repeats.
struct MadeMatcher {
  explicit MadeMatcher(const std::vector<MadeArticle>& articles, Options given = {},
                       const std::map<std::string, std::string>& boilerplate = {})
      : options(std::move(given)),
        corpus(made_corpus(articles)),
        model(made_model(boilerplate)),
        profiles(corpus, model, options),
        matcher(corpus, profiles, options) {
    TextComparer comparer(options.shingle);
    const std::vector<char> all(corpus.size(), 1);
    for (std::size_t chunk = 0; chunk < profiles.chunks(); ++chunk) profiles.fill(chunk, all, comparer);
  }
  MadeMatcher(const MadeMatcher&) = delete;
  MadeMatcher& operator=(const MadeMatcher&) = delete;

  std::optional<ArticleMatch> compare(std::uint32_t a, std::uint32_t b) {
    matcher.load(ArticleId{a});
    return matcher.compare(ArticleId{b});
  }
  Similarity measure(std::uint32_t a, std::uint32_t b) {
    matcher.load(ArticleId{a});
    return matcher.measure(ArticleId{b});
  }

  static BoilerplateModel made_model(const std::map<std::string, std::string>& boilerplate) {
    BoilerplateModel model;
    for (const auto& [source, text] : boilerplate) model.set(source, made_shingles(text));
    return model;
  }

  Options options;
  Corpus corpus;
  BoilerplateModel model;
  ProfileTable profiles;
  Matcher matcher;
};

}  // namespace wirecopy::test
