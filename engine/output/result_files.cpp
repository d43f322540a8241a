#include "output/result_files.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>

#include "base/cancellation.hpp"
#include "base/file_name_text.hpp"
#include "base/json_writer.hpp"
#include "cluster/provenance.hpp"
#include "feed/date.hpp"
#include "feed/second_reading.hpp"

namespace wirecopy {
namespace {

std::optional<std::string> date_of(std::int64_t published) {
  if (published == kNoDate) return std::nullopt;
  return format_date(published);
}

void add_scores(JsonWriter& json, Relation relation, const Similarity& similarity) {
  json.member("relation", name(relation))
      .member("agreement", similarity.agreement())
      .member("jaccard", similarity.jaccard())
      .member("containment", similarity.containment())
      .member("contained", similarity.contained())
      .member("shared", similarity.shared)
      .member("raw_jaccard", similarity.raw_jaccard())
      .member("raw_containment", similarity.raw_containment());
}

void add_no_scores(JsonWriter& json) {
  for (const char* key :
       {"relation", "agreement", "jaccard", "containment", "contained", "shared", "raw_jaccard", "raw_containment"}) {
    json.member(key, nullptr);
  }
}

/// The scores of a removed article against its match; those of a kept member against the canonical.
void add_evidence(JsonWriter& json, const Decision& decision) {
  if (decision.match == kNoArticle) return add_no_scores(json);
  add_scores(json, decision.relation, decision.similarity);
}

void add_no_match(JsonWriter& json) {
  json.member("match", nullptr).member("match_file", nullptr).member("match_line", nullptr);
}

/// Ids may occur twice in a feed, but the file and line of the match are unambiguous.
void add_match(JsonWriter& json, const Corpus& corpus, std::span<const std::string> files, const Decision& decision) {
  if (decision.kept) return add_no_match(json);
  const LinePosition& place = corpus.record(decision.match).place;
  json.member("match", corpus.id(decision.match));
  json.member("match_file", files[place.input]).member("match_line", place.line);
}

/// An article that an index knows: the match is an article of the index.
void add_known(JsonWriter& json, const Corpus& corpus, const ResolvedCluster* cluster, const KnownCopy& known) {
  json.key("cluster");
  cluster == nullptr ? json.value(nullptr) : json.value(cluster->id());
  json.member("kept", false).key("canonical");
  cluster == nullptr ? json.value(nullptr) : json.value(corpus.id(cluster->members.front().article));
  json.member("match", known.id).member("match_file", nullptr).member("match_line", nullptr);
  add_scores(json, known.relation, known.similarity);
  json.key("index_cluster");
  known.cluster.empty() ? json.value(nullptr) : json.value(known.cluster);
}

/// The members of an article without a cluster, which are always the same. Most articles are of this kind.
const std::string kAlone = [] {
  std::string members;
  JsonWriter json(members);
  json.member("cluster", nullptr).member("kept", true).member("canonical", nullptr);
  add_no_match(json);
  add_no_scores(json);
  return members;
}();

void add_article(JsonWriter& json, const Corpus& corpus, ArticleId article, const DecisionTable& decisions,
                 std::span<const std::string> files) {
  const ResolvedCluster* cluster = decisions.cluster(article);
  const Decision* decision = decisions.decision(article);
  json.member("id", corpus.id(article));
  if (const KnownCopy* known = decisions.known(article)) return add_known(json, corpus, cluster, *known);
  if (cluster == nullptr) {
    json.raw(kAlone);
    return;
  }
  json.member("cluster", cluster->id()).member("kept", decision->kept);
  json.member("canonical", corpus.id(cluster->members.front().article));
  add_match(json, corpus, files, *decision);
  add_evidence(json, *decision);
}

void add_member(JsonWriter& json, const Corpus& corpus, const Decision& decision, const KnownCopies& known) {
  const ArticleRecord& record = corpus.record(decision.article);
  const auto copy = known.find(decision.article);
  json.begin_object()
      .member("id", corpus.id(decision.article))
      .member("source", corpus.source(decision.article))
      .member("published", date_of(record.published))
      .member("title", corpus.title(decision.article))
      .member("kept", decision.kept && copy == known.end());
  if (copy != known.end()) {
    json.member("match", copy->second.id);
    add_scores(json, copy->second.relation, copy->second.similarity);
  } else {
    json.member("match", decision.kept ? std::nullopt : std::optional(corpus.id(decision.match)));
    add_evidence(json, decision);
  }
  json.member("own", own_share(decision));
  if (record.agency != AgencyId::none) json.member("agency", name(record.agency));
  if (record.version) json.member("version", describe(record.version));
  json.end_object();
}

void add_first_seen(JsonWriter& json, const Corpus& corpus, ArticleId first_seen) {
  if (first_seen == kNoArticle) {
    json.member("first_seen", nullptr);
    return;
  }
  json.key("first_seen")
      .begin_object()
      .member("id", corpus.id(first_seen))
      .member("source", corpus.source(first_seen))
      .member("published", date_of(corpus.record(first_seen).published))
      .end_object();
}

void add_provenance(JsonWriter& json, const Corpus& corpus, const ResolvedCluster& cluster) {
  const Provenance provenance = find_provenance(corpus, cluster.members);
  add_first_seen(json, corpus, provenance.first_seen);
  json.key("agency");
  provenance.agency == AgencyId::none ? json.value(nullptr) : json.value(name(provenance.agency));
  json.key("outlets").begin_array();
  for (const Outlet& outlet : provenance.outlets) {
    json.begin_object()
        .member("source", outlet.source)
        .member("published", date_of(outlet.published))
        .member("lag_seconds", outlet.lag_seconds)
        .end_object();
  }
  json.end_array().key("headlines").begin_array();
  for (const Headline& headline : provenance.headlines) {
    json.begin_object().member("title", headline.title).member("count", headline.count).end_object();
  }
  json.end_array();
}

void add_sources(JsonWriter& json, const Corpus& corpus, const ResolvedCluster& cluster) {
  std::vector<std::string_view> sources;
  for (const Decision& member : cluster.members) sources.push_back(corpus.source(member.article));
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  json.key("sources").begin_array();
  for (const std::string_view source : sources) json.value(source);
  json.end_array();
}

void add_dates(JsonWriter& json, const Corpus& corpus, const ResolvedCluster& cluster) {
  std::int64_t first = std::numeric_limits<std::int64_t>::max(), last = kNoDate;
  for (const Decision& member : cluster.members) {
    const std::int64_t published = corpus.record(member.article).published;
    if (published == kNoDate) continue;
    first = std::min(first, published);
    last = std::max(last, published);
  }
  json.member("first_published", last == kNoDate ? std::nullopt : date_of(first));
  json.member("last_published", date_of(last));
}

class WriterSink : public ByteSink {
 public:
  WriterSink(BufferedWriter& out, const std::stop_token& stop) : out_(out), stop_(stop) {}
  void write(std::string_view bytes) override {
    throw_if_stopped(stop_);
    out_.append(bytes);
  }
  void wait() override { throw_if_stopped(stop_); }

 private:
  BufferedWriter& out_;
  const std::stop_token& stop_;
};

class TeeSink : public ByteSink {
 public:
  TeeSink(ByteSink& first, ByteSink* second) : first_(first), second_(second) {}
  void write(std::string_view bytes) override {
    first_.write(bytes);
    second_->write(bytes);
  }

 private:
  ByteSink& first_;
  ByteSink* second_;
};

}  // namespace

std::vector<std::string> other_result_files() {
  return {"articles.jsonl", "boilerplate.jsonl", "boilerplate.model", "clusters.jsonl",
          "matches.jsonl",  "rejects.jsonl",     "unique.jsonl"};
}

void write_articles(const Corpus& corpus, const DecisionTable& decisions, std::span<const Input> inputs,
                    BufferedWriter& out, const std::stop_token& stop) {
  std::vector<std::string> files;
  for (const Input& input : inputs) files.push_back(text_of_file_name(input.name));
  std::string line;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    throw_if_stopped(stop);
    line.clear();
    JsonWriter json(line);
    json.begin_object();
    add_article(json, corpus, ArticleId{i}, decisions, files);
    const LinePosition& place = corpus.record(ArticleId{i}).place;
    json.member("file", files[place.input]).member("line", place.line).end_object().end_line();
    out.append(line);
  }
}

void write_clusters(const Corpus& corpus, const Resolution& resolution, BufferedWriter& out) {
  std::string line;
  for (const ResolvedCluster& cluster : resolution.clusters) {
    line.clear();
    JsonWriter json(line);
    json.begin_object()
        .member("cluster", cluster.id())
        .member("canonical", corpus.id(cluster.members.front().article))
        .member("size", cluster.members.size())
        .member("cohesion", cluster.cohesion);
    add_sources(json, corpus, cluster);
    add_dates(json, corpus, cluster);
    add_provenance(json, corpus, cluster);
    json.key("members").begin_array();
    for (const Decision& member : cluster.members) add_member(json, corpus, member, resolution.known);
    json.end_array().end_object().end_line();
    out.append(line);
  }
}

void write_matches(const Corpus& corpus, const Resolution& resolution, BufferedWriter& out) {
  std::string line;
  const auto write = [&](ArticleId first, ArticleId second, Relation relation, const Similarity& similarity) {
    line.clear();
    JsonWriter json(line);
    json.begin_object().member("a", corpus.id(first)).member("b", corpus.id(second));
    add_scores(json, relation, similarity);
    json.end_object().end_line();
    out.append(line);
  };
  for (const ArticleMatch& match : resolution.matches)
    write(match.first, match.second, match.relation, match.similarity);
  for (const ArticleMatch& match : resolution.equal) write(match.first, match.second, match.relation, match.similarity);
}

std::string format_reject(const Reject& reject, std::span<const Input> inputs) {
  std::string line;
  JsonWriter json(line);
  json.begin_object()
      .member("file", text_of_file_name(inputs[reject.place.input].name))
      .member("line", reject.place.line)
      .member("offset", reject.place.offset)
      .member("reason", name(reject.reason));
  if (!reject.message.empty()) json.member("message", reject.message);
  if (!reject.line.empty()) json.member("text", reject.line);
  json.end_object().end_line();
  return line;
}

std::vector<UniquePart> parts_of_unique(const Corpus& corpus, const DecisionTable& decisions,
                                        const std::vector<InputRecord>& records, std::uint64_t min_bytes) {
  std::vector<UniquePart> parts(1);
  parts.back().last = ArticleId{static_cast<std::uint32_t>(corpus.size())};
  // How much a document gives is known only once it is written.
  const auto is_document = [](const InputRecord& record) { return record.layout == Layout::document; };
  if (std::ranges::any_of(records, is_document)) return parts;
  std::uint64_t offset = 0;
  std::uint32_t input = 0;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const LinePosition& place = corpus.record(ArticleId{i}).place;
    const bool can_begin = place.input != input || can_read_anywhere(records[place.input]);
    if (can_begin && offset - parts.back().offset >= min_bytes) {
      parts.back().last = ArticleId{i};
      parts.push_back({ArticleId{i}, {}, offset});
    }
    input = place.input;
    if (decisions.is_kept(ArticleId{i})) offset += *copied_bytes(records[input], place.offset, place.length);
  }
  parts.back().last = ArticleId{static_cast<std::uint32_t>(corpus.size())};
  return parts;
}

void write_unique(const Corpus& corpus, const DecisionTable& decisions, const std::vector<InputRecord>& records,
                  BufferedWriter& out, const std::stop_token& stop) {
  write_unique(corpus, decisions, records, {{}, ArticleId{static_cast<std::uint32_t>(corpus.size())}, 0}, out, stop);
}

void write_unique(const Corpus& corpus, const DecisionTable& decisions, const std::vector<InputRecord>& records,
                  const UniquePart& part, BufferedWriter& out, const std::stop_token& stop, const OtherLines& others) {
  WriterSink sink(out, stop);
  TeeSink both(sink, others.sink);
  LineCopier copier(records, sink);
  auto other = others.articles.begin();
  for (std::uint32_t i = number(part.first); i < number(part.last); ++i) {
    const bool is_kept = decisions.is_kept(ArticleId{i});
    const bool is_other = other != others.articles.end() && *other == ArticleId{i};
    if (is_other) ++other;
    if (!is_kept && !is_other) continue;
    ByteSink& only = is_kept ? static_cast<ByteSink&>(sink) : *others.sink;
    copier.copy(corpus.record(ArticleId{i}).place, is_kept && is_other ? both : only);
  }
  copier.finish();
}

}  // namespace wirecopy
