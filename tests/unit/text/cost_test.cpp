// No text may cost more than linear time, or an allocation once the scratch has grown.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <new>

#include "reference/cpu_cost.hpp"
#include "reference/text_samples.hpp"
#include "text/tokenizer.hpp"

namespace {
thread_local std::size_t allocations = 0;
}  // namespace

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace wirecopy {
namespace {

using reference::kCostSlack;
using reference::repeated;

// Prose costs about 1 ns per byte, the worst of the following texts about 60.
constexpr double kMaxNanoseconds = 400 * kCostSlack;
// With the position and spelling of every token, as explanations need them.
constexpr double kMaxNanosecondsWithPlaces = 1500 * kCostSlack;

double cost_of_tokens(const std::function<std::string(std::size_t)>& make) {
  const Tokenizer tokenizer(1);
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  return reference::worst_cost(kMaxNanoseconds, make, [&](std::string_view text) {
    tokens.clear();
    tokenizer.tokenize(text, scratch, tokens);
  });
}

double cost_of_places(const std::function<std::string(std::size_t)>& make) {
  const Tokenizer tokenizer(1);
  TokenizerScratch scratch;
  std::vector<TokenSpan> spans;
  return reference::worst_cost(kMaxNanosecondsWithPlaces, make, [&](std::string_view text) {
    spans.clear();
    tokenizer.tokenize_spans(text, scratch, spans);
  });
}

void expect_cheap(std::string_view name, const std::function<std::string(std::size_t)>& make) {
  EXPECT_LT(cost_of_tokens(make), kMaxNanoseconds) << name;
  EXPECT_LT(cost_of_places(make), kMaxNanosecondsWithPlaces) << name;
}

TEST(Cost, IsLinearInHostileText) {
  constexpr std::string_view kPieces[] = {
      // marks: alone, out of order, in long runs, composing, decomposing
      "\u0301",
      "\u064b",
      "\u0301\u0323",
      "\u0653\u064b\u0651",
      "\u0f71\u0f72",
      "\u0345",
      "a\u0301",
      "=\u0338",
      "\u30ab\u3099",
      "\uff76\uff9e",
      "\U0001D160",
      "\u1161",
      "\u1100\u1161\u11a8",
      "\u0e33",
      // text that folds into much, or into nothing
      "\ufdfa",
      "\ufdfa ",
      "\u3316",
      "\ufdfb",
      "\u0130",
      "\u1e9a",
      "\u200b",
      "\u00ad ",
      // markup
      "<",
      "&",
      "<a",
      "<a>",
      "<p>",
      "<!",
      "<!--",
      "<!-- --",
      "<!-->",
      "<![CDATA[",
      "<script>",
      "<script",
      "<style>",
      "</script",
      "</",
      "<a href='",
      ">",
      "-->",
      "&#x",
      "&amp",
      "&#1;",
      "&eacute",
      "&&#9",
      "&#99999999",
      // apostrophes and their look-ahead
      "'",
      "a'",
      "'\u200b",
      "a'\u00ad",
      "a'\u0301",
      "\u2019",
      // ill-formed UTF-8
      "\xff",
      "\xe4",
      "\xf0\x9f",
      "\xed\xa0\x80",
      "\x80",
      // simple texts
      "a",
      "-",
      "a ",
      "\u4e2d",
      "\u0e01",
      " ",
      "\n",
  };
  for (const std::string_view piece : kPieces) {
    expect_cheap(piece, [piece](std::size_t size) { return repeated(piece, size); });
  }
}

TEST(Cost, IsLinearInTwoInterdependentRuns) {
  struct Runs {
    std::string_view first, second;
  };
  constexpr Runs kRuns[] = {
      {"\u064b", "\u0653"},
      {"a\u0316", "\u0301"},
      {"<script>", "</script>"},
      {"<!--", "-->"},
      {"<a", ">"},
      {"<script>", "<"},
      {"a'", "\u200b"},
      {"\u200b'", "a"},
      {"<style>", "</style></a>"},
      {"&", ";"},
      {"<!-- ", "<!-- -->"},
      {"\u1100", "\u1161"},
      {"</script", "<script>"},
      {"<!-", "-->"},
      {"\u0301", "a"},
      {"\ufdfa", "\u0653"},
  };
  for (const Runs& runs : kRuns) {
    expect_cheap(runs.first, [&runs](std::size_t size) {
      return repeated(runs.first, size / 2) + repeated(runs.second, size / 2);
    });
  }
}

TEST(Cost, IsFreeOfAllocationsOnceWarm) {
  RandomStream random(9);
  std::vector<std::string> texts;
  for (int turn = 0; turn < 200; ++turn) {
    texts.push_back(reference::sample_text(random, 2000, 1) + "<p>&eacute;</p> <unknownelement> it's");
  }
  const Tokenizer tokenizer(1);
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  std::size_t before = 0;
  for (int round = 0; round < 2; ++round) {
    before = allocations;
    for (const std::string& text : texts) {
      tokens.clear();
      tokenizer.tokenize(text, scratch, tokens);
    }
  }
  EXPECT_EQ(allocations, before);
}

}  // namespace
}  // namespace wirecopy
