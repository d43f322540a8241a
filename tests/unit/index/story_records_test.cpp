#include "index/story_records.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

constexpr StoryKey kKey(9);

class StoryRecords : public testing::Test {
 protected:
  /// A story of so many texts, each compared with up to so many before it.
  Story made_story(std::uint32_t nodes, std::uint32_t edges_of_a_node) {
    Story story;
    story.key = kKey;
    for (std::uint32_t i = 0; i < nodes; ++i) add(story, edges_of_a_node);
    return story;
  }

  void add(Story& story, std::uint32_t edges) {
    const auto at = static_cast<std::uint32_t>(story.nodes.size());
    StoryNode node{ArticleKey(100 + at), {at, 3}, ClusterNumber(4), 5, 6, 7, 8, 9, 1, story.next_slot++, {}, {}};
    story.nodes.push_back(node);
    for (std::uint32_t i = 0; i < std::min(at, edges); ++i) {
      const bool is_match = random_.below(2) == 0;
      story.edges.push_back(
          {at, at - 1 - i, is_match ? Kinship::match : Kinship::some, is_match ? random_.unit() : 0, 0});
    }
  }

  Story read(bool with_edges = true) {
    Story story;
    EXPECT_TRUE(read_story(pending_, kKey, story));
    if (with_edges) read_edges(pending_, story);
    return story;
  }

  /// Bytes that were written, and how many records.
  std::pair<std::size_t, std::size_t> written(Story& story) {
    write_story(pending_, story);
    Changes changes = pending_.take();
    std::size_t bytes = 0, records = 0;
    for (const auto& [key, value] : changes) bytes += value ? value->size() : 0, ++records;
    store_->write(std::move(changes));
    return {bytes, records};
  }

  static void expect_same(const Story& a, const Story& b) {
    ASSERT_EQ(a.nodes.size(), b.nodes.size());
    for (std::size_t i = 0; i < a.nodes.size(); ++i) {
      EXPECT_EQ(a.nodes[i].key, b.nodes[i].key);
      EXPECT_EQ(a.nodes[i].content, b.nodes[i].content);
      EXPECT_EQ(a.nodes[i].slot, b.nodes[i].slot);
    }
    ASSERT_EQ(a.edges.size(), b.edges.size());
    for (std::size_t i = 0; i < a.edges.size(); ++i) {
      EXPECT_EQ(std::tuple(a.edges[i].a, a.edges[i].b, a.edges[i].kinship, a.edges[i].share),
                std::tuple(b.edges[i].a, b.edges[i].b, b.edges[i].kinship, b.edges[i].share));
    }
  }

  RandomStream random_{1};
  std::unique_ptr<IndexStore> store_ = make_memory_store();
  PendingStore pending_{*store_};
};

TEST_F(StoryRecords, StoriesComeBack) {
  for (const std::uint32_t nodes : {1U, 2U, 32U, 33U, 64U, 65U, 400U}) {
    for (const std::uint32_t edges : {0U, 1U, 40U}) {
      Story story = made_story(nodes, edges);
      write_story(pending_, story);
      expect_same(read(), story);
      erase_story(pending_, story);
      for (const auto& [key, value] : pending_.take()) EXPECT_FALSE(value) << "a record is left";
    }
  }
}

TEST_F(StoryRecords, ASmallStoryIsOneRecord) {
  Story story = made_story(10, 10);
  EXPECT_EQ(written(story).second, 1U);
}

TEST_F(StoryRecords, AnArrivalWritesWhatItChanges) {
  Story story = made_story(400, 60);
  EXPECT_GT(written(story).first, 300'000U);
  for (int i = 0; i < 50; ++i) {
    Story again = read(false);
    EXPECT_LE(again.edges.size(), kEdgesOfAPiece);
    ++again.nodes[random_.below(400)].living;
    EXPECT_LE(written(again).first, 10'000U);
    EXPECT_EQ(written(again).second, 0U) << "nothing has changed";
    again = read(false);
    add(again, 60);
    EXPECT_LE(written(again).first, 25'000U);
  }
  Story longer = read();
  EXPECT_EQ(longer.nodes.size(), 450U);
  EXPECT_EQ(longer.edges.size(), story.edges.size() + 50 * 60);
}

TEST_F(StoryRecords, EdgesOfWhoHasLeftAreDropped) {
  Story story = made_story(200, 20);
  written(story);
  for (int i = 0; i < 300; ++i) {
    Story again = read(false);
    // The first leaves, without its edges being read.
    std::erase_if(again.edges, [](StoryEdge& edge) {
      if (edge.a == 0 || edge.b == 0) return true;
      --edge.a, --edge.b;
      return false;
    });
    again.nodes.erase(again.nodes.begin());
    add(again, 20);
    written(again);
    EXPECT_LE(again.pieces_of_edges, again.nodes.size() + 1);
  }
  const Story left = read();
  EXPECT_EQ(left.nodes.size(), 200U);
  EXPECT_EQ(left.nodes.front().slot, 300U);
  EXPECT_LE(left.edges.size(), 200U * 20U);
  for (const StoryEdge& edge : left.edges) EXPECT_LT(edge.b, edge.a);
}

// Every prefix of a record, every record with a byte too many, and every story without one of its records.
TEST_F(StoryRecords, NoCutRecordIsTaken) {
  Story story = made_story(70, 10);
  write_story(pending_, story);
  const Changes records = pending_.take();
  EXPECT_EQ(records.size(), 1U + 2U + 2U);
  const auto expect_refused = [&](const Key& key, std::optional<std::string> bytes) {
    Changes damaged = records;
    damaged[key] = std::move(bytes);
    const auto store = make_memory_store();
    store->write(std::move(damaged));
    const PendingStore pending(*store);
    Story read;
    EXPECT_THROW(
        {
          if (!read_story(pending, kKey, read)) throw Error(ErrorKind::state, "no head");
          read_edges(pending, read);
        },
        Error);
  };
  for (const auto& [key, bytes] : records) {
    for (std::size_t size = 0; size < bytes->size(); size += 1 + bytes->size() / 50) {
      expect_refused(key, bytes->substr(0, size));
    }
    expect_refused(key, *bytes + "x");
    expect_refused(key, std::nullopt);
  }
}

}  // namespace
}  // namespace wirecopy
