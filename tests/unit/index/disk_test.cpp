// An index on disk: what it remembers, who may open it, what damage does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <wirecopy/index.hpp>

#include "base/hash.hpp"
#include "reference/event_ledger.hpp"
#include "reference/planted_feed.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class IndexOnDisk : public testing::Test {
 protected:
  IndexOnDisk() {
    feed_.add_stories(40, 0.2);
    for (const auto& article : feed_.articles) articles_.push_back(article.article());
    settings_.clock = [](const Article& article) { return article.published.value_or(0); };
  }

  [[nodiscard]] fs::path path(const char* name = "index") const { return directory_.path() / name; }

  void expect_refused(const IndexSettings& settings, ErrorKind kind, const char* saying) {
    try {
      static_cast<void>(Index::open(path(), settings));
      ADD_FAILURE() << "it was not refused: " << saying;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      EXPECT_THAT(error.what(), HasSubstr(saying));
    }
  }

  [[nodiscard]] IndexSettings reading() const {
    IndexSettings settings = settings_;
    settings.read_only = true;
    return settings;
  }

  TemporaryDirectory directory_;
  test::PlantedFeed feed_{2};
  std::vector<Article> articles_;
  IndexSettings settings_;
};

TEST_F(IndexOnDisk, DecidesAsOneInMemoryWhateverReopens) {
  settings_.memory = 16 << 20;
  Index memory(settings_);
  std::optional<Index> disk = Index::open(path(), settings_);
  for (std::size_t i = 0; i < articles_.size(); ++i) {
    if (i % 37 == 0) {
      disk.reset();
      disk = Index::open(path(), settings_);
    }
    const Index::Decision a = memory.add(articles_[i]), b = disk->add(articles_[i]);
    EXPECT_EQ(a.relation, b.relation) << i;
    EXPECT_EQ(a.match, b.match) << i;
    EXPECT_EQ(a.cluster, b.cluster) << i;
    EXPECT_EQ(a.canonical, b.canonical) << i;
  }
  EXPECT_EQ(memory.statistics().articles, disk->statistics().articles);
  EXPECT_EQ(memory.events().size(), disk->events().size());
  EXPECT_GT(disk->verify(), articles_.size());
}

TEST_F(IndexOnDisk, KeepsWhatItHasLearnt) {
  const std::vector<std::string> passage = feed_.words(40);
  std::vector<std::string> texts;
  for (int i = 0; i < 80; ++i) {
    std::vector<std::string> words = feed_.words(60);
    words.insert(words.end(), passage.begin(), passage.end());
    std::string& text = texts.emplace_back();
    for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  }
  std::optional<Index> disk = Index::open(path(), settings_);
  Index memory(settings_);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i % 13 == 0) {
      disk.reset();
      disk = Index::open(path(), settings_);
    }
    const std::string id = test::numbered("a", i), outlet = test::numbered("outlet", i % 30);
    for (Index* index : {&memory, &*disk}) index->add({id, id, texts[i], outlet, {}, {}, 1'700'000'000});
    ASSERT_EQ(disk->statistics().shared_boilerplate, memory.statistics().shared_boilerplate) << i;
    ASSERT_EQ(disk->statistics().boilerplate, memory.statistics().boilerplate) << i;
  }
  EXPECT_GT(disk->statistics().shared_boilerplate, 30U);
}

TEST_F(IndexOnDisk, HasOneWriterAndManyReaders) {
  Index writer = Index::open(path(), settings_);
  writer.add_batch(articles_);
  expect_refused(settings_, ErrorKind::state, "another writer");
  const Index a = Index::open(path(), reading()), b = Index::open(path(), reading());
  EXPECT_EQ(a.statistics().articles, articles_.size());
  writer.add({"later", "t", articles_[0].text, "s", {}, {}, {}});
  writer.compact();
  for (const Index* reader : {&a, &b}) {
    EXPECT_EQ(reader->query(articles_[5]).match, std::string(articles_[5].id));
    EXPECT_TRUE(reader->cluster_of("later").empty());
  }
  Index reader = Index::open(path(), reading());
  EXPECT_FALSE(reader.cluster_of("later").empty());
  EXPECT_THROW(reader.add(articles_[0]), Error);
  EXPECT_THROW(reader.remove("later"), Error);
}

TEST_F(IndexOnDisk, StopsWhenItIsAskedTo) {
  Index index = Index::open(path(), settings_);
  index.add_batch(articles_);
  index.flush();
  std::stop_source stop;
  stop.request_stop();
  const auto expect_cancelled = [](auto&& work) {
    try {
      work();
      ADD_FAILURE() << "it went on";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::cancelled) << error.what();
    }
  };
  expect_cancelled([&] { index.compact(stop.get_token()); });
  expect_cancelled([&] { static_cast<void>(index.verify(stop.get_token())); });
  expect_cancelled([&] { index.snapshot(path("copy"), stop.get_token()); });
  expect_cancelled([&] { Index::open(path(), reading()).snapshot(path("copy"), stop.get_token()); });
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path()), {}), 1) << "nothing but the index itself";
  index.compact();
  EXPECT_GT(index.verify(), articles_.size());
}

TEST_F(IndexOnDisk, SnapshotsAreIndexes) {
  Index writer = Index::open(path(), settings_);
  writer.add_batch(articles_);
  writer.snapshot(path("copy"));
  EXPECT_THROW(writer.snapshot(path("copy")), Error);
  EXPECT_TRUE(writer.remove(articles_[0].id));
  Index copy = Index::open(path("copy"), settings_);
  EXPECT_EQ(copy.statistics().articles, articles_.size());
  EXPECT_EQ(copy.add(articles_[0]).outcome, Index::Outcome::unchanged);
  EXPECT_THROW(Index(settings_).snapshot(path("third")), Error);
}

TEST_F(IndexOnDisk, WhatIsFixedMustBeTheSame) {
  settings_.options.emplace();
  settings_.window = 30 * 86400;
  static_cast<void>(Index::open(path(), settings_));
  EXPECT_EQ(Index::open(path(), {}).statistics().window, *settings_.window);
  IndexSettings other = settings_;
  other.options->shingle = 4;
  expect_refused(other, ErrorKind::state, "made with shingle 3");
  other = settings_;
  other.window = 60;
  expect_refused(other, ErrorKind::state, "window 2592000");
}

TEST_F(IndexOnDisk, IsMadeOnlyWhereItMayBe) {
  IndexSettings absent = settings_;
  absent.create = false;
  expect_refused(absent, ErrorKind::io, "there is no index");
  expect_refused(reading(), ErrorKind::io, "there is no index");
  fs::create_directory(path());
  write_file(path() / "precious", "data");
  expect_refused(settings_, ErrorKind::usage, "is not empty");
  EXPECT_EQ(read_file(path() / "precious"), "data");
}

TEST_F(IndexOnDisk, FreesGenerationsInTheFiles) {
  settings_.window = 8 * 86400;
  Index index = Index::open(path(), settings_);
  std::vector<Article> dated = articles_;
  for (int day = 0; day < 25; ++day) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < dated.size(); ++i) ids.push_back(test::numbered("d", 1000 * day + i));
    for (std::size_t i = 0; i < dated.size(); ++i) {
      dated[i].published = 1'700'000'000 + day * 86400;
      dated[i].id = ids[i];
    }
    index.add_batch(dated);
  }
  EXPECT_LE(index.statistics().articles, 10 * articles_.size());
  EXPECT_LE(index.statistics().generations, 9U);
  index.flush();
  index.compact();
  const std::uint64_t records = index.verify();
  EXPECT_LT(records, 40 * articles_.size());  // some three of an article, not those of 25 days
}

// Files of a small index, each cut and each with flipped bytes: an error or a right answer, never a crash or a wrong
// one.
TEST_F(IndexOnDisk, DamageIsToldOrHarmless) {
  {
    Index index = Index::open(path(), settings_);
    index.add_batch(articles_);
    index.flush();
  }
  std::vector<std::string> matches;
  {
    const Index index = Index::open(path(), reading());
    for (const Article& article : articles_) matches.push_back(index.query(article).match);
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path())) {
    const std::string name = entry.path().filename();
    if (name != "LOCK" && !name.starts_with("LOG") && entry.file_size() > 0) files.push_back(entry.path().filename());
  }
  ASSERT_GT(files.size(), 4U);
  RandomStream random(3);
  int told = 0;
  for (const fs::path& file : files) {
    for (int i = 0; i < 6; ++i) {
      fs::remove_all(path("damaged"));
      fs::copy(path(), path("damaged"));
      std::string bytes = read_file(path() / file);
      const std::size_t at = random.below(static_cast<std::uint32_t>(bytes.size()));
      if (i % 2 == 0) {
        bytes.resize(at);
      } else {
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
      }
      write_file(path("damaged") / file, bytes);
      try {
        const Index index = Index::open(path("damaged"), reading());
        static_cast<void>(index.verify());
        for (std::size_t a = 0; a < articles_.size(); ++a)
          ASSERT_EQ(index.query(articles_[a]).match, matches[a]) << file;
      } catch (const Error& error) {
        ++told;
        EXPECT_TRUE(error.kind() == ErrorKind::state || error.kind() == ErrorKind::io) << file << error.what();
      }
    }
  }
  EXPECT_GT(told, 10);
}

}  // namespace
}  // namespace wirecopy
