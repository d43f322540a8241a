// Properties of tokenising that need no twin.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "reference/text_samples.hpp"
#include "text/passage_finder.hpp"
#include "text/tokenizer.hpp"

namespace wirecopy {
namespace {

std::string any_text() {
  RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
  std::string text = reference::sample_text(random, 200, random.below(3) * 4);
  for (char& byte : text) {
    if (byte == '<' || byte == '&') byte = '-';
  }
  return text;
}

std::vector<Token> tokens_of(std::string_view text) {
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  Tokenizer(5).tokenize(text, scratch, tokens);
  return tokens;
}

template <typename Law>
void expect(const char* name, Law law) {
  EXPECT_TRUE(rc::check(name, law));
}

TEST(TokenizerLaws, NormalisedTextIsUnchanged) {
  expect("idempotent", [] {
    const std::string normal = normalize(any_text());
    RC_ASSERT(normalize(normal) == normal);
  });
}

TEST(TokenizerLaws, TextsJoinedByWhiteSpaceHaveTheTokensOfBoth) {
  expect("concatenation", [] {
    const std::string left = any_text();
    const std::string right = any_text();
    std::vector<Token> expected = tokens_of(left);
    for (const Token token : tokens_of(right)) expected.push_back(token);
    RC_ASSERT(tokens_of(left + "\n" + right) == expected);
  });
}

TEST(TokenizerLaws, SpansAgreeAndAscend) {
  expect("spans", [] {
    const std::string text = any_text();
    TokenizerScratch scratch;
    std::vector<TokenSpan> spans;
    Tokenizer(5).tokenize_spans(text, scratch, spans);
    const std::vector<Token> tokens = tokens_of(text);
    RC_ASSERT(spans.size() == tokens.size());
    for (std::size_t at = 0; at < spans.size(); ++at) {
      RC_ASSERT(spans[at].token == tokens[at]);
      RC_ASSERT(spans[at].bytes.begin < spans[at].bytes.end);
      RC_ASSERT(spans[at].bytes.end <= text.size());
      if (at > 0) RC_ASSERT(spans[at - 1].bytes.begin <= spans[at].bytes.begin);
    }
  });
}

TEST(PassageFinderLaws, APassageIsWhereItsTokensAre) {
  expect("passages", [] {
    RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
    std::string text;
    for (int part = 0; part < 12; ++part) text += any_text() + (part % 5 == 0 ? "\n" : " ");
    const Tokenizer tokenizer(5);
    TokenizerScratch scratch;
    std::vector<TokenSpan> spans;
    tokenizer.tokenize_spans(text, scratch, spans);
    const auto total = static_cast<std::uint32_t>(spans.size());
    RC_PRE(total > 0U);
    PassageFinder finder(tokenizer);
    for (int i = 0; i < 20; ++i) {
      const std::uint32_t begin = random.below(total), end = begin + 1 + random.below(std::min(total - begin, 200U));
      const ByteRange whole = finder.find(text, total, begin, end, text.size());
      RC_ASSERT(whole.begin == spans[begin].bytes.begin);
      RC_ASSERT(whole.end == spans[end - 1].bytes.end);
      const ByteRange cut = finder.find(text, total, begin, end, 50);
      RC_ASSERT(cut.begin == whole.begin);
      RC_ASSERT(cut.end == whole.end || (cut.end < whole.end && cut.end >= cut.begin + 50));
    }
  });
}

}  // namespace
}  // namespace wirecopy
