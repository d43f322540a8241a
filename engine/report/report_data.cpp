#include "report/report_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <wirecopy/error.hpp>

#include "base/json_writer.hpp"
#include "feed/json_object.hpp"
#include "pipeline/feed_again.hpp"
#include "pipeline/threshold_study.hpp"
#include "report/article_rows.hpp"
#include "report/cluster_choice.hpp"
#include "report/outlet_table.hpp"
#include "report/read_text.hpp"
#include "verify/relation.hpp"

namespace wirecopy {
namespace {

int percent(double share) { return static_cast<int>(std::lround(100 * share)); }

/// Names that stand once in the report, and are numbers elsewhere.
class NameList {
 public:
  int number_of(std::string_view name) {
    const auto [found, is_new] = numbers_.try_emplace(std::string(name), static_cast<int>(names_.size()));
    if (is_new) names_.push_back(std::string(name));
    return found->second;
  }
  void write(JsonWriter& json, std::string_view key) const {
    json.key(key).begin_array();
    for (const std::string& name : names_) json.value(name);
    json.end_array();
  }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, int> numbers_;
};

struct Chosen {
  ListedCluster cluster;
  std::vector<ArticleId> articles;  // by member that is listed; empty without the feed
};

/// Two articles in the tray.
struct TrayPair {
  const char* side;
  ScoredPair pair;
  double weight = 1;
};

/// Lines of the articles wanted, fetched in one reading.
class LineStore {
 public:
  void want(ArticleId article) {
    if (article != kNoArticle) wanted_.push_back(article);
  }
  void fetch(const FeedAgain& feed) {
    std::sort(wanted_.begin(), wanted_.end());
    wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
    lines_ = feed.lines(wanted_);
  }
  [[nodiscard]] const std::string& line(ArticleId article) const {
    const auto at = std::lower_bound(wanted_.begin(), wanted_.end(), article) - wanted_.begin();
    return lines_.at(static_cast<std::size_t>(at));
  }

 private:
  std::vector<ArticleId> wanted_;
  std::vector<std::string> lines_;
};

class ReportData {
 public:
  ReportData(const std::filesystem::path& result, const ReportBudget& budget, RunContext& context,
             ReportOutcome& outcome)
      : result_(result), budget_(budget), context_(context), outcome_(outcome) {}

  std::string make() {
    read_summary();
    read_clusters();
    read_feed_again();
    outlets_.finish();
    JsonWriter json(out_);
    json.begin_object();
    json.member("result", std::filesystem::weakly_canonical(result_).filename().native());
    json.key("summary").raw(summary_);
    json.key("badges").begin_array();
    for (const Badge badge : kAllBadges) json.value(name(badge));
    json.end_array();
    add_clusters(json);
    add_outlets(json);
    add_flow(json);
    add_agencies(json);
    add_threshold(json);
    add_tray(json);
    sources_.write(json, "sources");
    agencies_.write(json, "agencies");
    languages_.write(json, "languages");
    add_shown(json);
    json.end_object();
    return std::move(out_);
  }

 private:
  void read_summary() {
    const std::filesystem::path path = result_ / "summary.json";
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error(ErrorKind::usage, fmt::format("{} is no result: it has no summary.json", result_.native()));
    summary_.assign(std::istreambuf_iterator<char>(file), {});
    while (summary_.ends_with('\n')) summary_.pop_back();
    JsonObject object;
    if (!object.read(summary_)) throw Error(ErrorKind::state, path.native() + ": not a JSON object");
  }

  void read_clusters() {
    ClusterFile file(result_);
    for (ListedCluster cluster; file.next(cluster);) {
      ++outcome_.clusters;
      for (const ListedMember& member : cluster.members) {
        if (member.kept || !member.relation) continue;
        dropped_.add(*member.relation);
        ++removed_;
      }
      outlets_.add(cluster);
      choice_.add(cluster);
    }
    for (ListedCluster& cluster : choice_.take()) chosen_.push_back({std::move(cluster), {}});
    if (removed_ == 0) dropped_ = Options().drop;
  }

  /// Everything that needs the feed; without it, a warning.
  void read_feed_again() {
    try {
      feed_.emplace(result_, context_);
      study_ = study_threshold(*feed_, dropped_, context_);
      find_articles();
      lines_.fetch(*feed_);
      const Corpus& corpus = feed_->corpus();
      for (const ArticleRecord& record : corpus.records()) {
        outlets_.add_article(corpus.sources()[number(record.source)], name(record.agency));
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::io && error.kind() != ErrorKind::usage) throw;
      outcome_.warnings.push_back(fmt::format("without texts and the study of the threshold, because the feed "
                                              "cannot be read again: {}",
                                              error.what()));
      feed_.reset();
      study_.reset();
      tray_.clear();
      for (Chosen& chosen : chosen_) chosen.articles.clear();
    }
  }

  void find_articles() {
    const std::vector<RemovedPair> removed = choice_.removed_sample();
    std::unordered_set<std::string> clusters;
    std::unordered_set<std::uint32_t> articles;
    for (const Chosen& chosen : chosen_) clusters.insert(chosen.cluster.id);
    for (const RemovedPair& pair : removed) clusters.insert(pair.cluster);
    for (const auto* side : {&study_->below, &study_->above}) {
      for (const ScoredPair& pair : *side) articles.insert({number(pair.first), number(pair.second)});
    }
    rows_.emplace(result_, *feed_, clusters, articles);
    find_tray(removed);
    for (Chosen& chosen : chosen_) {
      const std::size_t count = std::min(chosen.cluster.members.size(), budget_.members_listed);
      for (std::size_t i = 0; i < count; ++i) {
        chosen.articles.push_back(rows_->take(chosen.cluster.id, chosen.cluster.members[i].id));
        lines_.want(chosen.articles.back());
      }
    }
  }

  void find_tray(const std::vector<RemovedPair>& removed) {
    for (const ScoredPair& pair : study_->below) tray_.push_back({"below", pair});
    for (const ScoredPair& pair : study_->above) tray_.push_back({"above", pair});
    Matcher matcher(feed_->corpus(), feed_->profiles(), feed_->options());
    for (const RemovedPair& pair : removed) {
      const ArticleId first = rows_->find(pair.cluster, pair.match), second = rows_->find(pair.cluster, pair.removed);
      if (first == kNoArticle || second == kNoArticle || first == second) continue;
      const double weight = static_cast<double>(removed_) / static_cast<double>(removed.size());
      tray_.push_back({"removed", score_pair(*feed_, matcher, first, second), weight});
    }
    for (const TrayPair& pair : tray_) lines_.want(pair.pair.first), lines_.want(pair.pair.second);
  }

  void add_clusters(JsonWriter& json) {
    json.key("clusters").begin_array();
    std::optional<TextReader> reader;
    if (feed_) reader.emplace(*feed_);
    std::size_t of_members = 0, of_texts = 0;
    for (const Chosen& chosen : chosen_) {
      json.begin_object();
      add_row(json, chosen, reader);
      if (of_members < budget_.members) {
        const std::size_t before = out_.size();
        const std::size_t texts = add_members(json, chosen, reader, of_texts < budget_.texts);
        of_texts += texts;
        of_members += out_.size() - before - texts;
      }
      json.end_object();
      ++outcome_.listed;
    }
    json.end_array();
  }

  void add_row(JsonWriter& json, const Chosen& chosen, std::optional<TextReader>& reader) {
    const ListedCluster& cluster = chosen.cluster;
    json.member("id", cluster.id)
        .member("n", cluster.members.size())
        .member("k", cluster.kept())
        .member("t", cluster.title());
    json.key("s").begin_array();
    for (std::size_t i = 0; i < std::min<std::size_t>(cluster.outlets.size(), 400); ++i) {
      json.value(sources_.number_of(cluster.outlets[i].source));
    }
    json.end_array();
    json.member("f", cluster.first_published())
        .member("l", cluster.last_published())
        .member("c", cluster.cohesion, 2)
        .member("b", badges_of(cluster));
    if (!cluster.agency.empty()) json.member("a", agencies_.number_of(cluster.agency));
    if (!reader || chosen.articles.front() == kNoArticle) return;
    const ReadText canonical = reader->read(chosen.articles.front(), lines_.line(chosen.articles.front()));
    if (!canonical.language.empty()) json.member("g", languages_.number_of(canonical.language));
  }

  /// Returns the bytes that went into texts.
  std::size_t add_members(JsonWriter& json, const Chosen& chosen, std::optional<TextReader>& reader, bool with_texts) {
    const ListedCluster& cluster = chosen.cluster;
    const std::size_t count = std::min(cluster.members.size(), budget_.members_listed);
    std::unordered_map<std::string_view, std::size_t> headlines, places;
    json.key("h").begin_array();
    for (std::size_t i = 0; i < std::min<std::size_t>(cluster.headlines.size(), 60); ++i) {
      headlines.emplace(cluster.headlines[i].title, i);
      json.begin_array().value(cluster.headlines[i].title).value(cluster.headlines[i].count).end_array();
    }
    json.end_array();
    if (count < cluster.members.size()) json.member("more", cluster.members.size() - count);
    for (std::size_t i = 0; i < count; ++i) places.emplace(cluster.members[i].id, i);

    std::optional<ReadText> canonical;
    with_texts = with_texts && reader && chosen.articles.front() != kNoArticle;
    if (with_texts) canonical = reader->read(chosen.articles.front(), lines_.line(chosen.articles.front()));
    std::size_t texts = 0;
    json.key("m").begin_array();
    for (std::size_t i = 0; i < count; ++i) {
      const ListedMember& member = cluster.members[i];
      json.begin_object().member("id", member.id).member("s", sources_.number_of(member.source));
      const auto headline = headlines.find(member.title);
      json.member("h", headline == headlines.end() ? -1 : static_cast<int>(headline->second));
      if (member.published) json.member("p", *member.published);
      if (member.kept) json.member("k", 1);
      if (member.relation) {
        json.member("r", name(*member.relation))
            .member("j", percent(member.jaccard))
            .member("q", percent(member.containment))
            .member("d", percent(member.contained));
      }
      if (member.own) json.member("o", percent(*member.own));
      if (!member.agency.empty()) json.member("a", agencies_.number_of(member.agency));
      if (!member.version.empty()) json.member("v", member.version);
      if (member.match && places.contains(*member.match)) json.member("m", places.at(*member.match));
      if (canonical && texts < budget_.cluster_texts && chosen.articles[i] != kNoArticle) {
        const ReadText text = i == 0 ? *canonical : reader->read(chosen.articles[i], lines_.line(chosen.articles[i]));
        if (!text.url.empty()) json.member("u", text.url);
        json.member("w", text.words);
        const std::size_t before = out_.size();
        json.key("e");
        add_edits(json, *canonical, text);
        texts += out_.size() - before;
      }
      json.end_object();
    }
    json.end_array();
    if (canonical) {
      const std::size_t before = out_.size();
      json.key("x");
      add_text(json, *canonical);
      texts += out_.size() - before;
      ++outcome_.with_texts;
    }
    if (feed_ && count <= budget_.matrix) add_matrix(json, chosen.articles);
    return texts;
  }

  void add_matrix(JsonWriter& json, const std::vector<ArticleId>& articles) {
    if (std::find(articles.begin(), articles.end(), kNoArticle) != articles.end()) return;
    Matcher matcher(feed_->corpus(), feed_->profiles(), feed_->options());
    json.key("i").begin_array();
    for (std::size_t j = 1; j < articles.size(); ++j) {
      matcher.load(articles[j]);
      for (std::size_t i = 0; i < j; ++i) json.value(percent(share_of_shorter(matcher.measure(articles[i]))));
    }
    json.end_array();
  }

  using Flows = std::unordered_map<std::uint32_t, std::vector<const Flow*>>;

  void add_outlets(JsonWriter& json) {
    const auto boilerplate = read_boilerplate();
    Flows to, from;
    for (const Flow& flow : outlets_.flows()) to[flow.from].push_back(&flow), from[flow.to].push_back(&flow);
    json.key("outlets").begin_array();
    for (const std::uint32_t number : outlets_.busiest(budget_.outlets)) {
      const OutletFigures& outlet = outlets_.outlets()[number];
      json.begin_object()
          .member("s", sources_.number_of(outlet.name))
          .member("n", outlet.articles)
          .member("c", outlet.copies)
          .member("r", outlet.removed)
          .member("y", outlet.stories)
          .member("f", outlet.first)
          .member("l", outlet.median_lag)
          .member("e", outlet.credited);
      if (outlet.measured > 0) json.member("o", percent(outlet.own / static_cast<double>(outlet.measured)));
      if (!outlet.agency.empty()) json.member("a", agencies_.number_of(outlet.agency));
      json.key("b").begin_array();
      if (const auto found = boilerplate.find(outlet.name); found != boilerplate.end()) {
        for (const std::string& block : found->second) json.raw(block);
      }
      json.end_array();
      add_partners(json, "to", to[number], [](const Flow& flow) { return flow.to; });
      add_partners(json, "from", from[number], [](const Flow& flow) { return flow.from; });
      json.end_object();
    }
    json.end_array();
  }

  template <typename Partner>
  void add_partners(JsonWriter& json, const char* key, const std::vector<const Flow*>& flows, Partner partner) {
    constexpr std::size_t kMost = 6;
    json.key(key).begin_array();
    for (std::size_t i = 0; i < std::min(kMost, flows.size()); ++i) {
      json.begin_array()
          .value(sources_.number_of(outlets_.outlets()[partner(*flows[i])].name))
          .value(flows[i]->stories)
          .value(flows[i]->median_lag)
          .end_array();
    }
    json.end_array();
  }

  /// The most frequent blocks of each source, as JSON.
  std::unordered_map<std::string, std::vector<std::string>> read_boilerplate() const {
    constexpr std::size_t kMost = 3, kCharacters = 240;
    std::unordered_map<std::string, std::vector<std::string>> blocks;
    std::ifstream file(result_ / "boilerplate.jsonl", std::ios::binary);
    JsonObject object;
    for (std::string line; std::getline(file, line);) {
      if (!object.read(line)) continue;
      auto& of_source = blocks[std::string(object.text("/source").value_or(""))];
      if (of_source.size() == kMost) continue;
      std::string text(object.text("/text").value_or(""));
      if (text.size() > kCharacters) {
        std::size_t end = kCharacters;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
        text = text.substr(0, end) + "…";
      }
      JsonWriter json(of_source.emplace_back());
      json.begin_array()
          .value(text)
          .value(object.natural("/articles").value_or(0))
          .value(object.natural("/sample").value_or(0))
          .end_array();
    }
    return blocks;
  }

  void add_flow(JsonWriter& json) {
    std::unordered_map<std::uint32_t, std::uint64_t> shared;  // stories by outlet
    for (const Flow& flow : outlets_.flows()) shared[flow.from] += flow.stories, shared[flow.to] += flow.stories;
    std::vector<std::uint32_t> order;
    for (const auto& [outlet, stories] : shared) order.push_back(outlet);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return shared[a] != shared[b] ? shared[a] > shared[b] : outlets_.outlets()[a].name < outlets_.outlets()[b].name;
    });
    if (order.size() > budget_.flow) order.resize(budget_.flow);
    std::unordered_map<std::uint32_t, std::size_t> places;
    json.key("flow").begin_object().key("s").begin_array();
    for (const std::uint32_t outlet : order) {
      places.emplace(outlet, places.size());
      json.value(sources_.number_of(outlets_.outlets()[outlet].name));
    }
    json.end_array().key("x").begin_array();
    for (const Flow& flow : outlets_.flows()) {
      if (!places.contains(flow.from) || !places.contains(flow.to)) continue;
      json.begin_array().value(places[flow.from]).value(places[flow.to]).value(flow.stories).value(flow.median_lag);
      json.end_array();
    }
    json.end_array().end_object();
  }

  void add_agencies(JsonWriter& json) {
    json.key("agencyFigures").begin_array();
    for (const AgencyFigures& agency : outlets_.agencies()) {
      json.begin_array()
          .value(agencies_.number_of(agency.name))
          .value(agency.stories)
          .value(agency.copies)
          .value(agency.outlets)
          .end_array();
    }
    json.end_array();
  }

  void add_threshold(JsonWriter& json) {
    if (!study_) return;
    json.key("threshold").begin_object();
    json.member("own", feed_->options().threshold)
        .member("candidates", study_->candidates)
        .member("never", study_->never);
    json.key("bins").begin_array();
    for (const std::uint64_t pairs : study_->histogram) json.value(pairs);
    json.end_array().key("curve").begin_array();
    for (const double probability : study_->found_with_probability) json.value(probability, 3);
    json.end_array().key("whatIf").begin_array();
    for (const WhatIf& what_if : study_->what_if) {
      json.begin_array().value(what_if.threshold).value(what_if.removed).value(what_if.clusters).value(what_if.largest);
      json.end_array();
    }
    json.end_array().end_object();
  }

  void add_tray(JsonWriter& json) {
    json.key("tray").begin_array();
    for (const TrayPair& pair : tray_) add_pair(json, pair);
    json.end_array();
  }

  void add_pair(JsonWriter& json, const TrayPair& tray) {
    const ScoredPair& pair = tray.pair;
    TextReader reader(*feed_);
    const ReadText first = reader.read(pair.first, lines_.line(pair.first));
    const ReadText second = reader.read(pair.second, lines_.line(pair.second));
    const std::string_view cluster = rows_->cluster_of(pair.first);
    const bool is_removed = std::string_view(tray.side) == "removed";
    const bool is_linked = is_removed || (!cluster.empty() && cluster == rows_->cluster_of(pair.second));
    json.begin_object()
        .member("z", tray.side)
        .member("t", pair.threshold)
        .member("j", percent(pair.similarity.jaccard()))
        .member("q", percent(pair.similarity.containment()))
        .member("d", percent(pair.similarity.contained()))
        .member("l", is_linked ? 1 : 0)
        .member("wt", tray.weight, 2);
    json.key("p").begin_array();
    add_article(json, pair.first, first);
    add_article(json, pair.second, second);
    json.end_array().key("x");
    add_text(json, first);
    json.key("e");
    add_edits(json, first, second);
    json.end_object();
  }

  void add_article(JsonWriter& json, ArticleId article, const ReadText& text) {
    const Corpus& corpus = feed_->corpus();
    json.begin_object()
        .member("id", corpus.id(article))
        .member("s", sources_.number_of(corpus.source(article)))
        .member("t", corpus.title(article))
        .member("w", text.words);
    if (corpus.record(article).published != kNoDate) json.member("p", corpus.record(article).published);
    if (!text.url.empty()) json.member("u", text.url);
    if (!text.language.empty()) json.member("g", languages_.number_of(text.language));
    json.end_object();
  }

  void add_shown(JsonWriter& json) {
    json.key("shown").begin_object();
    json.member("clusters", outcome_.clusters)
        .member("listed", outcome_.listed)
        .member("texts", outcome_.with_texts)
        .member("outlets", outlets_.outlets().size())
        .end_object();
    json.key("warnings").begin_array();
    for (const std::string& warning : outcome_.warnings) json.value(warning);
    json.end_array();
  }

  const std::filesystem::path& result_;
  const ReportBudget& budget_;
  RunContext& context_;
  ReportOutcome& outcome_;
  std::string summary_;
  std::string out_;
  NameList sources_, agencies_, languages_;
  OutletTable outlets_;
  ClusterChoice choice_;
  RelationSet dropped_;
  std::uint64_t removed_ = 0;
  std::vector<Chosen> chosen_;
  std::optional<FeedAgain> feed_;
  std::optional<ThresholdStudy> study_;
  std::optional<ArticleRows> rows_;
  std::vector<TrayPair> tray_;
  LineStore lines_;
};

}  // namespace

std::string make_report_data(const std::filesystem::path& result, const ReportBudget& budget, RunContext& context,
                             ReportOutcome& outcome) {
  return ReportData(result, budget, context, outcome).make();
}

}  // namespace wirecopy
