#include "pipeline/dedup.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_sort.h>
#include <oneapi/tbb/task_arena.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>

#include "base/buffered_writer.hpp"
#include "base/cancellation.hpp"
#include "base/file_replacement.hpp"
#include "base/publication.hpp"
#include "base/temporary_file.hpp"
#include "boilerplate/model_file.hpp"
#include "output/result_files.hpp"
#include "pipeline/boilerplate_blocks.hpp"
#include "pipeline/resolve_phase.hpp"
#include "pipeline/sketch_phase.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

/// A file of the result under construction.
BufferedWriter result_file(const Publication& publication, const char* name) {
  const fs::path path = publication.staging() / name;
  return BufferedWriter(open_for_writing(path), (publication.target() / name).native());
}

bool is_inside(const fs::path& path, const fs::path& directory) {
  return path.native().starts_with(directory.native() + "/");
}

void refuse_inputs_in_output(const DedupRequest& request, const fs::path& target) {
  for (const Input& input : request.inputs) {
    if (input.is_stdin()) continue;
    std::error_code ignored;
    const fs::path path = fs::weakly_canonical(input.name, ignored);
    if (is_inside(path, target)) {
      throw Error(ErrorKind::usage, fmt::format("{}: an input inside the output directory would be lost", input.name));
    }
  }
}

void refuse_output_onto_input(const DedupRequest& request) {
  struct stat out {};
  if (fstat(request.kept_lines_to, &out) != 0 || !S_ISREG(out.st_mode)) return;
  for (const Input& input : request.inputs) {
    struct stat in {};
    const int failed = input.is_stdin() ? fstat(0, &in) : stat(input.name.c_str(), &in);
    if (failed == 0 && in.st_dev == out.st_dev && in.st_ino == out.st_ino) {
      throw Error(ErrorKind::usage, fmt::format("{}: the input is also the output", input.name));
    }
  }
}

/// Articles whose id was seen before, and one such id.
std::pair<std::uint64_t, std::string> count_duplicate_ids(const Corpus& corpus) {
  const Hasher hasher(0);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> ids;
  ids.reserve(corpus.size());
  for (std::uint32_t i = 0; i < corpus.size(); ++i) ids.emplace_back(hasher.hash64(corpus.id(ArticleId{i})), i);
  oneapi::tbb::parallel_sort(ids.begin(), ids.end());
  std::uint64_t count = 0;
  std::uint32_t example = UINT32_MAX;
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (ids[i].first != ids[i - 1].first) continue;
    ++count;
    example = std::min(example, ids[i].second);
  }
  return {count, count == 0 ? std::string() : std::string(corpus.id(ArticleId{example}))};
}

class DedupRun {
 public:
  DedupRun(const DedupRequest& request, const DedupEvents& events, RunContext& context)
      : request_(request), events_(events), context_(context) {}

  DedupReport run() {
    const auto start = std::chrono::steady_clock::now();
    const double cpu_start = process_cpu_seconds();
    prepare();
    sketch();
    resolution_.emplace(resolve(corpus_, request_.options, context_, &known_boilerplate_));
    report_resolution();
    if (request_.check_recall > 0) {
      report_.recall = check_recall(corpus_, request_.options, *resolution_, request_.check_recall, context_);
    }
    if (publication_) {
      find_boilerplate_blocks();
      write_result();
      summarize(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
                process_cpu_seconds() - cpu_start);
      write_model();
      throw_if_stopped(context_.stop);
      publication_->publish();
    } else {
      write_model();
      write_kept_lines();
    }
    if (model_) model_->publish();
    return std::move(report_);
  }

 private:
  void prepare() {
    load_model_file();
    if (!request_.out) return refuse_output_onto_input(request_);
    publication_.emplace(*request_.out, request_.replace);
    refuse_inputs_in_output(request_, publication_->target());
    if (model_ && is_inside(model_->target(), publication_->target())) {
      throw Error(ErrorKind::usage, fmt::format("{}: a boilerplate model inside the output directory would be lost",
                                                request_.boilerplate_model->native()));
    }
    rejects_.emplace(result_file(*publication_, "rejects.jsonl"));
  }

  [[nodiscard]] ShingleMeaning shingle_meaning() const { return {request_.options.seed, request_.options.shingle}; }

  void load_model_file() {
    if (!request_.boilerplate_model) return;
    model_.emplace(*request_.boilerplate_model);
    if (!fs::exists(model_->target())) return;
    known_boilerplate_ = load_model(model_->target(), shingle_meaning());
    known_checksum_ = checksum_of(encode_model(known_boilerplate_, shingle_meaning()));
  }

  /// The new model beside the old one, so that a full disk is noticed while nothing is published.
  void write_model() {
    if (model_) model_->write(encode_model(resolution_->boilerplate, shingle_meaning()));
  }

  void sketch() {
    BlockReader reader(request_.inputs, reader_options());
    const std::stop_callback on_stop(context_.stop, [this] { cancelled_ = true; });
    const Sketcher sketcher(request_.options, context_.kernel);
    FeedEvents events;
    events.on_mapping = events_.on_mapping;
    events.on_reject = [this](const Reject& reject) {
      if (rejects_) write_reject(reject, request_.inputs, *rejects_);
      events_.on_reject(reject);
    };
    report_.counts = sketch_feed(reader, request_.inputs, request_.fields, sketcher, 0, corpus_, events, context_);
    report_.warnings = report_.counts.usage.warnings(request_.fields);
    records_ = reader.records();
  }

  BlockReader::Options reader_options() {
    BlockReader::Options options;
    options.block_size = request_.block_size;
    options.max_line = request_.max_line;
    options.spool_directory =
        request_.spool_directory.empty() ? default_temporary_directory().native() : request_.spool_directory;
    options.cancelled = &cancelled_;
    return options;
  }

  void report_resolution() {
    report_.duplicates = resolution_->duplicates;
    report_.kept = corpus_.size() - resolution_->duplicates;
    report_.clusters = resolution_->clusters.size();
    std::tie(report_.duplicate_ids, report_.example_of_duplicate_id) = count_duplicate_ids(corpus_);
  }

  template <typename Write>
  void write_file(const char* name, Write write) {
    throw_if_stopped(context_.stop);
    BufferedWriter out = result_file(*publication_, name);
    write(out);
    out.finish();
  }

  void write_result() {
    const StageTimer timer(context_.times, "write");
    context_.progress.stage = "write";
    const DecisionTable decisions(*resolution_, corpus_.size());
    rejects_->finish();
    write_file("articles.jsonl",
               [&](auto& out) { write_articles(corpus_, decisions, request_.inputs, out, context_.stop); });
    write_file("clusters.jsonl", [&](auto& out) { write_clusters(corpus_, *resolution_, out); });
    if (request_.write_matches)
      write_file("matches.jsonl", [&](auto& out) { write_matches(corpus_, *resolution_, out); });
    BlockTexts texts(corpus_, request_.options, request_.fields, BlockLimits{}, blocks_, context_.kernel);
    write_file("unique.jsonl", [&](auto& out) {
      write_unique(corpus_, decisions, records_, out, context_.stop, {texts.examples(), &texts.sink()});
    });
    if (request_.options.boilerplate) write_boilerplate();
  }

  /// What of the boilerplate is listed; nothing if it is off.
  void find_boilerplate_blocks() {
    const StageTimer timer(context_.times, "boilerplate blocks");
    context_.progress.stage = "boilerplate blocks";
    blocks_ = find_blocks(corpus_, request_.options, resolution_->boilerplate, BlockLimits{}, context_);
  }

  void write_boilerplate() {
    write_file("boilerplate.jsonl", [&](auto& out) { write_blocks(corpus_, blocks_, out); });
    write_file("boilerplate.model",
               [&](auto& out) { out.append(encode_model(resolution_->boilerplate, shingle_meaning())); });
  }

  void write_kept_lines() {
    const StageTimer timer(context_.times, "write");
    context_.progress.stage = "write";
    throw_if_stopped(context_.stop);
    const DecisionTable decisions(*resolution_, corpus_.size());
    BufferedWriter out(request_.kept_lines_to, "standard output");
    write_unique(corpus_, decisions, records_, out, context_.stop);
    out.finish();
  }

  void summarize(double wall_seconds, double cpu_seconds) {
    RunSummary summary;
    summary.options = request_.options;
    summary.inputs = request_.inputs;
    summary.counts = &report_.counts;
    summary.fields = &request_.fields;
    summary.resolution = &*resolution_;
    summary.duplicate_ids = report_.duplicate_ids;
    summary.boilerplate_model = known_checksum_;
    if (report_.recall) summary.recall_check = format_json(*report_.recall);
    summary.run = {context_.threads,        context_.kernel,     wall_seconds, cpu_seconds,
                   context_.times.stages(), peak_memory_bytes(), &records_};
    write_file("summary.json", [&](auto& out) { out.append(format_summary(summary)); });
  }

  const DedupRequest& request_;
  const DedupEvents& events_;
  RunContext& context_;
  std::atomic<bool> cancelled_{false};
  std::optional<Publication> publication_;
  std::optional<BufferedWriter> rejects_;
  std::optional<FileReplacement> model_;  // the file of --boilerplate-model
  BoilerplateModel known_boilerplate_;
  std::optional<std::string> known_checksum_;
  Corpus corpus_;
  std::optional<Resolution> resolution_;
  std::vector<BoilerplateBlock> blocks_;
  std::vector<InputRecord> records_;
  DedupReport report_;
};

}  // namespace

DedupReport dedup(const DedupRequest& request, const DedupEvents& events, RunContext& context) {
  validate(request.options);
  if (request.boilerplate_model && !request.options.boilerplate) {
    throw Error(ErrorKind::usage, "a boilerplate model cannot be used while boilerplate is off");
  }
  oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism, context.threads);
  oneapi::tbb::task_arena arena(static_cast<int>(context.threads));
  DedupReport report;
  arena.execute([&] { report = DedupRun(request, events, context).run(); });
  return report;
}

}  // namespace wirecopy
