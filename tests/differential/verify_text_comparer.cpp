// The comparer against sets and obvious loops: texts that share stretches, in words, ideographs and syllables.
#include <gtest/gtest.h>

#include "reference/text_comparison.hpp"

namespace wirecopy {
namespace {

/// Texts over so small an alphabet that shingles repeat, with stretches copied from one to the other.
class Texts {
 public:
  explicit Texts(std::uint64_t seed) : random_(seed) {}

  std::vector<Token> text(std::size_t most) {
    std::vector<Token> tokens(random_.below(static_cast<std::uint32_t>(most)));
    for (Token& token : tokens) token = any_token();
    return tokens;
  }

  std::vector<Token> changed(const std::vector<Token>& text) {
    std::vector<Token> tokens;
    for (const Token token : text) {
      const std::uint32_t die = random_.below(20);
      if (die == 0) continue;
      tokens.push_back(die == 1 ? any_token() : token);
      if (die == 2) tokens.push_back(any_token());
    }
    return tokens;
  }

  std::vector<TokenRange> ranges(std::size_t shingles) {
    std::vector<TokenRange> ranges;
    for (std::uint32_t at = random_.below(30); at < shingles; at += 1 + random_.below(30)) {
      const std::uint32_t end = at + 3 + random_.below(20);
      ranges.push_back({at, end});
      at = end;
    }
    return ranges;
  }

  RandomStream& random() { return random_; }

 private:
  Token any_token() {
    const std::uint32_t die = random_.below(10);
    const auto kind = kinds_ == 0 || die < 6 ? TokenKind::word : die < 8 ? TokenKind::ideograph : TokenKind::syllable;
    return make_token(mix64(random_.below(alphabet_)), kind);
  }

  RandomStream random_;
  std::uint32_t kinds_ = random_.below(2);
  std::uint32_t alphabet_ = 3 + random_.below(60);
};

std::string shown(const Overlap& overlap) {
  return std::to_string(overlap.raw_shared) + " " + std::to_string(overlap.editorial_shared) + " " +
         std::to_string(overlap.covered_first) + " " + std::to_string(overlap.covered_second);
}

TEST(TextComparer, FindsWhatSetsFind) {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    Texts texts(seed);
    const unsigned words = 1 + texts.random().below(4);
    TextComparer comparer(words);
    const std::vector<Token> first = texts.text(120);
    const std::vector<TokenRange> first_ranges = seed % 3 == 0 ? std::vector<TokenRange>{} : texts.ranges(first.size());
    const ComparedText a{first, first_ranges};
    const TextProfile profile = comparer.load(a);
    EXPECT_EQ(profile.editorial_shingles, reference::editorial(a, words).size()) << seed;
    for (int trial = 0; trial < 3; ++trial) {
      const std::vector<Token> second = trial == 0 ? texts.text(120) : texts.changed(first);
      const std::vector<TokenRange> second_ranges = texts.ranges(second.size());
      const ComparedText b{second, second_ranges};
      ASSERT_EQ(shown(comparer.compare(b)), shown(reference::compare(a, b, words))) << "seed " << seed;
    }
  }
}

// One text a hundred times longer than the other, either of them loaded.
TEST(TextComparer, FindsWhatSetsFindWhereLengthsAreVeryUnequal) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Texts texts(seed);
    const unsigned words = 1 + texts.random().below(4);
    TextComparer comparer(words);
    std::vector<Token> longer;
    while (longer.size() < 4500) {  // some of it again and again, so that shingles stand in runs and far apart
      const std::vector<Token> piece = texts.text(300);
      for (std::uint32_t times = 1 + texts.random().below(4); times > 0; --times) {
        longer.insert(longer.end(), piece.begin(), piece.end());
      }
      if (!piece.empty()) longer.insert(longer.end(), texts.random().below(200), piece.front());
    }
    const auto at = longer.begin() + texts.random().below(4000);
    const std::vector<Token> shorter = texts.changed({at, at + 20 + texts.random().below(60)});
    const std::vector<TokenRange> ranges = texts.ranges(longer.size()), shorter_ranges = texts.ranges(shorter.size());
    const ComparedText a{longer, ranges}, b{shorter, seed % 2 == 0 ? std::span<const TokenRange>() : shorter_ranges};
    comparer.hold(a);
    for (int again = 0; again < 2; ++again) {
      ASSERT_EQ(shown(comparer.compare(b)), shown(reference::compare(a, b, words))) << "seed " << seed;
    }
    comparer.hold(b);
    ASSERT_EQ(shown(comparer.compare(a)), shown(reference::compare(b, a, words))) << "seed " << seed;
  }
}

// A pair is refused beforehand only where comparing it would have shown too little.
TEST(TextComparer, RefusesOnlyWhatIsNotCovered) {
  int refused = 0;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    Texts texts(seed);
    const unsigned words = 1 + texts.random().below(4);
    TextComparer comparer(words);
    const std::vector<Token> first = texts.text(120), second = seed % 2 == 0 ? texts.text(120) : texts.changed(first);
    const std::vector<TokenRange> first_ranges = texts.ranges(first.size()),
                                  second_ranges = texts.ranges(second.size());
    const ComparedText a{first, first_ranges}, b{second, second_ranges};
    comparer.hold(a);
    const double least_of_first = texts.random().unit() * static_cast<double>(first.size());
    const double least_of_second = texts.random().unit() * static_cast<double>(second.size());
    const auto overlap = comparer.compare_if(b, least_of_first, least_of_second);
    const Overlap expected = reference::compare(a, b, words);
    if (overlap) {
      ASSERT_EQ(shown(*overlap), shown(expected)) << seed;
    } else {
      ++refused;
      ASSERT_LT(expected.covered_first, least_of_first) << seed;
      ASSERT_LT(expected.covered_second, least_of_second) << seed;
    }
  }
  EXPECT_GT(refused, 300);
}

TEST(TextComparer, SharedRangesCoverWhatIsCounted) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Texts texts(seed);
    TextComparer comparer(3);
    const std::vector<Token> first = texts.text(200), second = texts.changed(first);
    const ComparedText a{first, {}}, b{second, {}};
    static_cast<void>(comparer.load(a));
    const Overlap overlap = comparer.compare(b);
    std::vector<TokenRange> of_first, of_second;
    comparer.shared_ranges(b, of_first, of_second);
    std::uint32_t covered_first = 0, covered_second = 0;
    for (const TokenRange& range : of_first) covered_first += range.end - range.begin;
    for (const TokenRange& range : of_second) covered_second += range.end - range.begin;
    ASSERT_EQ(covered_first, overlap.covered_first) << seed;
    ASSERT_EQ(covered_second, overlap.covered_second) << seed;
  }
}

TEST(MarkBoilerplate, MarksTheBlocksThatTryingEveryStretchFinds) {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    Texts texts(seed);
    const unsigned words = 1 + texts.random().below(4);
    const std::vector<Token> text = texts.text(120), repeated = texts.changed(text);
    std::set<reference::Run> learned;
    std::vector<std::uint64_t> hashes, all;
    const std::vector<reference::PlacedRun> runs = reference::shingles(repeated, words);
    shingle(repeated, words, all);
    ASSERT_EQ(runs.size(), all.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (texts.random().below(4) == 0) continue;
      learned.insert(runs[i].tokens);
      hashes.push_back(all[i]);
    }
    for (const Kernel kernel : available_kernels()) {
      std::vector<TokenRange> ranges{{900, 901}};  // of a text before, not to be touched
      mark_boilerplate(text, words, ShingleSet(hashes), ranges, kernel);
      EXPECT_EQ(ranges.front(), (TokenRange{900, 901}));
      std::vector<bool> marked(reference::shingles(text, words).size(), false);
      for (std::size_t i = 1; i < ranges.size(); ++i) {
        for (std::uint32_t at = ranges[i].begin; at < ranges[i].end; ++at) marked.at(at) = true;
      }
      ASSERT_EQ(marked, reference::boilerplate(text, words, learned)) << seed << ' ' << name(kernel);
    }
  }
}

}  // namespace
}  // namespace wirecopy
