// Sketching and comparing allocate nothing for an article once they have seen the largest.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/sketcher.hpp"
#include "verify/text_comparer.hpp"

namespace {

std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t size) noexcept {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return std::malloc(size == 0 ? 1 : size);
}

void* counted_or_throw(std::size_t size) {
  if (void* memory = counted(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted_or_throw(size); }
void* operator new[](std::size_t size) { return counted_or_throw(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace wirecopy {
namespace {

// A thousand words, and what each way of the tokeniser and of provenance is for.
std::string made_text(std::string_view letters, std::uint64_t seed) {
  RandomStream random(seed);
  std::string text = "BERLIN, Nov 18 (Reuters) - ";
  for (int word = 0; word < 1000; ++word) text.append(letters).append(std::to_string(random.below(300))).append(" ");
  return text + "\n(Reporting by A. Writer)";
}

void clear(SketchBlock& block) {
  block.records.clear(), block.tokens.clear(), block.strings.clear();
  block.samples.clear(), block.signatures.clear();
}

TEST(Allocation, NoneForASketchedArticleOnceWarm) {
  const std::vector<std::string> texts = {made_text("word", 1), made_text("\u0421\u043b\u043e\u0432\u043e", 2),
                                          made_text("\u65b0\u805e\u793e", 3), made_text("e\u0301te\u2019s ", 4),
                                          "<p>" + made_text("A&amp;B", 5) + "</p>"};
  for (const Method method : {Method::sample, Method::minhash, Method::simhash}) {
    Options options;
    options.method = method;
    for (const Kernel kernel : available_kernels()) {
      const Sketcher sketcher(options, kernel);
      SketchBlock block;
      SketchScratch scratch;
      SourceTable sources;
      const auto sketch_all = [&] {
        clear(block);
        for (const std::string& text : texts) {
          Article article;
          article.id = "a-rather-long-identifier-of-an-article";
          article.title = "UPDATE 2-A title";
          article.source = "a-source-with-a-long-name.example.org";
          article.text = text;
          sketcher.sketch(article, article.id, {}, 0, block, sources, scratch);
        }
      };
      sketch_all();
      const std::uint64_t before = allocations;
      for (int round = 0; round < 20; ++round) sketch_all();
      EXPECT_EQ(allocations - before, 0U) << name(kernel);
      EXPECT_EQ(block.records.size(), texts.size());
    }
  }
}

TEST(Allocation, NoneForAComparedPairOnceWarm) {
  std::vector<std::vector<Token>> texts(8);
  RandomStream random(1);
  for (std::vector<Token>& text : texts) {
    for (int i = 0; i < 1000; ++i) {
      const auto kind = static_cast<TokenKind>(&text == &texts.front() ? i % 2 : 0);
      text.push_back(make_token(mix64(random.below(50)), kind));
    }
  }
  TextComparer comparer(3);
  const auto compare_all = [&] {
    std::uint32_t shared = 0;
    for (const auto& first : texts) {
      comparer.load({first, {}});
      for (const auto& second : texts) shared += comparer.compare({second, {}}).raw_shared;
    }
    return shared;
  };
  const std::uint32_t shared = compare_all();
  const std::uint64_t before = allocations;
  for (int round = 0; round < 20; ++round) ASSERT_EQ(compare_all(), shared);
  EXPECT_EQ(allocations - before, 0U);
}

}  // namespace
}  // namespace wirecopy
