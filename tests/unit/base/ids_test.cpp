#include "base/ids.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace wirecopy {
namespace {

static_assert(!std::is_convertible_v<ArticleId, SourceId> && !std::is_convertible_v<ArticleId, std::uint32_t>);
static_assert(sizeof(ArticleId) == 4 && sizeof(SourceId) == 4);

TEST(Ids, KeepTheirNumberAndOrder) {
  EXPECT_EQ(number(ArticleId{7}), 7U);
  EXPECT_EQ(number(SourceId{0}), 0U);
  EXPECT_LT(ArticleId{7}, ArticleId{8});
  EXPECT_LT(ArticleId{0xFFFFFFFEU}, kNoArticle);
}

}  // namespace
}  // namespace wirecopy
