// The parser allocates nothing per article once it has seen the largest line.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>

#include "feed/article_parser.hpp"
#include "feed/block.hpp"

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

TEST(Allocation, IsNoneForAnArticleOnceWarm) {
  const std::string good =
      R"({"id":5,"title":"R\u0061in","text":["one\n","two"],"source":{"name":"x"},"url":"https://www.Example.org/a",)"
      R"("te\u0078t":"three","published":"Mon, 18 Nov 2019 10:15:29 GMT","lang":"english","more":[{"a":[1,2,"\n"]}]})";
  const std::string bad = R"({"id":5,"text":"a\x"})";
  const std::string padding(kBlockPadding, '\0');
  const std::string good_bytes = good + padding;
  const std::string bad_bytes = bad + padding;
  ArticleParser parser{FieldMap()};
  const auto parse_both = [&] {
    return parser.parse(std::string_view(good_bytes).substr(0, good.size())) &&
           !parser.parse(std::string_view(bad_bytes).substr(0, bad.size()));
  };
  ASSERT_TRUE(parse_both());
  const std::uint64_t before = allocations;
  bool right = true;
  for (int round = 0; round < 1000; ++round) right = parse_both() && right;
  EXPECT_TRUE(right);
  EXPECT_EQ(allocations - before, 0U);
}

}  // namespace
}  // namespace wirecopy
