// Whoever does not know the seed of a run can compute none of its hashes: each one changes with it.
#include <gtest/gtest.h>

#include <string>

#include "pipeline/sketcher.hpp"

namespace wirecopy {
namespace {

SketchBlock sketched(Method method, std::uint64_t seed) {
  Options options;
  options.method = method;
  options.seed = seed;
  std::string text;
  for (int i = 0; i < 300; ++i) text += "word" + std::to_string(i * i) + " \u6f22\u5b57 ";
  const Sketcher sketcher(options, best_kernel());
  SketchBlock block;
  SourceTable sources;
  SketchScratch scratch;
  sketcher.sketch({.id = "a", .title = "a title of words", .text = text, .source = "s"}, "a", {}, 0, block, sources,
                  scratch);
  return block;
}

TEST(Seed, ReachesEveryHashOfAnArticle) {
  for (const Method method : {Method::sample, Method::minhash, Method::simhash, Method::exact}) {
    const SketchBlock one = sketched(method, 1), again = sketched(method, 1), other = sketched(method, 2);
    EXPECT_EQ(one.tokens, again.tokens);
    EXPECT_EQ(one.samples, again.samples);
    EXPECT_EQ(one.signatures, again.signatures);
    ASSERT_EQ(one.tokens.size(), other.tokens.size());
    std::size_t equal = 0;
    for (std::size_t i = 0; i < one.tokens.size(); ++i) equal += one.tokens[i] == other.tokens[i];
    EXPECT_EQ(equal, 0U) << "tokens: 30 bits each";
    EXPECT_NE(one.records.front().content, other.records.front().content);
    EXPECT_NE(one.records.front().identity, other.records.front().identity);
    if (method == Method::exact) continue;
    EXPECT_NE(one.samples, other.samples);
    if (method != Method::sample) EXPECT_NE(one.signatures, other.signatures);
  }
}

}  // namespace
}  // namespace wirecopy
