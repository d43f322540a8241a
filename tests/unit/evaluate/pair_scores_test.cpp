#include "evaluate/pair_scores.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "evaluate/report.hpp"

namespace wirecopy::evaluate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PairScores : public testing::Test {
 protected:
  /// Clusters with one letter per article: in "xx.y", the first two are in one cluster and the third is in none.
  void cluster(const std::string& letters) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
      ids_.intern("article " + std::to_string(i));
      clusters_.group_of.push_back(letters[i] == '.' ? kAlone : clusters_.groups.intern(letters.substr(i, 1)));
    }
    clusters_.named = letters.size();
  }
  void pair(std::uint32_t a, std::uint32_t b, PairLabel label, double weight) {
    pairs_.push_back({a, b, label, weight, "made"});
  }
  PairEvaluation evaluate(std::size_t errors = 10) { return evaluate_pairs(clusters_, pairs_, errors); }

  NameTable ids_;
  Grouping clusters_;
  std::vector<LabelledPair> pairs_;
};

TEST_F(PairScores, CountCopiesFalseLinksAndHalfThePartial) {
  cluster("xxxyy..");
  pair(0, 1, PairLabel::copy, 6);
  pair(0, 5, PairLabel::copy, 2);       // missed
  pair(0, 2, PairLabel::different, 1);  // false link
  pair(5, 6, PairLabel::different, 50);
  pair(3, 4, PairLabel::partial, 4);  // half an error
  pair(1, 6, PairLabel::partial, 12);
  const PairEvaluation found = evaluate();
  EXPECT_THAT(found.labels, ElementsAre(2, 2, 2));
  EXPECT_DOUBLE_EQ(found.weighted.all.precision, 6.0 / (6 + 1 + 2));
  EXPECT_DOUBLE_EQ(found.weighted.all.recall, 0.75);
  EXPECT_DOUBLE_EQ(found.unweighted.all.precision, 1 / 2.5);
  EXPECT_DOUBLE_EQ(found.unweighted.all.recall, 0.5);
  EXPECT_DOUBLE_EQ(found.weighted.f1_without_partial, (PrecisionRecall{6.0 / 7, 0.75}).f1());
  EXPECT_DOUBLE_EQ(*found.partial_linked, 0.25);
  EXPECT_EQ(found.clusters.clusters, 2U);
  EXPECT_EQ(found.clusters.articles, 5U);
  EXPECT_THAT(found.clusters.largest, ElementsAre(3, 2));
  EXPECT_THAT(found.errors, ElementsAre(1, 2));
  EXPECT_THAT(evaluate(1).errors, ElementsAre(1));
  EXPECT_EQ(found.unknown_ids, 0U);
}

TEST_F(PairScores, ArticlesMissingFromTheResultAreUnclusteredAndCounted) {
  cluster("xx");
  pair(0, 7, PairLabel::copy, 1);
  pair(8, 7, PairLabel::copy, 1);
  const PairEvaluation found = evaluate();
  EXPECT_EQ(found.unknown_ids, 2U);
  EXPECT_EQ(found.weighted.all.recall, 0);
  EXPECT_EQ(found.weighted.all.f1(), 0);
}

TEST_F(PairScores, AreOneWithoutPairs) {
  const PairEvaluation found = evaluate();
  EXPECT_EQ(found.weighted.all.f1(), 1);
  EXPECT_EQ(found.partial_linked, std::nullopt);
}

/// The interval of a proportion of n independent pairs: about 1.645 standard errors to either side, plus the error of
/// 500 samples. With precision 1, F1 increases with recall.
TEST_F(PairScores, IntervalsAreThoseOfTheBinomial) {
  cluster("xx.");
  constexpr int kPairs = 400;
  for (int i = 0; i < kPairs; ++i) pair(0, i % 4 == 0 ? 2 : 1, PairLabel::copy, 1);
  const PairScore score = evaluate().unweighted;
  const double error = std::sqrt(0.75 * 0.25 / kPairs);
  const auto f1 = [](double recall) { return 2 * recall / (1 + recall); };
  EXPECT_NEAR(score.f1_low, f1(0.75 - 1.645 * error), 0.5 * error);
  EXPECT_NEAR(score.f1_high, f1(0.75 + 1.645 * error), 0.5 * error);
}

TEST_F(PairScores, AreWrittenAsOneJsonObject) {
  cluster("xx.");
  pair(0, 1, PairLabel::copy, 3);
  pair(1, 2, PairLabel::copy, 1);
  const std::string json = format_json(evaluate(), pairs_, ids_);
  EXPECT_THAT(json, HasSubstr(R"("pairs":{"copy":2,"partial":0,"different":0})"));
  EXPECT_THAT(json, HasSubstr(R"("weighted":{"precision":1,"recall":0.75,"f1":0.8571,"f1_90":[)"));
  EXPECT_THAT(json,
              HasSubstr(R"("partial_linked":null,"clusters":{"of_two_or_more":1,"articles_in_them":2,"largest":[2]})"));
  EXPECT_THAT(
      json, HasSubstr(R"("errors":[{"error":"missed","a":"article 1","b":"article 2","stratum":"made","weight":1}])"));
}

TEST_F(PairScores, TheCurveLinksPairsThatReachTheThreshold) {
  cluster("......");
  pair(0, 1, PairLabel::copy, 2);
  pair(0, 2, PairLabel::copy, 1);
  pair(0, 3, PairLabel::different, 1);
  pair(0, 4, PairLabel::copy, 1);  // links at no threshold
  const std::vector<double> reached{0.9, 0.5, 0.3, 0};
  const std::vector<CurveStep> curve = threshold_curve(pairs_, reached);
  ASSERT_EQ(curve.size(), 20U);
  EXPECT_DOUBLE_EQ(curve[5].threshold, 0.3);
  EXPECT_DOUBLE_EQ(curve[5].weighted.precision, 0.75);
  EXPECT_DOUBLE_EQ(curve[5].weighted.recall, 0.75);
  EXPECT_DOUBLE_EQ(curve[9].weighted.precision, 1);  // 0.5
  EXPECT_DOUBLE_EQ(curve[10].weighted.recall, 0.5);
  EXPECT_DOUBLE_EQ(curve[10].unweighted.recall, 1.0 / 3);
  EXPECT_DOUBLE_EQ(curve[19].weighted.recall, 0);
  EXPECT_THAT(format_json(evaluate(), pairs_, ids_, curve), HasSubstr("\"curve\":[{\"threshold\":0.05"));
}

}  // namespace
}  // namespace wirecopy::evaluate
