#include "output/summary.hpp"

#include <fmt/format.h>

#include <vector>
#include <wirecopy/version.hpp>

#include "base/file_name_text.hpp"
#include "base/hash.hpp"
#include "base/json_writer.hpp"
#include "lsh/banding.hpp"

namespace wirecopy {
namespace {

/// The model loaded at the start of a run affects its results like an option.
std::string fingerprint_of(const RunSummary& summary) {
  std::string of_options = fingerprint(summary.options);
  if (!summary.boilerplate_model) return of_options;
  const Digest digest = Hasher(0).digest(of_options + *summary.boilerplate_model);
  return fmt::format("{:016x}{:016x}", digest.high, digest.low);
}

/// The roles whose paths the user chose.
void add_fields(JsonWriter& json, const FieldMap& fields) {
  const FieldMap usual;
  json.key("fields").begin_object();
  for (const Role role : kAllRoles) {
    const std::vector<FieldPath>& paths = fields.candidates(role);
    const std::vector<FieldPath>& known = usual.candidates(role);
    if (paths.size() != known.size() || paths.front().name != known.front().name)
      json.member(name(role), paths.front().name);
  }
  json.end_object();
  if (!fields.records().empty()) json.member("records", fields.records());
}

void add_parameters(JsonWriter& json, const RunSummary& summary) {
  const Options& options = summary.options;
  json.key("parameters").begin_object();
  json.member("fingerprint", fingerprint_of(summary))
      .member("method", name(options.method))
      .member("threshold", options.threshold, 15)
      .member("shingle", options.shingle)
      .member("title", options.title)
      .member("boilerplate", options.boilerplate ? "auto" : "off")
      .member("boilerplate_model", summary.boilerplate_model)
      .member("within", options.within)
      .member("keep", name(options.keep))
      .member("seed", options.seed);
  if (options.method == Method::minhash) {
    const Banding banding = choose_banding(jaccard_at(options.threshold), options.recall);
    json.member("recall", options.recall).member("bands", banding.bands).member("rows", banding.rows);
  }
  if (options.method == Method::simhash) json.member("distance", options.distance);
  add_fields(json, *summary.fields);
  json.end_object();
}

void add_counts(JsonWriter& json, const RunSummary& summary) {
  const FeedCounts& counts = *summary.counts;
  const Resolution& resolution = *summary.resolution;
  std::uint64_t clustered = 0;
  for (const ResolvedCluster& cluster : resolution.clusters) clustered += cluster.members.size();
  json.key("counts").begin_object();
  json.member("read", counts.articles + counts.rejected)
      .member("kept", counts.articles - resolution.duplicates)
      .member("duplicate", resolution.duplicates)
      .member("rejected", counts.rejected)
      .member("clusters", resolution.clusters.size())
      .member("clustered", clustered)
      .member("duplicate_ids", summary.duplicate_ids)
      .member("bytes", counts.bytes);
  json.key("rejected_for").begin_object();
  for (int reason = 0; reason < kRejectReasons; ++reason) {
    const std::uint64_t count = counts.reasons[static_cast<std::size_t>(reason)];
    if (count > 0) json.member(name(static_cast<RejectReason>(reason)), count);
  }
  json.end_object().end_object();
}

void add_search(JsonWriter& json, const Options& options, const Resolution& resolution) {
  json.key("search").begin_object();
  json.member("equal_groups", resolution.equal_groups)
      .member("candidates", resolution.candidates.pairs)
      .member("verified", resolution.verified)
      .member("matches", resolution.matches.size())
      .member("buckets", resolution.candidates.buckets)
      .member("largest_bucket", resolution.candidates.largest_bucket)
      .member("capped_buckets", resolution.candidates.capped_buckets)
      .member("capped_articles", resolution.candidates.capped_articles)
      .member("chains_cut", resolution.cohesion.chains_cut)
      .member("sources_with_boilerplate", resolution.boilerplate.sources());
  if (options.method == Method::simhash) json.member("distance", resolution.candidates.distance);
  json.end_object();
}

/// The regular files among the inputs as they were read, to detect changes when they are read again.
void add_inputs(JsonWriter& json, const RunSummary::Run& run) {
  json.key("inputs").begin_array();
  for (std::size_t i = 0; i < run.inputs->size(); ++i) {
    const InputRecord& record = (*run.inputs)[i];
    if (!record.identity.regular) continue;
    const Digest digest = record.identity.digest();
    json.begin_object()
        .member("file", text_of_file_name(record.input.name))
        .member("size", record.identity.size)
        .member("digest", fmt::format("{:016x}{:016x}", digest.high, digest.low))
        .member("articles", fmt::format("{:016x}", run.articles[i]));
    if (record.grew) json.member("grew", true);
    json.end_object();
  }
  json.end_array();
}

void add_run(JsonWriter& json, const RunSummary& summary) {
  const RunSummary::Run& run = summary.run;
  const double wall = run.wall_seconds > 0 ? run.wall_seconds : 1e-9;
  json.key("run").begin_object();
  json.member("version", version())
      .member("compiler", __VERSION__)
      .member("kernel", name(run.kernel))
      .member("threads", run.threads)
      .member("seconds", run.wall_seconds)
      .member("cpu_seconds", run.cpu_seconds)
      .member("megabytes_per_second", static_cast<double>(summary.counts->bytes) / 1e6 / wall, 1)
      .member("articles_per_second", static_cast<double>(summary.counts->articles) / wall, 0)
      .member("peak_memory_bytes", run.peak_memory)
      .member("peak_disk_bytes", run.peak_disk);
  json.key("stages").begin_array();
  for (const StageSeconds& stage : run.stages) {
    json.begin_object().member("stage", stage.name).member("seconds", stage.wall).member("cpu_seconds", stage.cpu);
    json.end_object();
  }
  json.end_array();
  add_inputs(json, run);
  json.end_object();
}

}  // namespace

std::vector<std::uint64_t> article_digests(const Corpus& corpus, std::size_t inputs) {
  std::vector<std::uint64_t> digests(inputs, 0);
  if (inputs == 0) return digests;  // the articles are not from files
  for (const ArticleRecord& record : corpus.records()) {
    const LinePosition& place = record.place;
    digests[place.input] = mix64(digests[place.input] ^ place.digest) + mix64(place.offset);
  }
  return digests;
}

std::string format_summary(const RunSummary& summary) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  add_counts(json, summary);
  add_search(json, summary.options, *summary.resolution);
  if (!summary.recall_check.empty()) json.key("check_recall").raw(summary.recall_check);
  add_parameters(json, summary);
  json.member("fields", summary.counts->usage.describe(*summary.fields));
  json.key("inputs").begin_array();
  for (const Input& input : summary.inputs) json.value(text_of_file_name(input.name));
  json.end_array();
  add_run(json, summary);
  json.end_object().end_line();
  return text;
}

}  // namespace wirecopy
