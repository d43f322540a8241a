#include "report/report_material.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <wirecopy/error.hpp>

#include "feed/json_object.hpp"
#include "inspect/result_reader.hpp"

namespace wirecopy {

ReportMaterial::ReportMaterial(const std::filesystem::path& result, std::size_t members_listed,
                               const Workspace& workspace, RunContext& context)
    : result_(result), members_listed_(members_listed) {
  read_summary();
  read_clusters();
  read_feed_again(workspace, context);
  outlets_.finish();
}

void ReportMaterial::read_summary() {
  const std::filesystem::path path = result_ / "summary.json";
  summary_ = wirecopy::read_summary(result_);
  while (summary_.ends_with('\n')) summary_.pop_back();
  JsonObject object;
  if (!object.read(summary_)) throw Error(ErrorKind::state, path.native() + ": not a JSON object");
}

void ReportMaterial::read_clusters() {
  ClusterFile file(result_);
  ClusterChoice choice;
  for (ListedCluster cluster; file.next(cluster);) {
    ++clusters_;
    for (const ListedMember& member : cluster.members) {
      if (member.kept || !member.relation) continue;
      dropped_.add(*member.relation);
      ++removed_;
    }
    outlets_.add(cluster);
    choice.add(cluster);
  }
  for (ListedCluster& cluster : choice.take()) chosen_.push_back({std::move(cluster), {}});
  removed_sample_ = choice.removed_sample();
  if (removed_ == 0) dropped_ = Options().drop;
}

void ReportMaterial::read_feed_again(const Workspace& workspace, RunContext& context) {
  try {
    feed_.emplace(result_, workspace, context);
    study_ = study_threshold(*feed_, dropped_, context);
    find_articles();
    fill_tray();
    fetch_lines();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::io && error.kind() != ErrorKind::usage) throw;
    return go_without_feed(error.what());
  }
  const Corpus& corpus = feed_->corpus();
  for (const ArticleRecord& record : corpus.records()) {
    outlets_.add_article(corpus.sources()[number(record.source)], name(record.agency));
  }
}

void ReportMaterial::find_articles() {
  std::unordered_set<std::string> clusters;
  std::unordered_set<std::uint32_t> articles;
  for (const ChosenCluster& chosen : chosen_) clusters.insert(chosen.cluster.id);
  for (const RemovedPair& pair : removed_sample_) clusters.insert(pair.cluster);
  for (const auto* side : {&study_->below, &study_->above}) {
    for (const ScoredPair& pair : *side) articles.insert({number(pair.first), number(pair.second)});
  }
  rows_.emplace(result_, *feed_, clusters, articles);
}

void ReportMaterial::fill_tray() {
  const auto add = [&](const char* side, const std::vector<ScoredPair>& pairs) {
    for (const ScoredPair& pair : pairs) {
      const std::string_view cluster = rows_->cluster_of(pair.first);
      tray_.push_back({side, pair, 1, !cluster.empty() && cluster == rows_->cluster_of(pair.second)});
    }
  };
  add("below", study_->below);
  add("above", study_->above);
  fill_tray_with_removed();
}

void ReportMaterial::fill_tray_with_removed() {
  Matcher matcher(feed_->corpus(), feed_->profiles(), feed_->options());
  const double weight =
      static_cast<double>(removed_) / static_cast<double>(std::max<std::size_t>(removed_sample_.size(), 1));
  for (const RemovedPair& pair : removed_sample_) {
    const ArticleId first = rows_->find(pair.cluster, pair.match), second = rows_->find(pair.cluster, pair.removed);
    if (first == kNoArticle || second == kNoArticle || first == second) continue;
    tray_.push_back({"removed", score_pair(*feed_, matcher, first, second), weight, true});
  }
}

void ReportMaterial::fetch_lines() {
  for (ChosenCluster& chosen : chosen_) {
    const std::size_t count = std::min(chosen.cluster.members.size(), members_listed_);
    for (std::size_t i = 0; i < count; ++i) {
      chosen.articles.push_back(rows_->take(chosen.cluster.id, chosen.cluster.members[i].id));
      if (chosen.articles.back() != kNoArticle) line_articles_.push_back(chosen.articles.back());
    }
  }
  for (const TrayPair& pair : tray_) line_articles_.insert(line_articles_.end(), {pair.pair.first, pair.pair.second});
  std::sort(line_articles_.begin(), line_articles_.end());
  line_articles_.erase(std::unique(line_articles_.begin(), line_articles_.end()), line_articles_.end());
  lines_ = feed_->lines(line_articles_);
}

void ReportMaterial::go_without_feed(const std::string& why) {
  warnings_.push_back("the report has no texts and no threshold study, because the feed cannot be read again: " + why);
  tray_.clear();
  for (ChosenCluster& chosen : chosen_) chosen.articles.clear();
  study_.reset();
  feed_.reset();
}

const std::string& ReportMaterial::line(ArticleId article) const {
  const auto at = std::lower_bound(line_articles_.begin(), line_articles_.end(), article) - line_articles_.begin();
  return lines_.at(static_cast<std::size_t>(at));
}

}  // namespace wirecopy
