// An index that format 1 wrote (tests/data/index-v1) must open as long as that format is read, and say what it said
// then. A new format gets an index of its own: unit_index --gtest_also_run_disabled_tests
// --gtest_filter='*GoldenIndexIsMade'.
#include <gtest/gtest.h>

#include <filesystem>
#include <wirecopy/index.hpp>

#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

/// Words 0 to 1999 of the text that the articles were cut from.
std::string words(int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i) {
    text.append(text.empty() ? "word" : " word").append(std::to_string(i * 7919 % 9973));
  }
  return text;
}

/// Written where no golden index of this format is yet.
TEST(Golden, DISABLED_GoldenIndexIsMade) {
  IndexSettings settings;
  settings.feed_clock = true;
  settings.window = 3650 * 86'400;
  settings.memory = 16 << 20;
  Index index = Index::open(WIRECOPY_TEST_DATA "/index-v1", settings);
  const auto add = [&](std::string_view id, const std::string& text, std::int64_t seconds) {
    const std::string source = "outlet of " + std::string(id);
    return index.add({id, "a title", text, source, {}, {}, 1'700'000'000 + seconds});
  };
  add("first", words(0, 120), 0);
  add("second", words(0, 120), 60);
  add("third", words(0, 119) + " but", 120);
  add("other", words(500, 120), 180);
  add("longer", words(500, 300), 240);
  add("alone", words(1200, 90), 300);
  index.flush();
  EXPECT_GT(index.verify(), 6U);
}

class GoldenIndex : public testing::Test {
 protected:
  GoldenIndex() {
    std::filesystem::copy(WIRECOPY_TEST_DATA "/index-v1", path());
    settings_.feed_clock = true;
  }

  [[nodiscard]] std::filesystem::path path() const { return directory_.path() / "index"; }

  /// Skips the test where texts are normalised by another version of Unicode: such an index is refused, and says so.
  bool is_of_our_unicode() {
    try {
      static_cast<void>(Index::open(path(), settings_));
      return true;
    } catch (const Error& error) {
      EXPECT_NE(std::string_view(error.what()).find("Unicode"), std::string_view::npos) << error.what();
      return false;
    }
  }

  TemporaryDirectory directory_;
  IndexSettings settings_;
};

TEST_F(GoldenIndex, OpensAndRemembers) {
  if (!is_of_our_unicode()) GTEST_SKIP() << "utf8proc knows another version of Unicode";
  const Index index = Index::open(path(), settings_);
  EXPECT_EQ(index.statistics().articles, 6U);
  EXPECT_EQ(index.statistics().window, 3650 * 86'400);
  EXPECT_EQ(index.cluster_of("first"), "w83ec686c1600460a");
  EXPECT_EQ(index.cluster_of("longer"), index.cluster_of("other"));
  EXPECT_TRUE(index.cluster_of("alone").empty());
  EXPECT_EQ(index.events().size(), 3U);
  EXPECT_GT(index.verify(), 6U);
}

TEST_F(GoldenIndex, GoesOn) {
  if (!is_of_our_unicode()) GTEST_SKIP() << "utf8proc knows another version of Unicode";
  Index index = Index::open(path(), settings_);
  const std::string text = words(0, 118) + " and more";
  const Index::Decision decision = index.add({"new", "a title", text, "elsewhere", {}, {}, 1'700'009'000});
  EXPECT_EQ(decision.relation, Relation::near);
  EXPECT_EQ(decision.cluster, index.cluster_of("first"));
  EXPECT_EQ(index.events(3).size(), 1U);
  EXPECT_TRUE(index.remove("alone"));
}

}  // namespace
}  // namespace wirecopy
