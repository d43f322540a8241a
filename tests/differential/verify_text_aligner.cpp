// The aligner against the full matrix, and against itself with the texts changed about.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/hash.hpp"
#include "reference/smith_waterman.hpp"
#include "verify/text_comparer.hpp"

namespace wirecopy {
namespace {

/// Text of a vocabulary in which some words are frequent, and rewordings of it.
class Rewording {
 public:
  explicit Rewording(std::uint64_t seed) : random_(seed) {}

  std::vector<Token> text(std::size_t size) {
    std::vector<Token> tokens(size);
    for (Token& token : tokens) token = any_token();
    return tokens;
  }

  /// Replaces, adds or leaves out `changes` of a hundred tokens, and may put the second half first.
  std::vector<Token> reword(const std::vector<Token>& text, std::uint32_t changes) {
    std::vector<Token> tokens;
    for (const Token token : text) {
      const std::uint32_t die = random_.below(300);
      if (die < changes) continue;
      if (die < 2 * changes) tokens.push_back(any_token());
      tokens.push_back(die >= 2 * changes && die < 3 * changes ? any_token() : token);
    }
    if (random_.below(4) == 0) std::rotate(tokens.begin(), tokens.begin() + std::ssize(tokens) / 2, tokens.end());
    return tokens;
  }

  std::vector<TokenRange> ranges(std::size_t size) {
    std::vector<TokenRange> ranges;
    for (std::uint32_t at = random_.below(60); at < size; at += 20 + random_.below(60)) {
      ranges.push_back({at, at + 3 + random_.below(20)});
      at = ranges.back().end;
    }
    return ranges;
  }

  RandomStream& random() { return random_; }

 private:
  Token any_token() {
    const std::uint32_t die = random_.below(3);
    const std::uint32_t word = die == 0 ? random_.below(8) : 100 + random_.below(vocabulary_);
    return make_token(mix64(word), random_.below(5) < han_ ? TokenKind::ideograph : TokenKind::word);
  }

  RandomStream random_;
  std::uint32_t vocabulary_ = 5 << random_.below(10);
  std::uint32_t han_ = random_.below(4) == 0 ? 3 : 0;
};

struct Aligner {
  TextComparer comparer{3};
  TextAligner aligner;

  void load(const ComparedText& text) {
    comparer.hold(text);
    aligner.load(text);
  }
  Alignment align(const ComparedText& text) {
    static_cast<void>(comparer.compare(text));
    return aligner.align(text, comparer.shared_runs(), 12);
  }
};

TEST(TextAligner, DoesNotDependOnWhichTextIsLoaded) {
  Aligner forth, back;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Rewording rewording(seed);
    const std::vector<Token> first = rewording.text(rewording.random().below(300));
    const std::vector<Token> second = rewording.reword(first, rewording.random().below(60));
    const std::vector<TokenRange> of_first = seed % 2 == 0 ? std::vector<TokenRange>{} : rewording.ranges(first.size());
    const std::vector<TokenRange> of_second =
        seed % 3 == 0 ? std::vector<TokenRange>{} : rewording.ranges(second.size());
    const ComparedText a{first, of_first}, b{second, of_second};
    forth.load(a);
    back.load(b);
    const Alignment there = forth.align(b), again = back.align(a);
    ASSERT_EQ(there.of_first, again.of_second) << seed;
    ASSERT_EQ(there.of_second, again.of_first) << seed;
  }
}

// Extension from runs finds nearly what the full matrix finds in reworded texts, and never much more.
TEST(TextAligner, FindsNearlyWhatTheFullMatrixFinds) {
  Aligner aligner;
  double difference = 0;
  int count = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Rewording rewording(seed);
    const std::vector<Token> first = rewording.text(60 + rewording.random().below(150));
    const std::vector<Token> second = rewording.reword(first, rewording.random().below(45));
    std::uint32_t quarters = 0;
    for (const Token token : first) quarters += quarter_words(kind_of(token));
    aligner.load({first, {}});
    const double found = aligner.align({second, {}}).of_first / double(quarters);
    const double best = reference::SmithWaterman(first, second).align(16).of_first / double(quarters);
    EXPECT_LE(found, best + 0.15) << seed;
    difference += std::abs(found - best);
    ++count;
  }
  EXPECT_LE(difference / count, 0.06);
  RecordProperty("mean_difference", std::to_string(difference / count));
}

}  // namespace
}  // namespace wirecopy
