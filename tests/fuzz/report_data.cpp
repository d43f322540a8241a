// Any bytes as the files of a result: no report, or one whose data is JSON that cannot leave its element of the page.
//
// An input is the files kFiles, between separators. @FEED@ stands for the path of the feed.
#include "report/report_data.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "pipeline/dedup.hpp"
#include "pipeline/in_arena.hpp"
#include "reference/planted_feed.hpp"
#include "reference/strict_json.hpp"
#include "report/cluster_file.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFeedMark = "@FEED@";
constexpr std::array<const char*, 5> kFiles{"feed.jsonl", "summary.json", "articles.jsonl", "clusters.jsonl",
                                            "boilerplate.jsonl"};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

/// A result knows its feed by size and time.
void write_feed(const fs::path& path, const std::string& bytes) {
  write_file(path, bytes);
  const timespec then[2] = {{1'700'000'000, 0}, {1'700'000'000, 0}};
  require(::utimensat(AT_FDCWD, path.c_str(), static_cast<const timespec*>(then), 0) == 0, "the time is set");
}

std::string report_of(const fs::path& result) {
  RunContext context;
  ReportOutcome outcome;
  std::string data;
  in_arena(context, [&] { data = make_report_data(result, {}, {}, context, outcome); });
  return data;
}

void read_clusters(const fs::path& result) {
  ClusterFile file(result);
  for (ListedCluster cluster; file.next(cluster);) {
    require(cluster.kept() <= cluster.members.size(), "no more are kept than there are");
    static_cast<void>(badges_of(cluster));
    static_cast<void>(cluster.title());
  }
}

}  // namespace

std::vector<std::string> seeds() {
  const TemporaryDirectory directory;
  const fs::path feed_path = directory.path() / kFiles[0];
  test::PlantedFeed feed(4);  // small, as fuzzers cut what is large
  const std::vector<std::string> story = feed.words(30);
  feed.add(story);
  feed.add(story);
  feed.add(feed.edited(story, 0.2));
  feed.add(feed.words(30));
  write_feed(feed_path, feed.lines());
  DedupRequest request;
  request.source = FeedSource{{{feed_path}}};
  request.options.boilerplate = false;  // its model is binary
  const fs::path result = directory.path() / "result";
  request.output = ResultDirectory{result};
  RunContext context;
  static_cast<void>(dedup(request, {}, context));
  std::string seed = feed.lines();
  for (std::size_t i = 1; i < kFiles.size(); ++i) {
    seed += kSeparator + replaced(read_file(result / kFiles[i]), feed_path.native(), kFeedMark);
  }
  return {seed};
}

void check_laws(std::string_view input) {
  static const TemporaryDirectory directory;
  const std::vector<std::string_view> pieces = split(input, kSeparator);
  const std::string feed_path = directory.path() / kFiles[0];
  for (std::size_t i = 0; i < kFiles.size(); ++i) {
    const std::string bytes(i < pieces.size() ? pieces[i] : std::string_view());
    if (i == 0) {
      write_feed(feed_path, bytes);
    } else {
      write_file(directory.path() / kFiles[i], replaced(bytes, kFeedMark, feed_path));
    }
  }
  accepts([&] { read_clusters(directory.path()); });
  accepts([&] {
    std::string data;
    const CostBound bound{.seconds = 0.3, .microseconds_a_byte = 5, .bytes = 64 << 20, .bytes_a_byte = 2000};
    require_cost(bound, input.size(), [&] { data = report_of(directory.path()); });
    require(reference::StrictJson::is_object(data, kMaxDepth), "the data of a report is JSON");
    const std::string page = make_page(data), empty = make_page("{}");
    const auto ends = [](const std::string& html) { return split(html, '<').size(); };
    require(ends(page) == ends(empty), "the data of a report holds no mark-up");
  });
}

}  // namespace wirecopy::fuzz
