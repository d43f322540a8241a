#include "pipeline/boilerplate_blocks.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/hash.hpp"
#include "pipeline/sketcher.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;

/// A corpus of one block, made article by article.
class MadeArticles {
 public:
  void add(const std::string& source, const std::string& text) {
    const std::string id = fmt::format("a{}", block_.records.size());
    Article article;
    article.text = text;
    article.source = source;
    sketcher_.sketch(article, id, {}, block_.records.size(), block_, sources_, scratch_);
  }
  [[nodiscard]] Corpus corpus() const {
    Corpus made;
    made.append(SketchBlock(block_));
    return made;
  }
  /// The shingles of a text.
  [[nodiscard]] std::vector<std::uint64_t> shingles(const std::string& text) const {
    std::vector<Token> tokens;
    TokenizerScratch scratch;
    Tokenizer(options.seed).tokenize(text, scratch, tokens);
    std::vector<std::uint64_t> found;
    shingle(tokens, options.shingle, found);
    return found;
  }

  Options options;

 private:
  Sketcher sketcher_{options, best_kernel()};
  SketchBlock block_;
  SourceTable sources_;
  SketchScratch scratch_;
};

std::string words(RandomStream& random, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += fmt::format("w{} ", random.below(1U << 30));
  return text;
}

std::vector<std::uint32_t> counts(const std::vector<BoilerplateBlock>& blocks) {
  std::vector<std::uint32_t> found;
  for (const BoilerplateBlock& block : blocks) found.push_back(block.articles);
  return found;
}

class BoilerplateBlocks : public ::testing::Test {
 protected:
  std::vector<BoilerplateBlock> find(const BlockLimits& limits = {}) {
    RunContext context;
    return find_blocks(made_.corpus(), made_.options, model_, limits, context);
  }
  void teach(const std::string& source, const std::vector<std::string>& texts) {
    std::vector<std::uint64_t> all;
    for (const std::string& text : texts) {
      for (const std::uint64_t shingle : made_.shingles(text)) all.push_back(shingle);
    }
    model_.set(source, ShingleSet(all));
  }

  RandomStream random_{1};
  MadeArticles made_;
  BoilerplateModel model_;
};

TEST_F(BoilerplateBlocks, AreCountedOnceAnArticleAndListedByFrequency) {
  const std::string often = words(random_, 12), seldom = words(random_, 9), once = words(random_, 9);
  teach("s", {often, seldom, once});
  for (int i = 0; i < 7; ++i)
    made_.add("s", words(random_, 30) + often + words(random_, 10) + (i < 2 ? seldom : often));
  made_.add("s", words(random_, 30) + once);
  made_.add("t", words(random_, 30) + often);  // no boilerplate of this source
  const auto blocks = find();
  EXPECT_THAT(counts(blocks), ElementsAre(7, 2));  // what one article holds is listed only where nothing else is
  EXPECT_EQ(blocks[0].sample, 8U);
  EXPECT_EQ(blocks[0].tokens, (TokenRange{30, 42}));
  EXPECT_EQ(blocks[1].tokens, (TokenRange{52, 61}));
}

TEST_F(BoilerplateBlocks, SharedBlocksAreListedFirstAndForAllSourcesTogether) {
  const std::string passage = words(random_, 40), own = words(random_, 12);
  teach("a", {own});
  model_.set_shared(ShingleSet(made_.shingles(passage)));
  for (const std::string source : {"a", "b", "", "a", "b"}) made_.add(source, words(random_, 30) + own + passage);
  made_.add("b", words(random_, 50));
  const auto blocks = find();
  EXPECT_THAT(counts(blocks), ElementsAre(5, 2));
  EXPECT_TRUE(blocks[0].is_shared);
  EXPECT_EQ(blocks[0].tokens, (TokenRange{42, 82}));
  EXPECT_EQ(blocks[0].sample, 5U);  // the articles that hold a passage
  EXPECT_FALSE(blocks[1].is_shared);
}

TEST_F(BoilerplateBlocks, OfASingleArticleAreListedWhereThereIsNothingElse) {
  const std::string once = words(random_, 9);
  teach("s", {once});
  made_.add("s", words(random_, 30) + once);
  EXPECT_THAT(counts(find()), ElementsAre(1));
}

TEST_F(BoilerplateBlocks, OfOneTemplateAreOneWhateverFactsTheyHold) {
  const std::string head = words(random_, 12), tail = words(random_, 12);
  teach("s", {head, tail});
  for (int i = 0; i < 5; ++i) made_.add("s", words(random_, 30) + head + words(random_, 2) + tail);
  EXPECT_THAT(counts(find()), ElementsAre(5));
}

TEST_F(BoilerplateBlocks, KeepWithinTheirLimits) {
  std::vector<std::string> footers;
  for (int i = 0; i < 6; ++i) footers.push_back(words(random_, 8 + i));
  for (const std::string source : {"b", "a", "c"}) {
    teach(source, footers);
    for (int i = 0; i < (source == "c" ? 1 : 6); ++i) {
      for (int again = 0; again < 2; ++again) made_.add(source, words(random_, 20) + footers[std::size_t(i)]);
    }
  }
  EXPECT_EQ(find().size(), 13U);
  EXPECT_EQ(find({.of_source = 4}).size(), 9U);
  EXPECT_EQ(find({.of_all = 7}).size(), 7U);  // three of a and b, one of c
  EXPECT_EQ(find({.of_all = 6}).size(), 5U);  // two, two, one
  EXPECT_EQ(find({.of_all = 1}).size(), 3U);  // one of each all the same
  EXPECT_EQ(find({.sampling = {.of_source = 3}}).front().sample, 3U);
  EXPECT_EQ(find({.sampling = {.of_all = 12, .min_of_source = 1}}).front().sample, 4U);  // of three sources
  EXPECT_EQ(find({.sampling = {.of_all = 12, .min_of_source = 5}}).front().sample, 5U);
  EXPECT_EQ(find({.sampling = {.of_source = 3, .of_all = 12}}).front().sample, 3U);
  const Corpus corpus = made_.corpus();
  std::vector<std::string> sources;
  for (const BoilerplateBlock& block : find({.of_all = 1})) sources.emplace_back(corpus.source(block.example));
  EXPECT_THAT(sources, ElementsAre("a", "b", "c"));
}

TEST_F(BoilerplateBlocks, ShareExamplesWhereTheyCan) {
  std::vector<std::string> footers;
  for (int i = 0; i < 5; ++i) footers.push_back(words(random_, 12));
  teach("s", footers);
  std::string all;
  for (const std::string& footer : footers) {
    all += words(random_, 10) + footer;
    made_.add("s", words(random_, 30) + footer);
  }
  made_.add("s", all);
  const auto blocks = find();
  EXPECT_THAT(counts(blocks), ElementsAre(2, 2, 2, 2, 2));
  for (const BoilerplateBlock& block : blocks) EXPECT_EQ(number(block.example), 5U);
}

TEST_F(BoilerplateBlocks, DoNotDependOnTheOrderOfTheFeed) {
  const std::string footer = words(random_, 12);
  std::vector<std::string> texts;
  for (int i = 0; i < 20; ++i) texts.push_back(words(random_, 30) + (i % 3 == 0 ? footer : footer + footer));
  teach("s", {footer, footer + footer});
  std::vector<std::vector<std::uint64_t>> found;
  for (int turn = 0; turn < 2; ++turn) {
    Options options;
    Sketcher sketcher(options, best_kernel());
    SketchBlock block;
    SourceTable sources;
    SketchScratch scratch;
    for (int i = 0; i < 20; ++i) {
      const int which = turn == 0 ? i : 19 - i;
      const std::string id = fmt::format("id{}", which);
      Article article;
      article.text = texts[std::size_t(which)];
      article.source = "s";
      sketcher.sketch(article, id, {}, std::uint64_t(i), block, sources, scratch);
    }
    Corpus corpus;
    corpus.append(std::move(block));
    RunContext context;
    auto& values = found.emplace_back();
    for (const BoilerplateBlock& listed :
         find_blocks(corpus, options, model_, {.sampling = {.of_source = 7}}, context)) {
      values.push_back(listed.hash);
      values.push_back(listed.articles);
      values.push_back(Hasher(0).hash64(corpus.id(listed.example)));
    }
  }
  EXPECT_FALSE(found[0].empty());
  EXPECT_EQ(found[0], found[1]);
}

}  // namespace
}  // namespace wirecopy
