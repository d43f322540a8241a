#include "cluster/provenance.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace wirecopy {
namespace {

/// What provenance looks at.
struct Copy {
  std::string id;
  std::string source = {};
  std::int64_t published = kNoDate;
  std::string title = {};
  std::string agency = {};
};

Corpus corpus_of(const std::vector<Copy>& copies) {
  SketchBlock block;
  for (const Copy& copy : copies) {
    ArticleRecord record;
    record.published = copy.published;
    record.agency = copy.agency.empty() ? AgencyId::none : agency_named(copy.agency);
    record.first_byte = static_cast<std::uint32_t>(block.strings.size());
    record.id_bytes = static_cast<std::uint32_t>(copy.id.size());
    record.title_bytes = static_cast<std::uint32_t>(copy.title.size());
    block.strings += copy.id + copy.title;
    record.source = SourceId{static_cast<std::uint32_t>(block.sources.size())};
    block.sources.push_back(copy.source);
    block.records.push_back(record);
  }
  Corpus corpus;
  corpus.append(std::move(block));
  return corpus;
}

std::vector<Decision> all_members(const Corpus& corpus) {
  std::vector<Decision> members;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    Decision member;
    member.article = ArticleId{i};
    members.push_back(member);
  }
  return members;
}

/// A cluster's provenance in values that outlive the corpus.
struct Found {
  std::string first_seen;
  std::string agency;
  std::vector<std::tuple<std::string, std::int64_t, std::int64_t>> outlets;  // source, published, lag or -1
  std::vector<std::pair<std::string, std::uint32_t>> headlines;

  friend bool operator==(const Found&, const Found&) = default;
};

Found find(const std::vector<Copy>& copies) {
  const Corpus corpus = corpus_of(copies);
  const Provenance provenance = find_provenance(corpus, all_members(corpus));
  Found found;
  if (provenance.first_seen != kNoArticle) found.first_seen = corpus.id(provenance.first_seen);
  found.agency = name(provenance.agency);
  for (const Outlet& outlet : provenance.outlets) {
    found.outlets.emplace_back(outlet.source, outlet.published, outlet.lag_seconds.value_or(-1));
  }
  for (const Headline& headline : provenance.headlines) found.headlines.emplace_back(headline.title, headline.count);
  return found;
}

TEST(Provenance, FirstSeenIsTheEarliestPublished) {
  EXPECT_EQ(find({{"a", "x", 30}, {"b", "y", 10}, {"c", "z"}}).first_seen, "b");
  EXPECT_EQ(find({{"b", "y", 10}, {"a", "y", 10}, {"c", "x", 10}}).first_seen, "c");
  EXPECT_EQ(find({{"a", "x"}, {"b", "y"}}).first_seen, "");
}

TEST(Provenance, OutletsComeInOrderOfTheirFirstCopyWithTheirLag) {
  const Found found =
      find({{"a", "late", 500}, {"b", "early", 100}, {"c", "late", 160}, {"d", "undated"}, {"e", "early", 900}});
  const decltype(found.outlets) expected{{"early", 100, 0}, {"late", 160, 60}, {"undated", kNoDate, -1}};
  EXPECT_EQ(found.outlets, expected);
}

TEST(Provenance, UndatedOutletsHaveNoLag) {
  const Found found = find({{"a", "y"}, {"b", "x"}});
  const decltype(found.outlets) expected{{"x", kNoDate, -1}, {"y", kNoDate, -1}};
  EXPECT_EQ(found.outlets, expected);
}

TEST(Provenance, TheAgencyCreditedMostOftenCounts) {
  EXPECT_EQ(find({{"a", "x", 1, "", "AFP"}, {"b", "y", 2, "", "Reuters"}, {"c", "z", 3, "", "Reuters"}}).agency,
            "Reuters");
  EXPECT_EQ(find({{"a", "x", 1}, {"b", "y", 2, "", "TASS"}, {"c", "z", 3}}).agency, "TASS");
  EXPECT_EQ(find({{"a", "x", 1}, {"b", "y", 2}}).agency, "");
}

TEST(Provenance, OfEqualCreditsTheEarlierThenTheNameCounts) {
  EXPECT_EQ(find({{"a", "x", 2, "", "AFP"}, {"b", "y", 1, "", "Reuters"}}).agency, "Reuters");
  EXPECT_EQ(find({{"b", "x", 1, "", "Reuters"}, {"a", "y", 1, "", "AFP"}}).agency, "AFP");
}

TEST(Provenance, HeadlinesAreCountedTheMostFrequentFirst) {
  const Found found = find(
      {{"a", "x", 5, "Storm"}, {"b", "y", 1, "Gale"}, {"c", "z", 9, "Storm"}, {"d", "u", 3, "Wind"}, {"e", "v", 2}});
  const decltype(found.headlines) expected{{"Storm", 2}, {"Gale", 1}, {"Wind", 1}};
  EXPECT_EQ(found.headlines, expected);
}

TEST(Provenance, DoesNotDependOnTheOrderOfTheFeed) {
  std::mt19937 random(11);
  const char* agencies[] = {"", "AFP", "Reuters", "dpa"};
  for (int round = 0; round < 100; ++round) {
    std::vector<Copy> copies;
    const auto count = 2 + random() % 12;
    for (std::size_t i = 0; i < count; ++i) {
      copies.push_back({std::to_string(random() % 9), "outlet " + std::to_string(random() % 4),
                        random() % 5 == 0 ? kNoDate : static_cast<std::int64_t>(random() % 4),
                        "title " + std::to_string(random() % 3), agencies[random() % 4]});
    }
    const Found found = find(copies);
    std::shuffle(copies.begin(), copies.end(), random);
    EXPECT_EQ(find(copies), found);
  }
}

TEST(Provenance, NoMembersHaveNone) {
  const Provenance provenance = find_provenance(Corpus(), {});
  EXPECT_EQ(provenance.first_seen, kNoArticle);
  EXPECT_TRUE(provenance.outlets.empty());
}

TEST(OwnShare, IsWhatDoesNotStandInTheMatch) {
  Decision member;
  EXPECT_EQ(own_share(member), std::nullopt);
  member.match = ArticleId{0};
  member.similarity.covered_first = 30;
  member.similarity.tokens_first = 40;
  EXPECT_DOUBLE_EQ(own_share(member).value(), 0.25);
  member.relation = Relation::exact;
  EXPECT_EQ(own_share(member), 0.0);
}

}  // namespace
}  // namespace wirecopy
