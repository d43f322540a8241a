#include "python/result_tables.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "base/file_name_text.hpp"
#include "cluster/provenance.hpp"

namespace wirecopy::python {
namespace {

/// The name of the file of an article, converted to UTF-8, as required by a column of text.
std::string file_of(const Collection& collection, const LinePosition& place) {
  return text_of_file_name(collection.inputs()[place.input].name);
}

using Type = ColumnType;

std::optional<std::int64_t> date(std::int64_t published) {
  if (published == kNoDate) return std::nullopt;
  return published;
}

/// Empty for an empty text, which becomes None.
std::optional<std::string_view> filled(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

// ---- scores, which several tables contain ----

constexpr std::size_t kScores = 8;

std::vector<Column> with_scores(std::vector<Column> columns) {
  columns.emplace_back("relation", Type::string);
  columns.emplace_back("agreement", Type::float64);
  columns.emplace_back("jaccard", Type::float64);
  columns.emplace_back("containment", Type::float64);
  columns.emplace_back("contained", Type::float64);
  columns.emplace_back("shared", Type::uint32);
  columns.emplace_back("raw_jaccard", Type::float64);
  columns.emplace_back("raw_containment", Type::float64);
  return columns;
}

void add_scores(std::vector<Column>& columns, std::size_t at, Relation relation, const Similarity& similarity) {
  columns[at].add(name(relation));
  columns[at + 1].add(similarity.agreement());
  columns[at + 2].add(similarity.jaccard());
  columns[at + 3].add(similarity.containment());
  columns[at + 4].add(similarity.contained());
  columns[at + 5].add(similarity.shared);
  columns[at + 6].add(similarity.raw_jaccard());
  columns[at + 7].add(similarity.raw_containment());
}

void add_evidence(std::vector<Column>& columns, std::size_t at, const Decision* decision) {
  if (decision != nullptr && decision->match != kNoArticle) {
    return add_scores(columns, at, decision->relation, decision->similarity);
  }
  for (std::size_t i = at; i < at + kScores; ++i) columns[i].add_null();
}

// ---- articles ----

class ArticleRows {
 public:
  explicit ArticleRows(const Collection& collection)
      : collection_(collection),
        corpus_(collection.corpus()),
        decisions_(collection.resolution(), corpus_.size()),
        columns_(with_scores({{"row", Type::uint64},
                              {"id", Type::string},
                              {"cluster", Type::string},
                              {"kept", Type::boolean},
                              {"canonical", Type::string},
                              {"match", Type::string},
                              {"match_row", Type::uint64}})) {
    columns_.emplace_back("file", Type::string);
    columns_.emplace_back("line", Type::uint64);
  }

  std::vector<Column> run() {
    for (std::uint32_t i = 0; i < corpus_.size(); ++i) add(ArticleId{i});
    return std::move(columns_);
  }

 private:
  void add(ArticleId article) {
    const ArticleRecord& record = corpus_.record(article);
    const Decision* const decision = decisions_.decision(article);
    const bool is_removed = decision != nullptr && !decision->kept;
    columns_[0].add(record.ordinal);
    columns_[1].add(corpus_.id(article));
    add_cluster(decisions_.cluster(article));
    columns_[3].add(!is_removed);
    columns_[5].add(is_removed ? std::optional(corpus_.id(decision->match)) : std::nullopt);
    columns_[6].add(is_removed ? std::optional(corpus_.record(decision->match).ordinal) : std::nullopt);
    add_evidence(columns_, 7, decision);
    const bool is_of_file = !collection_.inputs().empty();
    const std::string file = is_of_file ? file_of(collection_, record.place) : std::string();
    columns_[7 + kScores].add(is_of_file ? std::optional<std::string_view>(file) : std::nullopt);
    columns_[8 + kScores].add(is_of_file ? std::optional<std::uint64_t>(record.place.line) : std::nullopt);
  }

  void add_cluster(const ResolvedCluster* cluster) {
    if (cluster == nullptr) {
      columns_[2].add_null(), columns_[4].add_null();
    } else {
      columns_[2].add(cluster->id());
      columns_[4].add(corpus_.id(cluster->members.front().article));
    }
  }

  const Collection& collection_;
  const Corpus& corpus_;
  DecisionTable decisions_;
  std::vector<Column> columns_;
};

// ---- clusters ----

class ClusterRows {
 public:
  explicit ClusterRows(const Corpus& corpus) : corpus_(corpus) {}

  std::vector<Column> run(const ClusterTable& clusters) {
    for (const ResolvedCluster& cluster : clusters) add(cluster);
    std::vector<Column> columns;
    for (Column* column : {&id_, &canonical_, &size_, &cohesion_, &sources_, &first_published_, &last_published_,
                           &first_seen_, &agency_, &outlets_, &headlines_, &members_}) {
      columns.push_back(std::move(*column));
    }
    return columns;
  }

 private:
  static Column list_of_structs(std::string name, std::vector<Column> fields) {
    std::vector<Column> item;
    item.emplace_back("item", Type::structure, std::move(fields));
    return {std::move(name), Type::list, std::move(item)};
  }

  void add(const ResolvedCluster& cluster) {
    id_.add(cluster.id());
    canonical_.add(corpus_.id(cluster.members.front().article));
    size_.add(static_cast<std::uint64_t>(cluster.members.size()));
    cohesion_.add(cluster.cohesion);
    add_sources(cluster);
    add_dates(cluster);
    const Provenance provenance = find_provenance(corpus_, cluster.members);
    add_first_seen(provenance.first_seen);
    agency_.add(filled(provenance.agency == AgencyId::none ? std::string_view() : name(provenance.agency)));
    add_outlets(provenance);
    add_headlines(provenance);
    for (const Decision& member : cluster.members) add_member(member);
    members_.end_list();
  }

  void add_sources(const ResolvedCluster& cluster) {
    std::vector<std::string_view> sources;
    for (const Decision& member : cluster.members) sources.push_back(corpus_.source(member.article));
    std::sort(sources.begin(), sources.end());
    sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
    for (const std::string_view source : sources) sources_.child(0).add(source);
    sources_.end_list();
  }

  void add_dates(const ResolvedCluster& cluster) {
    std::int64_t first = std::numeric_limits<std::int64_t>::max(), last = kNoDate;
    for (const Decision& member : cluster.members) {
      const std::int64_t published = corpus_.record(member.article).published;
      if (published == kNoDate) continue;
      first = std::min(first, published);
      last = std::max(last, published);
    }
    first_published_.add(last == kNoDate ? std::nullopt : date(first));
    last_published_.add(date(last));
  }

  void add_first_seen(ArticleId article) {
    if (article == kNoArticle) return first_seen_.add_null();
    first_seen_.child(0).add(corpus_.id(article));
    first_seen_.child(1).add(corpus_.source(article));
    first_seen_.child(2).add(date(corpus_.record(article).published));
    first_seen_.end_struct();
  }

  void add_outlets(const Provenance& provenance) {
    Column& item = outlets_.child(0);
    for (const Outlet& outlet : provenance.outlets) {
      item.child(0).add(outlet.source);
      item.child(1).add(date(outlet.published));
      item.child(2).add(outlet.lag_seconds);
      item.end_struct();
    }
    outlets_.end_list();
  }

  void add_headlines(const Provenance& provenance) {
    Column& item = headlines_.child(0);
    for (const Headline& headline : provenance.headlines) {
      item.child(0).add(headline.title);
      item.child(1).add(headline.count);
      item.end_struct();
    }
    headlines_.end_list();
  }

  void add_member(const Decision& member) {
    const ArticleRecord& record = corpus_.record(member.article);
    Column& item = members_.child(0);
    std::vector<Column>& fields = item.children();
    fields[0].add(record.ordinal);
    fields[1].add(corpus_.id(member.article));
    fields[2].add(corpus_.source(member.article));
    fields[3].add(date(record.published));
    fields[4].add(corpus_.title(member.article));
    fields[5].add(member.kept);
    fields[6].add(member.kept ? std::nullopt : std::optional(corpus_.id(member.match)));
    add_evidence(fields, 7, &member);
    fields[7 + kScores].add(own_share(member));
    fields[8 + kScores].add(filled(record.agency == AgencyId::none ? std::string_view() : name(record.agency)));
    fields[9 + kScores].add(record.version ? std::optional(describe(record.version)) : std::nullopt);
    item.end_struct();
  }

  static std::vector<Column> member_fields() {
    std::vector<Column> fields = with_scores({{"row", Type::uint64},
                                              {"id", Type::string},
                                              {"source", Type::string},
                                              {"published", Type::seconds},
                                              {"title", Type::string},
                                              {"kept", Type::boolean},
                                              {"match", Type::string}});
    fields.emplace_back("own", Type::float64);
    fields.emplace_back("agency", Type::string);
    fields.emplace_back("version", Type::string);
    return fields;
  }

  const Corpus& corpus_;
  Column id_{"cluster", Type::string};
  Column canonical_{"canonical", Type::string};
  Column size_{"size", Type::uint64};
  Column cohesion_{"cohesion", Type::float64};
  Column sources_{"sources", Type::list, {{"item", Type::string}}};
  Column first_published_{"first_published", Type::seconds};
  Column last_published_{"last_published", Type::seconds};
  Column first_seen_{
      "first_seen", Type::structure, {{"id", Type::string}, {"source", Type::string}, {"published", Type::seconds}}};
  Column agency_{"agency", Type::string};
  Column outlets_ = list_of_structs(
      "outlets", {{"source", Type::string}, {"published", Type::seconds}, {"lag_seconds", Type::int64}});
  Column headlines_ = list_of_structs("headlines", {{"title", Type::string}, {"count", Type::uint32}});
  Column members_ = list_of_structs("members", member_fields());
};

}  // namespace

Table articles_table(const Collection& collection) { return Table(ArticleRows(collection).run()); }

Table clusters_table(const Collection& collection) {
  return Table(ClusterRows(collection.corpus()).run(collection.resolution().clusters));
}

Table matches_table(const Collection& collection) {
  const Corpus& corpus = collection.corpus();
  std::vector<Column> columns =
      with_scores({{"a", Type::string}, {"b", Type::string}, {"row_a", Type::uint64}, {"row_b", Type::uint64}});
  for (const auto* matches : {&collection.resolution().matches, &collection.resolution().equal}) {
    for (const ArticleMatch& match : *matches) {
      columns[0].add(corpus.id(match.first));
      columns[1].add(corpus.id(match.second));
      columns[2].add(corpus.record(match.first).ordinal);
      columns[3].add(corpus.record(match.second).ordinal);
      add_scores(columns, 4, match.relation, match.similarity);
    }
  }
  return Table(std::move(columns));
}

Table boilerplate_table(const Collection& collection, const std::vector<BoilerplateBlock>& blocks) {
  const Corpus& corpus = collection.corpus();
  std::vector<Column> columns{{"source", Type::string}, {"text", Type::string},    {"articles", Type::uint32},
                              {"sample", Type::uint32}, {"example", Type::string}, {"example_row", Type::uint64}};
  for (const BoilerplateBlock& block : blocks) {
    columns[0].add(block.is_shared ? std::nullopt : std::optional(corpus.source(block.example)));
    columns[1].add(filled(block.text));
    columns[2].add(block.articles);
    columns[3].add(block.sample);
    columns[4].add(corpus.id(block.example));
    columns[5].add(corpus.record(block.example).ordinal);
  }
  return Table(std::move(columns));
}

Table rejects_table(const Collection& collection) {
  std::vector<Column> columns{{"row", Type::uint64},  {"reason", Type::string}, {"file", Type::string},
                              {"line", Type::uint64}, {"offset", Type::uint64}, {"message", Type::string},
                              {"text", Type::string}};
  for (const RejectedRow& rejected : collection.rejects()) {
    const Reject& reject = rejected.reject;
    const bool is_of_file = !collection.inputs().empty();
    is_of_file ? columns[0].add_null() : columns[0].add(rejected.row);
    columns[1].add(name(reject.reason));
    const std::string file = is_of_file ? file_of(collection, reject.place) : std::string();
    columns[2].add(is_of_file ? std::optional<std::string_view>(file) : std::nullopt);
    columns[3].add(is_of_file ? std::optional<std::uint64_t>(reject.place.line) : std::nullopt);
    columns[4].add(is_of_file ? std::optional<std::uint64_t>(reject.place.offset) : std::nullopt);
    columns[5].add(filled(reject.message));
    columns[6].add(filled(reject.line));
  }
  return Table(std::move(columns));
}

std::vector<std::uint64_t> kept_rows(const Collection& collection) {
  const Corpus& corpus = collection.corpus();
  const DecisionTable decisions(collection.resolution(), corpus.size());
  std::vector<std::uint64_t> rows;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    if (decisions.is_kept(ArticleId{i})) rows.push_back(corpus.record(ArticleId{i}).ordinal);
  }
  return rows;
}

}  // namespace wirecopy::python
