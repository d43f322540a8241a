#include "index/decision_json.hpp"

#include "base/json_writer.hpp"

namespace wirecopy {
namespace {

void append_strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& strings) {
  json.key(key).begin_array();
  for (const std::string& each : strings) json.value(each);
  json.end_array();
}

}  // namespace

void append_json(std::string& out, const Index::Decision& decision) {
  JsonWriter json(out);
  json.begin_object().member("id", decision.id).member("outcome", name(decision.outcome));
  json.key("relation");
  decision.relation ? json.value(name(*decision.relation)) : json.value("new");
  json.member("duplicate", decision.duplicate);
  if (decision.relation) json.member("match", decision.match);
  if (!decision.cluster.empty()) json.member("cluster", decision.cluster).member("canonical", decision.canonical);
  if (decision.relation && decision.outcome != Index::Outcome::unchanged) {
    const Similarity& s = decision.similarity;
    json.member("agreement", s.agreement());
    json.member("containment", s.containment()).member("contained", s.contained()).member("jaccard", s.jaccard());
    json.member("shared", s.shared);
  }
  if (decision.version > 1) json.member("version", decision.version);
  json.end_object().end_line();
}

void append_json(std::string& out, const Index::Event& event) {
  JsonWriter json(out);
  json.begin_object().member("number", event.number).member("time", event.time).member("event", name(event.change));
  json.member("cluster", event.cluster);
  if (event.change == Index::Change::merged) json.member("from", event.other);
  if (event.change == Index::Change::split) {
    json.key("to");
    event.other.empty() ? json.value(nullptr) : json.value(event.other);
  }
  if (event.change != Index::Change::merged) append_strings(json, "articles", event.articles);
  json.end_object().end_line();
}

void append_json(std::string& out, const Index::Cluster& cluster) {
  JsonWriter json(out);
  json.begin_object().member("id", cluster.id);
  if (!cluster.became.empty()) json.member("became", cluster.became);
  json.key("members").begin_array();
  for (const Index::Member& member : cluster.members) {
    json.begin_object().member("id", member.id).member("source", member.source);
    json.member("published", member.published).member("time", member.time).end_object();
  }
  json.end_array().end_object().end_line();
}

void append_json(std::string& out, const Index::Statistics& s) {
  JsonWriter json(out);
  json.begin_object().member("articles", s.articles).member("added", s.added).member("clusters", s.clusters);
  json.member("events", s.events).member("sources", s.sources).member("boilerplate_shingles", s.boilerplate);
  json.member("shared_boilerplate_shingles", s.shared_boilerplate);
  json.member("generations", s.generations).member("postings", s.postings);
  json.member("memory_bytes", s.memory_bytes).member("disk_bytes", s.disk_bytes);
  json.member("now", s.now).member("cutoff", s.cutoff).member("window", s.window);
  json.member("dated_ahead", s.dated_ahead);
  json.key("options").begin_object().member("method", name(s.options.method)).member("threshold", s.options.threshold);
  json.member("recall", s.options.recall).member("shingle", s.options.shingle).member("seed", s.options.seed);
  json.member("title", s.options.title).member("boilerplate", s.options.boilerplate);
  json.member("keep", name(s.options.keep)).end_object().end_object().end_line();
}

}  // namespace wirecopy
