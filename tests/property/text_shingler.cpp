// Properties of shingles on random tokens of all kinds.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

std::vector<Token> any_tokens() {
  const auto kind = rc::gen::element(TokenKind::word, TokenKind::word, TokenKind::ideograph, TokenKind::syllable);
  const auto token = rc::gen::apply([](std::uint64_t hash, TokenKind of) { return make_token(hash, of); },
                                    rc::gen::arbitrary<std::uint64_t>(), kind);
  return *rc::gen::container<std::vector<Token>>(token);
}

unsigned any_length() { return *rc::gen::inRange(kMinShingleWords, kMaxShingleWords + 1); }

unsigned quarters_of(std::span<const Token> tokens) {
  unsigned quarters = 0;
  for (const Token token : tokens) quarters += quarter_words(kind_of(token));
  return quarters;
}

template <typename Law>
void expect(const char* name, Law law) {
  EXPECT_TRUE(rc::check(name, law));
}

TEST(ShinglerLaws, EachIsTheShortestRunOfNWords) {
  expect("shortest run", [] {
    const auto tokens = any_tokens();
    const unsigned n = any_length();
    std::size_t seen = 0;
    for_each_shingle(tokens, n, [&](std::uint64_t hash, std::size_t first, std::size_t count) {
      RC_ASSERT(first == seen++);
      const auto run = std::span(tokens).subspan(first, count);
      RollingShingle alone;
      for (const Token token : run) alone.add(token);
      RC_ASSERT(alone.hash() == hash);
      if (quarters_of(tokens) < 4 * n) {
        RC_ASSERT(count == tokens.size());
      } else {
        RC_ASSERT(quarters_of(run) >= 4 * n);
        RC_ASSERT(quarters_of(run.first(count - 1)) < 4 * n);
      }
    });
    if (tokens.empty())
      RC_ASSERT(seen == 0u);
    else if (quarters_of(tokens) < 4 * n)
      RC_ASSERT(seen == 1u);
    else
      RC_ASSERT(seen == tokens.size() || quarters_of(std::span(tokens).subspan(seen)) < 4 * n);
  });
}

TEST(ShinglerLaws, BothInterfacesAgree) {
  expect("same hashes", [] {
    const auto tokens = any_tokens();
    const unsigned n = any_length();
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint64_t> expected;
    shingle(tokens, n, hashes);
    for_each_shingle(tokens, n, [&](std::uint64_t hash, std::size_t, std::size_t) { expected.push_back(hash); });
    RC_ASSERT(hashes == expected);
  });
}

TEST(ShinglerLaws, APieceOfATextHasTheShinglesOfTheText) {
  expect("excerpt", [] {
    const auto tokens = any_tokens();
    const unsigned n = *rc::gen::inRange(1u, 6u);
    const auto cut = *rc::gen::inRange<std::size_t>(0, tokens.size() + 1);
    const auto piece = std::span(tokens).subspan(cut);
    if (quarters_of(piece) < 4 * n) return;
    std::vector<std::uint64_t> whole;
    std::vector<std::uint64_t> part;
    shingle(tokens, n, whole);
    shingle(piece, n, part);
    RC_ASSERT(whole.size() == part.size() + cut);
    RC_ASSERT(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(cut)));
  });
}

}  // namespace
}  // namespace wirecopy
