#include "evaluate/labels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <wirecopy/error.hpp>

#include "unit/base/temporary_directory.hpp"

namespace wirecopy::evaluate {
namespace {

using testing::HasSubstr;

class Labels : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& bytes) {
    write_file(directory_.path() / "labels", bytes);
    return directory_.path() / "labels";
  }
  Grouping clusters(const std::string& bytes) { return read_clusters(file(bytes), ids_); }
  std::string cluster_of(const Grouping& clusters, const std::string& id) {
    const std::uint32_t group = clusters.of(ids_.intern(id));
    return group == kAlone ? "alone" : group == kUnnamed ? "unnamed" : std::string(clusters.groups.name(group));
  }
  static std::string message_of(const std::function<void()>& read) {
    try {
      read();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::io);
      return error.what();
    }
    return "no error";
  }

  TemporaryDirectory directory_;
  NameTable ids_;
};

TEST_F(Labels, NamesKeepTheirNumbersAndSpellingsWhileTheTableGrows) {
  NameTable table;
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(table.intern("name " + std::to_string(i)), static_cast<std::uint32_t>(i));
  EXPECT_EQ(table.intern(""), 10'000U);
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    ASSERT_EQ(table.name(i), "name " + std::to_string(i));
    ASSERT_EQ(table.find(table.name(i)), i);
  }
  EXPECT_EQ(table.find("name 10000"), std::nullopt);
  EXPECT_EQ(table.name(10'000), "");
  EXPECT_EQ(table.size(), 10'001U);
}

TEST_F(Labels, ClustersAreReadFromJsonAndTabSeparatedLines) {
  const Grouping found = clusters(
      "\xef\xbb\xbf{\"id\": \"a\", \"cluster\": \"x\", \"kept\": true}\r\n"
      "\n"
      "{\"cluster\": null, \"id\": \"b\"}\n"
      "  {\"id\": \"c\"}\n"
      "{\"id\": 17, \"cluster\": 4}\n"
      "{\"id\": \"d\", \"cluster\": \"\"}\n"
      "{\"id\": \"e\", \"cluster\": \"no\", \"cluster\": \"x\"}\n"
      "f\tx\n"
      "g\n"
      "h\tlast line, without an end");
  EXPECT_EQ(cluster_of(found, "a"), "x");
  EXPECT_EQ(cluster_of(found, "b"), "alone");
  EXPECT_EQ(cluster_of(found, "c"), "alone");
  EXPECT_EQ(cluster_of(found, "17"), "4");
  EXPECT_EQ(cluster_of(found, "d"), "alone");
  EXPECT_EQ(cluster_of(found, "e"), "x");
  EXPECT_EQ(cluster_of(found, "f"), "x");
  EXPECT_EQ(cluster_of(found, "g"), "alone");
  EXPECT_EQ(cluster_of(found, "h"), "last line, without an end");
  EXPECT_EQ(cluster_of(found, "nobody"), "unnamed");
  EXPECT_EQ(found.named, 9U);
}

TEST_F(Labels, TheLastClusterOfARepeatedIdCounts) {
  const Grouping found = clusters("a\tx\na\ty\na\n");
  EXPECT_EQ(cluster_of(found, "a"), "y");
  EXPECT_EQ(found.named, 1U);
  EXPECT_EQ(found.repeated_ids, 2U);
}

TEST_F(Labels, ADirectoryIsReadFromItsArticlesFile) {
  write_file(directory_.path() / "articles.jsonl", R"({"id":"a","cluster":"w1"})");
  EXPECT_EQ(cluster_of(read_clusters(directory_.path(), ids_), "a"), "w1");
}

TEST_F(Labels, ATruthHasStoriesAndEdits) {
  const Truth truth =
      read_truth(file("{\"id\":\"a\",\"story\":\"s\",\"edit\":\"cut\"}\n{\"id\":\"b\",\"story\":null}\n"), ids_);
  EXPECT_EQ(cluster_of(truth.stories, "a"), "s");
  EXPECT_EQ(cluster_of(truth.stories, "b"), "alone");
  EXPECT_EQ(truth.edits.name(truth.edit_of.at(ids_.intern("a"))), "cut");
}

TEST_F(Labels, PairsHaveALabelAndMayHaveAWeight) {
  const auto pairs =
      read_pairs(file("{\"a\":\"x\",\"b\":\"y\",\"label\":\"copy\",\"weight\":2.5,\"stratum\":\"s1\",\"sure\":true}\n"
                      "{\"a\":1,\"b\":\"x\",\"label\":\"partial\"}\n"),
                 ids_);
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[0].label, PairLabel::copy);
  EXPECT_EQ(pairs[0].weight, 2.5);
  EXPECT_EQ(pairs[0].stratum, "s1");
  EXPECT_EQ(ids_.name(pairs[1].a), "1");
  EXPECT_EQ(pairs[1].b, pairs[0].a);
  EXPECT_EQ(pairs[1].weight, 1);
}

TEST_F(Labels, ABadLineIsReportedWithFileAndNumber) {
  const std::string good = "{\"id\":\"a\",\"story\":\"s\"}\n\n";
  const auto truth_error = [&](const std::string& line) {
    return message_of([&] { static_cast<void>(read_truth(file(good + line), ids_)); });
  };
  for (const std::string line : {"{\"id\":\"b\"", "{\"id\":}", "nonsense", "[1]", "{}", "{\"story\":\"s\"}",
                                 "{\"id\":[],\"story\":\"s\"}", "{\"id\":\"b\"}", "{\"id\":\"b\",\"story\":{}}",
                                 "{\"id\":true,\"story\":\"s\"}", "{\"id\":\"\xff\",\"story\":\"s\"}"}) {
    EXPECT_THAT(truth_error(line), HasSubstr("labels:3: ")) << line;
  }
  const auto pair_error = [&](const std::string& line) {
    return message_of([&] { static_cast<void>(read_pairs(file(line), ids_)); });
  };
  EXPECT_THAT(pair_error(R"({"a":"x","label":"copy"})"), HasSubstr("labels:1: no b"));
  EXPECT_THAT(pair_error(R"({"a":"x","b":"x","label":"copy"})"), HasSubstr("same article"));
  EXPECT_THAT(pair_error(R"({"a":"x","b":"y","label":"same"})"), HasSubstr("copy, partial or different"));
  EXPECT_THAT(pair_error(R"({"a":"x","b":"y","label":"copy","weight":-1})"), HasSubstr("weight"));
  EXPECT_THAT(pair_error(R"({"a":"x","b":"y","label":"copy","weight":"1"})"), HasSubstr("weight"));
  EXPECT_THAT(message_of([&] { clusters("\tx\n"); }), HasSubstr("labels:1: no id"));
  EXPECT_THAT(message_of([&] { clusters("{\"id\":\"a\",\"cluster\":[1]}"); }), HasSubstr("labels:1: cluster"));
}

TEST_F(Labels, UnreadableFilesAreErrors) {
  EXPECT_THAT(message_of([&] { static_cast<void>(read_truth(directory_.path() / "none", ids_)); }),
              HasSubstr("none: cannot open: No such file"));
  EXPECT_THAT(message_of([&] { static_cast<void>(read_truth(directory_.path(), ids_)); }), HasSubstr("directory"));
  EXPECT_THAT(message_of([&] { static_cast<void>(read_clusters(directory_.path(), ids_)); }),
              HasSubstr("articles.jsonl: cannot open"));
}

}  // namespace
}  // namespace wirecopy::evaluate
