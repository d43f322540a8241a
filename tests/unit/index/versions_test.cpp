// Near-equal texts under near-equal titles, near in time or undated, are versions of one story in any number: in the
// batch, and in a stream in any order.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>
#include <wirecopy/deduplicator.hpp>
#include <wirecopy/index.hpp>

#include "base/hash.hpp"
#include "reference/planted_feed.hpp"

namespace wirecopy {
namespace {

constexpr std::int64_t kStart = 1'700'000'000, kMinute = 60, kDay = 86'400;

struct Version {
  std::string id, text, source;
  std::optional<std::int64_t> published;

  [[nodiscard]] Article article() const { return {id, "Storm hits coast", text, source, {}, {}, published}; }
};

struct Flood {
  std::size_t outlets;
  std::size_t versions;   // of each
  std::int64_t interval;  // seconds between two; 0: undated
};

/// One text of 150 words, of which each version replaces one.
std::vector<Version> versions_of(const Flood& flood) {
  test::PlantedFeed words(5);
  RandomStream random(6);
  const std::vector<std::string> base = words.words(150);
  std::vector<Version> versions;
  for (std::size_t i = 0; i < flood.outlets * flood.versions; ++i) {
    std::vector<std::string> changed = base;
    changed[random.below(150)] = test::numbered("v", i);
    Version version{test::numbered("a", i), {}, test::numbered("outlet", i % flood.outlets), {}};
    for (const std::string& word : changed) version.text.append(word).append(" ");
    if (flood.interval > 0) version.published = kStart + static_cast<std::int64_t>(i / flood.outlets) * flood.interval;
    versions.push_back(std::move(version));
  }
  return versions;
}

std::uint64_t kept_by_batch(const std::vector<Version>& versions) {
  Deduplicator deduplicator;
  for (std::size_t i = 0; i < versions.size(); ++i) deduplicator.add(versions[i].article(), i);
  return deduplicator.finish().kept;
}

struct Streamed {
  std::set<std::string> clusters;  // of all versions
  std::uint64_t boilerplate = 0;
};

Streamed stream(const std::vector<Version>& versions) {
  IndexSettings settings;
  settings.clock = [](const Article&) { return kStart + 365 * kDay; };
  settings.resources.threads = 1;
  Index index(settings);
  Streamed streamed;
  for (const Version& version : versions) index.add(version.article());
  for (const Version& version : versions) streamed.clusters.insert(index.cluster_of(version.id));
  streamed.boilerplate = index.statistics().boilerplate + index.statistics().shared_boilerplate;
  return streamed;
}

class Versions : public testing::TestWithParam<Flood> {};

INSTANTIATE_TEST_SUITE_P(Floods, Versions,
                         testing::Values(Flood{1, 12, 0}, Flood{1, 20, 0}, Flood{1, 200, 0}, Flood{1, 2000, 0},
                                         Flood{5, 12, 0}, Flood{5, 200, 0}, Flood{1, 20, kMinute},
                                         Flood{1, 200, kMinute}, Flood{1, 2000, kMinute}, Flood{5, 12, kMinute},
                                         Flood{5, 400, kMinute}, Flood{1, 20, kDay}));

TEST_P(Versions, AreOneStoryInTheBatch) { EXPECT_EQ(kept_by_batch(versions_of(GetParam())), 1U); }

TEST_P(Versions, AreOneStoryInAStreamInAnyOrder) {
  std::vector<Version> versions = versions_of(GetParam());
  if (versions.size() > 500) versions.resize(500);  // beyond a few hundred texts a story takes none in
  RandomStream random(7);
  for (int trial = 0; trial < 2; ++trial) {
    const Streamed streamed = stream(versions);
    EXPECT_EQ(streamed.boilerplate, 0U);
    EXPECT_EQ(streamed.clusters.size(), 1U);
    EXPECT_FALSE(streamed.clusters.contains(""));
    for (std::size_t at = versions.size(); at > 1; --at) {
      std::swap(versions[at - 1], versions[random.below(static_cast<std::uint32_t>(at))]);
    }
  }
}

TEST(VersionsDaysApart, ATemplateFilledEveryFourDaysIsBoilerplate) {
  const std::vector<Version> weekly = versions_of(Flood{1, 40, 4 * kDay});
  EXPECT_EQ(kept_by_batch(weekly), weekly.size());
  EXPECT_GT(stream(weekly).boilerplate, 100U);
}

}  // namespace
}  // namespace wirecopy
