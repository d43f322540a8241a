#include "pipeline/large_line.hpp"

#include <gtest/gtest.h>

#include <string>
#include <wirecopy/error.hpp>

#include "base/memory_size.hpp"

namespace wirecopy {
namespace {

TEST(ParsingBytes, GrowWithValuesAndNotWithCommasInText) {
  const std::string prose = R"({"text":")" + std::string(10000, ',') + R"("})";
  EXPECT_LT(parsing_bytes(prose), 3 * prose.size());
  const std::string quoted = R"({"text":"a \", \", \", b"})";
  EXPECT_EQ(parsing_bytes(quoted), parsing_bytes(R"({"text":"a xx  xx  xx  b"})"));
  std::string list = R"({"text":["a")";
  for (int i = 0; i < 1000; ++i) list += R"(,"a")";
  EXPECT_GT(parsing_bytes(list + "]}"), 96U * 1000);
}

TEST(LargeLine, IsRefusedBeforeItIsParsedOrSketched) {
  const MemoryPlan plan = plan_memory(64_MiB, 1, 1_MiB);
  std::string list = R"({"text":["a")";
  for (int i = 0; i < 1'000'000; ++i) list += R"(,"a")";
  EXPECT_THROW(LargeLine(plan, "feed:1", list).require_parsing(), Error);

  std::string text;
  for (int i = 0; i < 500'000; ++i) text += "\u3316";  // six tokens each
  const Sketcher sketcher(Options{}, Kernel::scalar);
  SketchScratch scratch;
  SketchBlock block;
  Article article;
  article.text = text;
  const LargeLine line(plan, "feed:1", text);
  EXPECT_NO_THROW(line.require_parsing());
  EXPECT_THROW(line.require_sketching(article, sketcher, scratch, block), Error);
  article.text = std::string_view(text).substr(0, 300'000);
  EXPECT_NO_THROW(line.require_sketching(article, sketcher, scratch, block));
  EXPECT_EQ(block.tokens.capacity(), 600'000U);
}

}  // namespace
}  // namespace wirecopy
