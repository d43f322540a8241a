#include "report/report_data.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/json_writer.hpp"
#include "base/name_map.hpp"
#include "report/name_list.hpp"
#include "report/outlet_data.hpp"
#include "report/read_text.hpp"
#include "report/report_material.hpp"
#include "verify/relation.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kOutletsListed = 400, kHeadlinesListed = 60;  // per cluster
constexpr std::size_t kWithoutTexts = 650;                          // bytes of a typical cluster without its texts

int percent(double share) { return static_cast<int>(std::lround(100 * share)); }

class ReportData {
 public:
  ReportData(const std::filesystem::path& result, const ReportBudget& budget, const ReportMaterial& material,
             ReportOutcome& outcome)
      : result_(result), budget_(budget), material_(material), outcome_(outcome), json_(out_) {
    if (material.feed() != nullptr) reader_.emplace(*material.feed());
  }

  std::string make() {
    json_.begin_object();
    json_.member("result", std::filesystem::weakly_canonical(result_).filename().native());
    json_.key("summary").raw(material_.summary());
    json_.key("badges").begin_array();
    for (const Badge badge : kAllBadges) json_.value(name(badge));
    json_.end_array();
    add_outlets(json_, material_.outlets(), budget_.outlets, result_, sources_, agencies_);
    add_flow(json_, material_.outlets(), budget_.flow, sources_);
    add_agencies(json_, material_.outlets(), agencies_);
    add_threshold();
    add_tray();
    add_clusters();
    sources_.write(json_, "sources");
    agencies_.write(json_, "agencies");
    languages_.write(json_, "languages");
    add_shown();
    json_.end_object();
    return std::move(out_);
  }

 private:
  void add_clusters() {
    json_.key("clusters").begin_array();
    std::size_t of_members = 0, left = material_.chosen().size();
    for (const ChosenCluster& chosen : material_.chosen()) {
      json_.begin_object();
      const std::optional<ReadText> canonical = canonical_of(chosen);
      add_row(chosen.cluster, canonical);
      if (of_members < budget_.members) {
        const std::size_t before = out_.size();
        text_bytes_ = 0;
        add_headlines(chosen.cluster);
        const bool is_room = before + left * kWithoutTexts < budget_.bytes;
        add_members(chosen, is_room ? canonical : std::nullopt);
        add_pairs(chosen);
        of_members += out_.size() - before - text_bytes_;
      }
      json_.end_object();
      ++outcome_.listed;
      --left;
    }
    json_.end_array();
  }

  [[nodiscard]] std::optional<ReadText> canonical_of(const ChosenCluster& chosen) {
    if (!reader_ || chosen.articles.front() == kNoArticle) return std::nullopt;
    return reader_->read(chosen.articles.front(), material_.line(chosen.articles.front()));
  }

  void add_row(const ListedCluster& cluster, const std::optional<ReadText>& canonical) {
    json_.member("id", cluster.id)
        .member("n", cluster.members.size())
        .member("k", cluster.kept())
        .member("t", cluster.title());
    json_.key("s").begin_array();
    for (std::size_t i = 0; i < std::min(cluster.outlets.size(), kOutletsListed); ++i) {
      json_.value(sources_.number_of(cluster.outlets[i].source));
    }
    json_.end_array();
    json_.member("f", cluster.first_published())
        .member("l", cluster.last_published())
        .member("c", cluster.cohesion, 2)
        .member("b", badges_of(cluster));
    if (!cluster.agency.empty()) json_.member("a", agencies_.number_of(cluster.agency));
    if (canonical && !canonical->language.empty()) json_.member("g", languages_.number_of(canonical->language));
  }

  void add_headlines(const ListedCluster& cluster) {
    headlines_.clear();
    json_.key("h").begin_array();
    for (std::size_t i = 0; i < std::min(cluster.headlines.size(), kHeadlinesListed); ++i) {
      headlines_.emplace(cluster.headlines[i].title, i);
      json_.begin_array().value(cluster.headlines[i].title).value(cluster.headlines[i].count).end_array();
    }
    json_.end_array();
  }

  void add_members(const ChosenCluster& chosen, const std::optional<ReadText>& canonical) {
    const std::vector<ListedMember>& members = chosen.cluster.members;
    const std::size_t count = std::min(members.size(), budget_.members_listed);
    if (count < members.size()) json_.member("more", members.size() - count);
    NameMap<std::size_t, std::string_view> positions;
    for (std::size_t i = 0; i < count; ++i) positions.emplace(members[i].id, i);
    json_.key("m").begin_array();
    for (std::size_t i = 0; i < count; ++i) {
      json_.begin_object();
      add_member(members[i]);
      if (members[i].match && positions.contains(*members[i].match)) json_.member("m", positions.at(*members[i].match));
      if (canonical && text_bytes_ < budget_.cluster_texts) add_copy(chosen.articles[i], i == 0, *canonical);
      json_.end_object();
    }
    json_.end_array();
    if (!canonical) return;
    const std::size_t before = out_.size();
    json_.key("x");
    add_text(json_, *canonical);
    text_bytes_ += out_.size() - before;
    ++outcome_.with_texts;
  }

  void add_member(const ListedMember& member) {
    const auto headline = headlines_.find(member.title);
    json_.member("id", member.id)
        .member("s", sources_.number_of(member.source))
        .member("h", headline == headlines_.end() ? -1 : static_cast<int>(headline->second));
    if (member.published) json_.member("p", *member.published);
    if (member.kept) json_.member("k", 1);
    if (member.relation) {
      json_.member("r", name(*member.relation))
          .member("j", percent(member.jaccard))
          .member("q", percent(member.containment))
          .member("d", percent(member.contained));
    }
    if (member.own) json_.member("o", percent(*member.own));
    if (!member.agency.empty()) json_.member("a", agencies_.number_of(member.agency));
    if (!member.version.empty()) json_.member("v", member.version);
  }

  /// A member's text, as edits of the canonical's text.
  void add_copy(ArticleId article, bool is_canonical, const ReadText& canonical) {
    if (article == kNoArticle) return;
    const std::size_t before = out_.size();
    const ReadText text = is_canonical ? canonical : reader_->read(article, material_.line(article));
    if (!text.url.empty()) json_.member("u", text.url);
    json_.member("w", text.words);
    if (!is_canonical) {
      json_.key("e");
      add_edits(json_, canonical, text);
    }
    text_bytes_ += out_.size() - before;
  }

  void add_pairs(const ChosenCluster& chosen) {
    const std::vector<ArticleId>& articles = chosen.articles;
    if (!reader_ || articles.size() > budget_.matrix) return;
    if (std::find(articles.begin(), articles.end(), kNoArticle) != articles.end()) return;
    Matcher matcher(material_.feed()->corpus(), material_.feed()->profiles(), material_.feed()->options());
    json_.key("i").begin_array();
    for (std::size_t j = 1; j < articles.size(); ++j) {
      matcher.load(articles[j]);
      for (std::size_t i = 0; i < j; ++i) json_.value(percent(matcher.measure(articles[i]).agreement()));
    }
    json_.end_array();
  }

  void add_threshold() {
    const ThresholdStudy* study = material_.study();
    if (study == nullptr) return;
    json_.key("threshold").begin_object();
    json_.member("own", material_.feed()->options().threshold)
        .member("candidates", study->candidates)
        .member("never", study->never);
    json_.key("bins").begin_array();
    for (const std::uint64_t pairs : study->histogram) json_.value(pairs);
    json_.end_array().key("curve").begin_array();
    for (const double probability : study->found_with_probability) json_.value(probability, 3);
    json_.end_array().key("whatIf").begin_array();
    for (const WhatIf& what_if : study->what_if) {
      json_.begin_array().value(what_if.threshold).value(what_if.removed).value(what_if.clusters);
      json_.value(what_if.largest).end_array();
    }
    json_.end_array().end_object();
  }

  void add_tray() {
    json_.key("tray").begin_array();
    for (const TrayPair& pair : material_.tray()) add_pair(pair);
    json_.end_array();
  }

  void add_pair(const TrayPair& tray) {
    const ScoredPair& pair = tray.pair;
    const ReadText first = reader_->read(pair.first, material_.line(pair.first));
    const ReadText second = reader_->read(pair.second, material_.line(pair.second));
    json_.begin_object()
        .member("z", tray.side)
        .member("t", pair.threshold)
        .member("j", percent(pair.similarity.jaccard()))
        .member("q", percent(pair.similarity.containment()))
        .member("d", percent(pair.similarity.contained()))
        .member("l", tray.is_linked ? 1 : 0)
        .member("wt", tray.weight, 2);
    json_.key("p").begin_array();
    add_article(pair.first, first);
    add_article(pair.second, second);
    json_.end_array().key("x");
    add_text(json_, first);
    json_.key("e");
    add_edits(json_, first, second);
    json_.end_object();
  }

  void add_article(ArticleId article, const ReadText& text) {
    const Corpus& corpus = material_.feed()->corpus();
    json_.begin_object()
        .member("id", corpus.id(article))
        .member("s", sources_.number_of(corpus.source(article)))
        .member("t", corpus.title(article))
        .member("w", text.words);
    if (corpus.record(article).published != kNoDate) json_.member("p", corpus.record(article).published);
    if (!text.url.empty()) json_.member("u", text.url);
    if (!text.language.empty()) json_.member("g", languages_.number_of(text.language));
    json_.end_object();
  }

  void add_shown() {
    outcome_.clusters = material_.clusters();
    outcome_.warnings = material_.warnings();
    json_.key("shown").begin_object();
    json_.member("clusters", outcome_.clusters)
        .member("listed", outcome_.listed)
        .member("texts", outcome_.with_texts)
        .member("outlets", material_.outlets().outlets().size())
        .end_object();
    json_.key("warnings").begin_array();
    for (const std::string& warning : outcome_.warnings) json_.value(warning);
    json_.end_array();
  }

  const std::filesystem::path& result_;
  const ReportBudget& budget_;
  const ReportMaterial& material_;
  ReportOutcome& outcome_;
  std::string out_;
  JsonWriter json_;
  std::optional<TextReader> reader_;
  NameList sources_, agencies_, languages_;
  NameMap<std::size_t, std::string_view> headlines_;  // of the current cluster
  std::size_t text_bytes_ = 0;                        // of the current cluster
};

}  // namespace

std::string make_report_data(const std::filesystem::path& result, const ReportBudget& budget,
                             const Workspace& workspace, RunContext& context, ReportOutcome& outcome) {
  const ReportMaterial material(result, budget.members_listed, workspace, context);
  return ReportData(result, budget, material, outcome).make();
}

}  // namespace wirecopy
