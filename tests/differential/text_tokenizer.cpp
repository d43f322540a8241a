// Compares every kernel of the tokeniser, and its path by single code points, with the naive twin.
#include <gtest/gtest.h>

#include <algorithm>

#include "reference/text_reference.hpp"
#include "reference/text_samples.hpp"
#include "text/code_point_table.hpp"
#include "text/tokenizer.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kSeed = 20240229;

std::string without_markup_signs(std::string text) {
  std::ranges::replace(text, '<', '=');
  std::ranges::replace(text, '&', '+');
  return text;
}

std::string code_points_of(std::string_view text) {
  std::string shown;
  for (const char32_t code_point : reference::decode(text)) {
    char number[16];
    std::snprintf(number, sizeof number, "U+%04X ", static_cast<unsigned>(code_point));
    shown += number;
  }
  return shown;
}

class TokenizerAgainstTwin : public testing::Test {
 protected:
  // The hash is not compared; spellings, kinds, their order and the agreement of all paths are.
  void check(std::string_view text) {
    const std::vector<reference::ReferenceToken> expected = reference::tokens(text);
    std::vector<TokenSpan> spans;
    tokenizers_.front().tokenize_spans(text, scratch_, spans);
    ASSERT_EQ(spans.size(), expected.size()) << code_points_of(text);
    std::vector<Token> tokens_of_spans;
    for (std::size_t at = 0; at < spans.size(); ++at) {
      ASSERT_EQ(code_points_of(spans[at].spelling), code_points_of(expected[at].spelling)) << code_points_of(text);
      ASSERT_EQ(kind_of(spans[at].token), expected[at].kind) << code_points_of(text);
      tokens_of_spans.push_back(spans[at].token);
    }
    for (std::size_t at = 0; at < tokenizers_.size(); ++at) {
      tokens_.clear();
      tokenizers_[at].tokenize(text, scratch_, tokens_);
      ASSERT_EQ(tokens_, tokens_of_spans) << name(available_kernels()[at]) << ": " << code_points_of(text);
    }
  }

  static std::vector<Tokenizer> all_tokenizers() {
    std::vector<Tokenizer> tokenizers;
    for (const Kernel kernel : available_kernels()) tokenizers.emplace_back(kSeed, kernel);
    return tokenizers;
  }

  const std::vector<Tokenizer> tokenizers_ = all_tokenizers();
  TokenizerScratch scratch_;
  std::vector<Token> tokens_;
};

TEST_F(TokenizerAgainstTwin, EveryCodePointBetweenLetters) {
  for (char32_t code_point = 1; code_point < 0x30000; ++code_point) {
    if (code_point == '<' || code_point == '&' || (code_point >= 0xD800 && code_point < 0xE000)) continue;
    std::string text = "x";
    append_utf8(code_point, text);
    ASSERT_NO_FATAL_FAILURE(check(text += 'y'));
  }
}

TEST_F(TokenizerAgainstTwin, EveryCodePointAmongOthersOfItsKind) {
  for (char32_t code_point = 1; code_point < 0x30000 - 8; code_point += 5) {
    std::string text;
    for (char32_t next = code_point; next < code_point + 8; ++next) {
      if (next != '<' && next != '&' && (next < 0xD800 || next >= 0xE000)) append_utf8(next, text);
    }
    ASSERT_NO_FATAL_FAILURE(check(text));
  }
}

TEST_F(TokenizerAgainstTwin, ManyShortTexts) {
  RandomStream random(1);
  for (int turn = 0; turn < 200'000; ++turn) {
    ASSERT_NO_FATAL_FAILURE(check(without_markup_signs(reference::sample_text(random, 24, turn % 4 == 0 ? 32 : 0))));
  }
}

TEST_F(TokenizerAgainstTwin, LongerTexts) {
  RandomStream random(2);
  for (int turn = 0; turn < 6'000; ++turn) {
    ASSERT_NO_FATAL_FAILURE(check(without_markup_signs(reference::sample_text(random, 400, turn % 4 == 0 ? 8 : 0))));
  }
}

TEST_F(TokenizerAgainstTwin, MostlyAsciiText) {
  RandomStream random(3);
  for (int turn = 0; turn < 20'000; ++turn) {
    std::string text;
    for (std::uint32_t left = random.below(300); left > 0; --left) {
      const std::uint32_t what = random.below(100);
      if (what < 1)
        append_utf8(reference::sample_code_point(random, {{0x300, 0x304}, {0x2018, 0x2019}}), text);
      else if (what < 4)
        text += "'`"[random.below(2)];
      else if (what < 15)
        text += ' ';
      else
        text += static_cast<char>('A' + random.below('z' - 'A' + 1));
    }
    ASSERT_NO_FATAL_FAILURE(check(text));
  }
}

TEST_F(TokenizerAgainstTwin, TextsInSeveralParts) {
  RandomStream random(4);
  for (int turn = 0; turn < 8; ++turn) {
    std::string text;
    while (text.size() < 300'000) text += without_markup_signs(reference::sample_text(random, 200, 1)) + "= ";
    ASSERT_NO_FATAL_FAILURE(check(text));
  }
}

TEST_F(TokenizerAgainstTwin, RandomBytes) {
  RandomStream random(5);
  for (int turn = 0; turn < 20'000; ++turn) {
    std::string text;
    const std::uint32_t base = random.below(2) * 0x80;
    for (std::uint32_t left = random.below(100); left > 0; --left) {
      text += static_cast<char>(base + random.below(256 - base));
    }
    ASSERT_NO_FATAL_FAILURE(check(without_markup_signs(text)));
  }
}

// Walking back over folded text relies on this.
TEST(CodePointTableLaws, NormalisedCodePointsAreFixed) {
  const CodePointTable& table = CodePointTable::instance();
  for (char32_t code_point = 0; code_point < 0x110000; ++code_point) {
    if (code_point >= 0xD800 && code_point < 0xE000) continue;
    const Folding folding = table[code_point];
    if (folding.has(Folding::dropped)) continue;
    const auto parts = folding.has(Folding::listed) ? table.parts(folding) : std::span(&folding, 1);
    for (const Folding& part : parts) {
      for (const char32_t made : reference::decode({reinterpret_cast<const char*>(part.bytes.data()), part.size})) {
        std::string spelling;
        append_utf8(made, spelling);
        const Folding again = table[made];
        ASSERT_FALSE(again.has(Folding::listed | Folding::dropped)) << std::hex << static_cast<unsigned>(code_point);
        ASSERT_EQ(std::string(again.bytes.begin(), again.bytes.begin() + again.size), spelling)
            << std::hex << static_cast<unsigned>(code_point);
      }
    }
  }
}

}  // namespace
}  // namespace wirecopy
