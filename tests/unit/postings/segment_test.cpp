#include "postings/segment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <wirecopy/error.hpp>

#include "postings/postings.hpp"

namespace wirecopy {
namespace {

using testing::UnorderedElementsAreArray;

std::uint64_t hash(std::uint64_t value) { return posting_hash(PostingKind::shingle, value); }

/// Articles `first` to the one before `end`; article a holds the shingles a to a + 9.
PostingTable made_table(std::uint64_t first, std::uint64_t end) {
  PostingTable table{ArticleKey(first)};
  for (std::uint64_t article = first; article < end; ++article) {
    table.set_samples(ArticleKey(article), 10);
    for (std::uint64_t i = 0; i < 10; ++i) table.add(hash(article + i), ArticleKey(article));
  }
  return table;
}

std::vector<ArticleKey> found(const PostingSegment& segment, const IndexStore& store, std::uint64_t value) {
  std::vector<ArticleKey> articles;
  const std::uint64_t wanted = hash(value);
  segment.find(store, std::span(&wanted, 1), {}, [&](std::size_t, const std::vector<ArticleKey>& keys) {
    articles.insert(articles.end(), keys.begin(), keys.end());
  });
  return articles;
}

std::vector<ArticleKey> numbers(std::uint64_t first, std::uint64_t last) {
  std::vector<ArticleKey> all;
  for (std::uint64_t at = first; at <= last; ++at) all.emplace_back(at);
  return all;
}

TEST(PostingSegment, HoldsWhatTheTableHeldAfterLoadingToo) {
  const auto store = make_memory_store();
  const PostingSegment written = PostingSegment::write(*store, 7, made_table(100, 400), ArticleKey(399));
  const PostingSegment loaded = PostingSegment::load(*store, written.encoded_header());
  for (const PostingSegment* segment : {&written, &loaded}) {
    EXPECT_THAT(found(*segment, *store, 205), UnorderedElementsAreArray(numbers(196, 205)));
    EXPECT_TRUE(found(*segment, *store, 5).empty());
    EXPECT_EQ(segment->samples(ArticleKey(300)), 10U);
    EXPECT_NO_THROW(segment->verify(*store));
  }
}

TEST(PostingSegment, MergesInOrderOfHash) {
  const auto store = make_memory_store();
  const PostingSegment a = PostingSegment::write(*store, 1, made_table(100, 400), ArticleKey(399));
  const PostingSegment b = PostingSegment::write(*store, 2, made_table(400, 1000), ArticleKey(999));
  const PostingSegment* const parts[] = {&a, &b};
  const PostingSegment merged = PostingSegment::merge(*store, 3, parts);
  EXPECT_EQ(merged.header().postings, a.header().postings + b.header().postings);
  EXPECT_EQ(merged.header().level, 1U);
  EXPECT_THAT(found(merged, *store, 404), UnorderedElementsAreArray(numbers(395, 404)));
  EXPECT_EQ(merged.samples(ArticleKey(999)), 10U);
  EXPECT_NO_THROW(merged.verify(*store));
}

TEST(PostingSegment, MissingPartsAreDamage) {
  const auto store = make_memory_store();
  const PostingSegment written = PostingSegment::write(*store, 7, made_table(100, 400), ArticleKey(399));
  store->drop(Table::block, 7);
  EXPECT_THROW(static_cast<void>(PostingSegment::load(*store, written.encoded_header())), Error);
  EXPECT_THROW(static_cast<void>(PostingSegment::load(*store, "short")), Error);
  EXPECT_THROW(static_cast<void>(found(written, *store, 205)), Error);
}

// Of strangers about one in a hundred passes (10 bits an entry, blocks of 512 bits).
TEST(PostingFilter, LetsFewStrangersPass) {
  constexpr std::uint64_t kEntries = 200'000;
  PostingFilter filter(kEntries);
  EXPECT_EQ(filter.ask(hash(1)), PostingFilter::Answer::unknown);
  std::vector<PostingFilter::Part> parts;
  for (std::size_t part = 0; part < filter.parts(); ++part) parts.emplace_back(filter.words_of(part), 0);
  for (std::uint64_t i = 0; i < kEntries; ++i) filter.add(parts[filter.part_of(hash(i))], hash(i));
  for (std::size_t part = 0; part < filter.parts(); ++part) filter.keep(part, parts[part]);
  std::uint64_t passed = 0;
  for (std::uint64_t i = 0; i < kEntries; ++i) {
    ASSERT_EQ(filter.ask(hash(i)), PostingFilter::Answer::maybe);
    passed += filter.ask(hash(kEntries + i)) == PostingFilter::Answer::maybe;
  }
  EXPECT_LT(passed, kEntries / 50);
}

TEST(Postings, WritesAndMergesSegmentsAndFindsThemAgain) {
  const auto store = make_memory_store();
  Postings postings(*store, {1000, 1 << 20});
  for (std::uint64_t article = 0; article < 2000; ++article) {
    std::vector<std::uint64_t> hashes;
    for (std::uint64_t i = 0; i < 10; ++i) hashes.push_back(hash(article + i));
    postings.add(ArticleKey(article), hashes, hashes.size());
    postings.settle();
  }
  Postings loaded(*store, {1000, 1 << 20});
  loaded.load();
  EXPECT_EQ(loaded.last_in_segments(0), ArticleKey(1999));
  EXPECT_EQ(loaded.last_in_segments(1), kNoKey);
  for (const Postings* each : {&postings, &loaded}) {
    EXPECT_EQ(each->size(), 20'000U);
    std::vector<ArticleKey> articles;
    const std::uint64_t wanted = hash(1204);
    each->find(std::span(&wanted, 1), [&](std::size_t, ArticleKey key, std::uint32_t samples) {
      articles.push_back(key);
      EXPECT_EQ(samples, 10U);
    });
    EXPECT_THAT(articles, UnorderedElementsAreArray(numbers(1195, 1204)));
    EXPECT_NO_THROW(each->verify());
  }
  loaded.drop_before(1);
  EXPECT_EQ(loaded.size(), 0U);
}

// What is in memory decides how fast postings are found, never which.
class PostingsInMemory : public testing::TestWithParam<PostingLimits> {
 protected:
  using Found = std::vector<std::pair<std::size_t, ArticleKey>>;

  static constexpr std::uint64_t kArticles = 30'000;

  /// Shingles of which each is in few articles, and one that is in all.
  static std::vector<std::uint64_t> hashes_of(std::uint64_t article) {
    std::vector<std::uint64_t> hashes{hash(7)};
    for (std::uint64_t i = 0; i < 10; ++i) hashes.push_back(hash(100 + article + i));
    return hashes;
  }

  static void fill(Postings& postings) {
    for (std::uint64_t article = 0; article < kArticles; ++article) {
      const std::vector<std::uint64_t> hashes = hashes_of(article);
      postings.add(ArticleKey(article), hashes, hashes.size());
      if (article % 100 == 0) postings.settle();
    }
  }

  static Found found(const Postings& postings, std::span<const std::uint64_t> hashes, const BatchFilter& filter = {},
                     std::size_t first = 0) {
    Found all;
    const auto take = [&](std::size_t i, ArticleKey key, std::uint32_t samples) {
      EXPECT_EQ(samples, 11U);
      all.emplace_back(i, key);
    };
    postings.find(hashes, take, filter, first);
    std::sort(all.begin(), all.end());
    return all;
  }
};

TEST_P(PostingsInMemory, DoesNotDecideWhatIsFound) {
  const auto store = make_memory_store(), other_store = make_memory_store();
  Postings all_in_memory(*store, {}), postings(*other_store, GetParam());
  fill(all_in_memory);
  fill(postings);
  std::vector<std::uint64_t> batch;
  for (std::uint64_t article = 0; article < 2 * kArticles; article += 50) {
    const std::vector<std::uint64_t> hashes = hashes_of(article);
    batch.insert(batch.end(), hashes.begin(), hashes.end());
  }
  BatchFilter filter = postings.batch_filter(batch);
  EXPECT_EQ(filter.tasks() > 0, GetParam().of_segments < 1 << 20);
  for (std::size_t task = 0; task < filter.tasks(); ++task) filter.do_task(task);
  for (std::size_t first = 0; first < batch.size(); first += 11) {
    const auto hashes = std::span(batch).subspan(first, 11);
    const Found expected = found(all_in_memory, hashes);
    EXPECT_EQ(expected.front().second, ArticleKey(kArticles - kMaxOfOneHash)) << "of what all have, the last";
    ASSERT_EQ(found(postings, hashes), expected);
    ASSERT_EQ(found(postings, hashes, filter, first), expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Filters, PostingsInMemory,
                         testing::Values(PostingLimits{2000, 1 << 20}, PostingLimits{2000, 0},
                                         PostingLimits{50'000, 200 << 10}));

TEST(PostingSegment, WithoutItsFilterIsDamaged) {
  const auto store = make_memory_store();
  const PostingSegment written = PostingSegment::write(*store, 7, made_table(100, 400), ArticleKey(399));
  Changes changes;
  store->scan({Table::block, 7, std::uint64_t{4} << 40}, {Table::block, 8, 0}, [&](const Key& key, std::string_view) {
    changes[key] = std::nullopt;
    return true;
  });
  EXPECT_EQ(changes.size(), 1U);
  store->write(std::move(changes));
  EXPECT_THROW(static_cast<void>(PostingSegment::load(*store, written.encoded_header())), Error);
}

}  // namespace
}  // namespace wirecopy
