// The inputs of a report: the result's files, the feed read again, and the selection from both.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inspect/feed_again.hpp"
#include "inspect/threshold_study.hpp"
#include "report/article_rows.hpp"
#include "report/cluster_choice.hpp"
#include "report/outlet_table.hpp"

namespace wirecopy {

struct ChosenCluster {
  ListedCluster cluster;
  std::vector<ArticleId> articles;  ///< of the first members; empty without the feed, kNoArticle if one is missing
};

/// A pair of articles in the borderline tray.
struct TrayPair {
  const char* side = "";  ///< "below" or "above" the threshold, or "removed"
  ScoredPair pair;
  double weight = 1;       ///< number of pairs of the feed that it represents
  bool is_linked = false;  ///< whether both are in one cluster
};

class ReportMaterial {
 public:
  /// Looks up the articles of the first `members_listed` members of each chosen cluster. Throws like write_report().
  ReportMaterial(const std::filesystem::path& result, std::size_t members_listed, const Workspace& workspace,
                 RunContext& context);

  /// summary.json, without its newline.
  [[nodiscard]] const std::string& summary() const { return summary_; }
  /// The most interesting first.
  [[nodiscard]] const std::vector<ChosenCluster>& chosen() const { return chosen_; }
  [[nodiscard]] std::uint64_t clusters() const { return clusters_; }
  [[nodiscard]] const OutletTable& outlets() const { return outlets_; }
  /// Null if the feed cannot be read again; warnings() gives the reason.
  [[nodiscard]] const FeedAgain* feed() const { return feed_ ? &*feed_ : nullptr; }
  [[nodiscard]] const ThresholdStudy* study() const { return study_ ? &*study_ : nullptr; }
  [[nodiscard]] const std::vector<TrayPair>& tray() const { return tray_; }
  /// The line of an article of a chosen cluster or of the tray.
  [[nodiscard]] const std::string& line(ArticleId article) const;
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  void read_summary();
  void read_clusters();
  void read_feed_again(const Workspace& workspace, RunContext& context);
  void find_articles();
  void fill_tray();
  void fill_tray_with_removed();
  void fetch_lines();
  void go_without_feed(const std::string& why);

  const std::filesystem::path result_;
  std::size_t members_listed_;
  std::string summary_;
  std::uint64_t clusters_ = 0;
  std::uint64_t removed_ = 0;
  RelationSet dropped_;
  OutletTable outlets_;
  std::vector<ChosenCluster> chosen_;
  std::vector<RemovedPair> removed_sample_;
  std::optional<FeedAgain> feed_;
  std::optional<ThresholdStudy> study_;
  std::optional<ArticleRows> rows_;
  std::vector<TrayPair> tray_;
  std::vector<ArticleId> line_articles_;  // articles of lines_, in ascending order
  std::vector<std::string> lines_;
  std::vector<std::string> warnings_;
};

}  // namespace wirecopy
