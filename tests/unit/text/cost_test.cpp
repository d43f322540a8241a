// What no text may cost: more than linear time, or an allocation once its scratch has grown.
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <new>

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

#ifdef NDEBUG
constexpr std::size_t kGiant = 4 << 20;
#else
constexpr std::size_t kGiant = 256 << 10;
#endif
// What is linear takes up to 0.4 s here, what is quadratic minutes to hours.
constexpr double kMostSeconds = 2;

std::string repeated(std::string_view piece) {
  std::string text;
  text.reserve(kGiant + piece.size());
  while (text.size() < kGiant) text += piece;
  return text;
}

double seconds_for(std::string_view text, Kernel kernel) {
  const Tokenizer tokenizer(1, kernel);
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  const std::clock_t start = std::clock();  // processor time: the machine may be busy
  tokenizer.tokenize(text, scratch, tokens);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

TEST(Cost, IsLinearInHostileText) {
  constexpr std::string_view kPieces[] = {
      "\u0301",
      "\u064b",
      "\u0301\u0323",
      "\u0653\u064b\u0651",
      "\u0f71\u0f72",
      "\u1161",
      "a",
      "<",
      "&",
      "<a",
      "<!--",
      "<script>",
      "<script",
      "</",
      "'",
      "a'",
      "'\u200b",
      "\u200b",
      "&#x",
      "&amp",
      "\xff",
      "\xe4",
      "\xf0\x9f",
      "\u4e2d",
      "=\u0338",
      "\ufdfa",
      "a\u0301",
      "\u30ab\u3099",
      "\u0130",
      "-",
      "<!-- --",
      "&#1;",
      "\uff76\uff9e",
  };
  for (const std::string_view piece : kPieces) {
    EXPECT_LT(seconds_for(repeated(piece), best_kernel()), kMostSeconds) << piece;
  }
}

TEST(Cost, MarksAfterAGiantRunOfMarks) {
  EXPECT_LT(seconds_for(repeated("\u064b").append(repeated("\u0653")), best_kernel()), kMostSeconds);
  EXPECT_LT(seconds_for(repeated("\u0316\u0301").insert(0, 1, 'a'), best_kernel()), kMostSeconds);
}

TEST(Cost, NoAllocationOnceWarm) {
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
