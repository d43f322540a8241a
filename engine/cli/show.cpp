// wirecopy show: shows the clusters of a result on a terminal.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <wirecopy/error.hpp>

#include "cli/command.hpp"
#include "cli/option_checks.hpp"
#include "cli/standard_streams.hpp"
#include "feed/date.hpp"
#include "report/cluster_choice.hpp"
#include "report/cluster_file.hpp"
#include "text/terminal_text.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kMaxHeadlines = 10, kMaxMembers = 1000;  // printed of a cluster

struct Arguments {
  std::string result;
  std::string cluster;
  std::size_t top = 20;
};

constexpr const char* kFooter = R"(Examples:
  wirecopy show result/                              the twenty largest clusters
  wirecopy show result/ --top 100 | less
  wirecopy show result/ --cluster w0bfaf83edd92b042  all members of a cluster, the earliest first

Lines are 80 columns wide. Control characters in titles and names of the feed are replaced.)";

std::string minute(std::optional<std::int64_t> date) {
  if (!date) return "no date";
  std::string text = format_date(*date).substr(0, 16);  // 2025-03-01T06:12
  text[10] = ' ';
  return text;
}

std::string lag(std::int64_t seconds) {
  const std::int64_t minutes = (seconds + 30) / 60;
  if (minutes < 1) return fmt::format("+{} s", seconds);
  if (minutes < 60) return fmt::format("+{} min", minutes);
  if (minutes < 48 * 60) return fmt::format("+{} h {:02}", minutes / 60, minutes % 60);
  return fmt::format("+{} days", minutes / (24 * 60));
}

std::string count(std::size_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string sizes(const ListedCluster& cluster) {
  return fmt::format("{} in {}, {} removed", count(cluster.members.size(), "article", "articles"),
                     count(cluster.outlets.size(), "outlet", "outlets"), cluster.members.size() - cluster.kept());
}

std::string badges_text(const ListedCluster& cluster) {
  std::string text;
  const unsigned badges = badges_of(cluster);
  for (const Badge badge : kAllBadges) {
    if (has(badges, badge)) text += fmt::format("{}{}", text.empty() ? "" : ", ", name(badge));
  }
  return text;
}

/// Text in lines of kColumns.
class Page {
 public:
  /// Adds a line, without trailing spaces.
  void line(std::string text) {
    while (text.ends_with(' ')) text.pop_back();
    text_ += text + '\n';
  }
  void show() const { print_output(text_); }

 private:
  std::string text_;
};

std::string title_of(const ListedCluster& cluster) { return cluster.title().empty() ? "(no title)" : cluster.title(); }

void add_cluster(Page& page, std::size_t number, const ListedCluster& cluster) {
  constexpr std::size_t kIndent = 5;
  page.line(fmt::format("{:>3}  {}", number, cut_to(title_of(cluster), kColumns - kIndent)));
  const std::string figures = sizes(cluster) + "; " + minute(cluster.first_published());
  page.line(fmt::format("     {}",
                        cut_to(figures + (cluster.agency.empty() ? "" : "; " + cluster.agency), kColumns - kIndent)));
  page.line(
      fmt::format("     {}", cut_to(fmt::format("{}  {}", cluster.id, badges_text(cluster)), kColumns - kIndent)));
  std::string outlets;
  for (std::size_t i = 0; i < std::min<std::size_t>(cluster.outlets.size(), 8); ++i) {
    outlets += (i == 0 ? "" : ", ") + cluster.outlets[i].source;
  }
  page.line(fmt::format("     {}", cut_to(outlets, kColumns - kIndent)));
}

std::string relation_text(const ListedMember& member, bool is_canonical) {
  if (is_canonical) return "canonical";
  const std::string relation = member.relation ? std::string(name(*member.relation)) : "by others";
  return relation + (member.kept ? ", kept" : "");
}

void add_member(Page& page, const ListedMember& member, bool is_canonical, std::optional<std::int64_t> first) {
  const std::string when = !member.published           ? "no date"
                           : member.published == first ? minute(first).substr(11)
                                                       : lag(*member.published - *first);
  const std::string share = member.relation ? fmt::format("{:.0f} %", 100 * member.containment) : "";
  page.line(fmt::format("{:>8}  {}  {}  {:>5}  {}", when, fitted(member.source, 20),
                        fitted(relation_text(member, is_canonical), 15), share, cut_to(member.title, kColumns - 56)));
}

void show_one(Page& page, const ListedCluster& cluster) {
  page.line(cut_to(title_of(cluster), kColumns));
  page.line(cut_to(cluster.id + ": " + sizes(cluster), kColumns));
  std::string line = badges_text(cluster);
  if (!cluster.agency.empty()) line += fmt::format("{}credited to {}", line.empty() ? "" : "; ", cluster.agency);
  page.line(
      cut_to(fmt::format("{}{}{:.0f} % of tested pairs match", line, line.empty() ? "" : "; ", 100 * cluster.cohesion),
             kColumns));
  page.line("");
  page.line(fmt::format("{:>8}  {:<20}  {:<15}  {:>5}  {}", "time", "outlet", "relation", "share", "headline"));
  std::vector<const ListedMember*> members;
  for (const ListedMember& member : cluster.members) members.push_back(&member);
  std::stable_sort(members.begin(), members.end(), [](const ListedMember* a, const ListedMember* b) {
    return a->published && (!b->published || *a->published < *b->published);
  });
  for (std::size_t i = 0; i < std::min(members.size(), kMaxMembers); ++i) {
    add_member(page, *members[i], members[i] == &cluster.members.front(), cluster.first_published());
  }
  if (members.size() > kMaxMembers) {
    page.line(fmt::format("and {} more in clusters.jsonl", members.size() - kMaxMembers));
  }
  if (cluster.headlines.size() < 2) return;
  page.line("");
  page.line(count(cluster.headlines.size(), "headline", "headlines"));
  for (std::size_t i = 0; i < std::min(cluster.headlines.size(), kMaxHeadlines); ++i) {
    page.line(fmt::format("{:>8}  {}", cluster.headlines[i].count, cut_to(cluster.headlines[i].title, kColumns - 10)));
  }
}

void find_and_show(const Arguments& arguments, Page& page) {
  ClusterFile file(arguments.result);
  for (ListedCluster cluster; file.next(cluster);) {
    if (cluster.id == arguments.cluster) return show_one(page, cluster);
  }
  throw Error(ErrorKind::usage, fmt::format("{}: no such cluster: \"{}\"", arguments.result, arguments.cluster));
}

void show_largest(const Arguments& arguments, Page& page) {
  ClusterFile file(arguments.result);
  ClusterChoice choice({arguments.top, 0, 0});
  std::size_t clusters = 0;
  for (ListedCluster cluster; file.next(cluster); ++clusters) choice.add(cluster);
  std::size_t shown = 0;
  for (const ListedCluster& cluster : choice.take()) {
    if (shown > 0) page.line("");
    add_cluster(page, ++shown, cluster);
  }
  if (clusters == 0) return page.line("no clusters");
  if (shown < clusters)
    page.line(fmt::format("\n{} of {}; --top shows more", shown, count(clusters, "cluster", "clusters")));
}

int run_show(const Arguments& arguments, SignalWatch& signals) {
  signals.exit_at_once();  // there are no files to clean up
  Page page;
  if (arguments.cluster.empty()) {
    show_largest(arguments, page);
  } else {
    find_and_show(arguments, page);
  }
  page.show();
  return 0;
}

}  // namespace

void add_show(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("show", "Show the clusters of a result on the terminal");
  command->footer(kFooter);
  command->add_option("RESULT", arguments->result, "Result directory, as written by dedup --out")
      ->required()
      ->check(not_empty());
  CLI::Option* top = command->add_option("--top", arguments->top, "Number of clusters to show, the largest first")
                         ->check(natural_number())
                         ->capture_default_str()
                         ->type_name("N");
  command->add_option("--cluster", arguments->cluster, "Show all members of this cluster")
      ->check(not_empty())
      ->excludes(top)
      ->type_name("ID");
  command->callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_show(*arguments, signals); }; });
}

}  // namespace wirecopy
