#include "report/cluster_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <wirecopy/error.hpp>

#include "../base/temporary_directory.hpp"

namespace wirecopy {
namespace {

class ClusterFiles : public testing::Test {
 protected:
  void write(const std::string& lines) {
    std::ofstream(directory_.path() / "clusters.jsonl") << lines;
    std::ofstream(directory_.path() / "summary.json") << "{}";
  }
  ListedCluster only() {
    ClusterFile file(directory_.path());
    ListedCluster cluster;
    EXPECT_TRUE(file.next(cluster));
    ListedCluster none;
    EXPECT_FALSE(file.next(none));
    return cluster;
  }

  TemporaryDirectory directory_;
};

constexpr const char* kLine =
    R"({"cluster":"w1","canonical":"a","size":3,"cohesion":0.5,"agency":"AFP",)"
    R"("outlets":[{"source":"b.example","published":"2024-05-01T00:00:00Z","lag_seconds":0},)"
    R"({"source":"a.example","published":"2024-05-01T01:00:00Z","lag_seconds":3600},{"source":"c.example","published":null,"lag_seconds":null}],)"
    R"("headlines":[{"title":"Rain","count":2},{"title":"More rain","count":1}],"members":[)"
    R"({"id":"a","source":"a.example","published":"2024-05-01T01:00:00Z","title":"Rain","kept":true,"match":null,"relation":null,"own":null},)"
    R"({"id":"b","source":"b.example","published":"2024-05-01T00:00:00Z","title":"More rain","kept":false,"match":"a","relation":"excerpt","jaccard":0.3,"containment":0.9,"contained":0.4,"own":0.1,"agency":"AFP","version":"UPDATE 2"},)"
    R"({"id":"c","source":"c.example","published":null,"title":"Rain","kept":true,"match":null,"relation":null,"own":null}]})";

TEST_F(ClusterFiles, ReadsAllFieldsOfACluster) {
  write(std::string(kLine) + "\n");
  const ListedCluster cluster = only();
  EXPECT_EQ(cluster.id, "w1");
  EXPECT_EQ(cluster.cohesion, 0.5);
  EXPECT_EQ(cluster.agency, "AFP");
  EXPECT_EQ(cluster.title(), "Rain");
  EXPECT_EQ(cluster.kept(), 2U);
  EXPECT_EQ(*cluster.last_published() - *cluster.first_published(), 3600);
  ASSERT_EQ(cluster.outlets.size(), 3U);
  EXPECT_EQ(cluster.outlets[1].lag_seconds, 3600);
  EXPECT_FALSE(cluster.outlets[2].published);
  ASSERT_EQ(cluster.members.size(), 3U);
  const ListedMember& excerpt = cluster.members[1];
  EXPECT_EQ(excerpt.match, "a");
  EXPECT_EQ(excerpt.relation, Relation::excerpt);
  EXPECT_EQ(excerpt.containment, 0.9);
  EXPECT_EQ(excerpt.own, 0.1);
  EXPECT_EQ(excerpt.version, "UPDATE 2");
  EXPECT_EQ(cluster.headlines[1].title, "More rain");
}

TEST_F(ClusterFiles, BadgesDescribeACluster) {
  write(std::string(kLine) + "\n");
  ListedCluster cluster = only();
  EXPECT_EQ(badges_of(cluster), static_cast<unsigned>(Badge::syndicated) | static_cast<unsigned>(Badge::excerpt) |
                                    static_cast<unsigned>(Badge::loose));
  for (ListedMember& member : cluster.members) member.source = "a.example";
  cluster.outlets.resize(1);
  cluster.cohesion = 1;
  EXPECT_EQ(badges_of(cluster), static_cast<unsigned>(Badge::excerpt) | static_cast<unsigned>(Badge::updates) |
                                    static_cast<unsigned>(Badge::one_outlet));
  for (std::size_t i = 1; i < 3; ++i) cluster.members[i].relation = Relation::exact;
  EXPECT_EQ(badges_of(cluster), static_cast<unsigned>(Badge::exact) | static_cast<unsigned>(Badge::one_outlet));
}

TEST_F(ClusterFiles, DamagedLinesAreNamed) {
  write(std::string(kLine) + "\n{\"cluster\":\"w2\"}\n");
  ClusterFile file(directory_.path());
  ListedCluster cluster;
  EXPECT_TRUE(file.next(cluster));
  try {
    (void)file.next(cluster);
    FAIL() << "a cluster without members was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::state);
    EXPECT_NE(std::string(error.what()).find("clusters.jsonl:2"), std::string::npos) << error.what();
  }
}

TEST_F(ClusterFiles, ADirectoryWithoutSummaryIsNotAResult) {
  try {
    const ClusterFile file(directory_.path());
    FAIL() << "an empty directory was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
  }
}

}  // namespace
}  // namespace wirecopy
