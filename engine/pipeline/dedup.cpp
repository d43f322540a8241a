#include "pipeline/dedup.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "base/buffered_writer.hpp"
#include "base/cancellation.hpp"
#include "base/file_replacement.hpp"
#include "base/memory_size.hpp"
#include "base/option_error.hpp"
#include "base/temporary_file.hpp"
#include "boilerplate/model_file.hpp"
#include "feed/feed_check.hpp"
#include "output/result_files.hpp"
#include "pipeline/dedup_core.hpp"
#include "pipeline/in_arena.hpp"
#include "pipeline/result_writer.hpp"
#include "pipeline/run_plan.hpp"
#include "pipeline/sketch_phase.hpp"
#include "pipeline/sketch_store.hpp"
#include "spill/sketch_copy.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

void refuse_output_onto_input(const DedupRequest& request) {
  struct stat out {};
  if (fstat(std::get<KeptLines>(request.output).descriptor, &out) != 0 || !S_ISREG(out.st_mode)) return;
  for (const Input& input : request.inputs()) {
    struct stat in {};
    const int failed = input.is_stdin() ? fstat(0, &in) : stat(input.name.c_str(), &in);
    if (failed == 0 && in.st_dev == out.st_dev && in.st_ino == out.st_ino) {
      throw Error(ErrorKind::usage, fmt::format("{}: the input is also the output", input.name));
    }
  }
}

constexpr const char* kSketches = "sketches";

bool are_files(std::span<const Input> inputs) {
  return std::all_of(inputs.begin(), inputs.end(), [](const Input& input) {
    std::error_code ignored;
    return !input.is_stdin() && fs::is_regular_file(input.name, ignored);
  });
}

std::optional<std::uint64_t> seed_of_sketches(const fs::path& path) {
  if (!has_complete_header(path)) return std::nullopt;
  return read_options(SketchFile(path).parameters()).seed;
}

SketchParameters parameters_of(const DedupRequest& request) {
  return {request.options, request.fields, request.max_line, request.inputs()};
}

MemoryPlan plan_of(const DedupRequest& request, const RunContext& context) {
  BlockReader::check_block_size(request.block_size);  // as the plan may choose a smaller one
  return plan_memory(request.memory, context.threads, request.block_size);
}

BlockReader::Options reader_options(const DedupRequest& request, const MemoryPlan& plan) {
  BlockReader::Options options;
  options.block_size = plan.block_size;
  options.max_line = request.max_line;
  options.max_window = plan.window;
  options.spool_directory = (request.temporary.empty() ? default_temporary_directory() : request.temporary).native();
  return options;
}

std::optional<UnusableFeed> find_fault_of(const FeedCounts& counts, const DedupRequest& request) {
  if (request.allow_empty) return std::nullopt;
  return find_fault(counts, request.fields, request.inputs(), request.options.title);
}

/// Before the work: a feed that was changed since would be noticed by its lines, but only at the end.
void require_same_feeds(const std::vector<InputRecord>& records, ErrorKind kind, std::string_view what) {
  for (const InputRecord& record : records) {
    if (!record.identity.regular) continue;
    const std::string differs = difference(identity_of(record.input.name), record.identity);
    if (!differs.empty()) throw Error(kind, fmt::format("{}: {}: {}", record.input.name, what, differs));
  }
}

/// Feeds that were written to while they were read.
void warn_of_growth(const std::vector<InputRecord>& records, const DedupEvents& events) {
  for (const InputRecord& record : records) {
    if (!record.grew) continue;
    events.on_warning(fmt::format("{} grew while it was read; whole lines of its first {} bytes are taken",
                                  record.input.name, record.identity.size));
  }
}

/// Reads what the store does not have yet; the counts are of all.
FeedCounts sketch_into(SketchStore& store, const DedupRequest& request, BlockReader::Options options,
                       const DedupEvents& events, RunContext& context, std::vector<InputRecord>& records) {
  FeedCounts counts = store.totals().counts;
  if (store.is_complete()) {
    records = store.totals().end.records;
  } else {
    options.start = store.start();
    const FeedReading read =
        sketch_inputs(request.inputs(), std::move(options), request.fields, Sketcher(request.options, context.kernel),
                      store.sink(), {events.on_reject, events.on_mapping}, context);
    counts.add(read.counts);
    records = read.records;
    store.finish(records);
    warn_of_growth(records, events);
  }
  counts.bytes = 0;
  for (const InputRecord& record : records) counts.bytes += record.size;
  return counts;
}

/// Gives a run its memory: the plan, and the space with its memory monitor.
class LentMemory {
 public:
  LentMemory(RunContext& context, const MemoryPlan& plan, const fs::path& directory)
      : context_(context), space_(directory, plan.budget, plan.arrays) {
    context_.memory = plan;
    context_.space = &space_;
  }
  ~LentMemory() {
    context_.space = nullptr;
    context_.memory = {};
  }
  LentMemory(const LentMemory&) = delete;
  LentMemory& operator=(const LentMemory&) = delete;

  [[nodiscard]] SpillSpace& space() { return space_; }

 private:
  RunContext& context_;
  SpillSpace space_;
};

class DedupRun {
 public:
  DedupRun(const DedupRequest& request, const DedupEvents& events, RunContext& context)
      : request_(request), events_(events), context_(context) {}
  DedupRun(const DedupRun&) = delete;
  DedupRun& operator=(const DedupRun&) = delete;

  DedupReport run() {
    const auto start = std::chrono::steady_clock::now();
    const double cpu_start = process_cpu_seconds();
    prepare();
    check_plan();
    memory_.emplace(context_, plan_of(request_, context_), disk_directory());
    core_.emplace(request_.options, context_, &memory_->space());
    if (const auto* sketches = std::get_if<SketchSource>(&request_.source)) {
      open_sketches(sketches->files);
    } else {
      sketch();
    }
    core_->resolve(&known_boilerplate_);
    if (request_.against) compare_with_index();
    report_resolution();
    if (request_.check_recall > 0) {
      report_.recall =
          check_recall(core_->corpus(), request_.options, core_->resolution(), request_.check_recall, context_);
    }
    report_.fault = find_fault_of(core_->counts(), request_);
    if (result_) {
      result_->write({core_->corpus(), core_->resolution(), core_->records()});
      summarize(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
                process_cpu_seconds() - cpu_start);
      if (!report_.fault) write_model();
      result_->publish();
    } else if (!report_.fault) {
      write_model();
      write_kept_lines();
    }
    if (model_ && !report_.fault) model_->publish();
    return std::move(report_);
  }

 private:
  void prepare() {
    load_model_file();
    if (request_.directory() == nullptr) return refuse_output_onto_input(request_);
    result_.emplace(request_, context_);
    if (model_) result_->refuse_loss(model_->target(), "a boilerplate model", request_.boilerplate_model->native());
  }

  /// A run that would fill the disk does not begin.
  void check_plan() {
    if (!std::holds_alternative<FeedSource>(request_.source) || fits_certainly(request_)) return;
    const RunPlan plan = plan_run(request_, context_);
    if (plan.disk == 0) return;
    events_.on_plan(plan);
    const fs::path directory = disk_directory();
    std::error_code failed;
    const fs::space_info space = fs::space(directory, failed);
    if (failed || space.available >= plan.disk || request_.resume) return;
    throw RemediableError(ErrorKind::resources,
                          fmt::format("{}: {} are free, but about {} are needed", directory.native(),
                                      format_byte_size(space.available), format_byte_size(plan.disk)),
                          Remedy::other_disk);
  }

  void load_model_file() {
    if (!request_.boilerplate_model) return;
    model_.emplace(*request_.boilerplate_model);
    if (!fs::exists(model_->target())) return;
    known_boilerplate_ = load_model(model_->target(), shingle_meaning(request_.options));
    known_checksum_ = checksum_of(encode_model(known_boilerplate_, shingle_meaning(request_.options)));
  }

  /// The new model beside the old one, so that a full disk is noticed while nothing is published.
  void write_model() {
    if (model_) model_->write(encode_model(core_->resolution().boilerplate, shingle_meaning(request_.options)));
  }

  /// Feed -> corpus, by way of memory or of a file.
  void sketch() {
    store_.emplace(parameters_of(request_), location_of_sketches(), context_.memory.sketches);
    if (request_.resume) store_->reopen();
    require_same_feeds(store_->totals().end.records, ErrorKind::state,
                       "is not the file that it was when the run was stopped");
    core_->counts() =
        sketch_into(*store_, request_, reader_options(request_, context_.memory), events_, context_, core_->records());
    if (store_->is_on_disk()) memory_->space().keep_nothing_in_memory();
    store_->load(core_->corpus(), &memory_->space(), reject_sink());
    warn_of_fields();
  }

  void open_sketches(const std::vector<fs::path>& files) {
    const StageTimer timer(context_.times, "load");
    context_.progress.stage = "load";
    std::uint64_t bytes = 0;
    for (const fs::path& path : files) bytes += fs::file_size(path);
    if (bytes > context_.memory.sketches) memory_->space().keep_nothing_in_memory();
    for (const fs::path& path : files) {
      throw_if_stopped(context_.stop);
      const FileDescriptor copy = copy_sketch_file(path, disk_directory(), context_.stop);
      files_.push_back(std::make_unique<SketchFile>(copy.get(), path, &memory_->space()));
      SketchTotals totals;
      std::vector<InputRecord>& records = core_->records();
      load_sketches(*files_.back(), static_cast<std::uint32_t>(records.size()), SketchFile::Check::checksums,
                    core_->corpus(), reject_sink(), totals);
      records.insert(records.end(), totals.end.records.begin(), totals.end.records.end());
      core_->counts().add(totals.counts);
    }
    if (request_.directory() == nullptr || request_.directory()->write_unique)
      require_same_feeds(core_->records(), ErrorKind::io, "is not the feed that was sketched");
    warn_of_fields();
  }

  void warn_of_fields() {
    report_.warnings = core_->counts().usage.warnings(request_.fields);
    if (const auto rejects = warning_of_rejects(core_->counts(), request_.inputs()))
      report_.warnings.push_back(*rejects);
  }

  [[nodiscard]] fs::path disk_directory() const {
    if (!request_.temporary.empty()) return request_.temporary;
    return result_ ? result_->staging() : default_temporary_directory();
  }

  [[nodiscard]] SketchStore::Location location_of_sketches() const {
    const bool is_resumable = result_ && are_files(request_.inputs());
    const fs::path temporary = request_.temporary.empty() ? default_temporary_directory() : request_.temporary;
    return {is_resumable ? state_of(result_->target()) / kSketches : fs::path(), temporary};
  }

  RejectLines reject_sink() {
    return [this](std::string_view lines) {
      if (result_) result_->add_rejects(lines);
    };
  }

  /// Removes what is kept so far, but copies what the index remembers.
  void compare_with_index() {
    const StageTimer timer(context_.times, "index");
    context_.progress.stage = "index";
    constexpr std::size_t kAtOnce = 4096;
    const Corpus& corpus = core_->corpus();
    Resolution& resolution = core_->resolution();
    const DecisionTable decisions(resolution, corpus.size());
    std::vector<ArticleId> kept;
    const auto ask = [&] {
      throw_if_stopped(context_.stop);
      std::vector<std::optional<KnownCopy>> known = request_.against(corpus, kept);
      for (std::size_t i = 0; i < kept.size(); ++i) {
        if (known[i]) resolution.known.emplace(kept[i], std::move(*known[i]));
      }
      kept.clear();
    };
    for (std::uint32_t i = 0; i < corpus.size(); ++i) {
      if (decisions.is_kept(ArticleId{i})) kept.push_back(ArticleId{i});
      if (kept.size() == kAtOnce) ask();
    }
    ask();
    resolution.duplicates += resolution.known.size();
  }

  void report_resolution() {
    report_.counts = core_->counts();
    report_.duplicates = core_->resolution().duplicates;
    report_.kept = core_->corpus().size() - report_.duplicates;
    report_.clusters = core_->resolution().clusters.size();
    DuplicateIds duplicates = core_->duplicate_ids();
    report_.duplicate_ids = duplicates.count;
    report_.example_of_duplicate_id = std::move(duplicates.example);
    const unsigned distance = core_->resolution().candidates.distance;
    if (request_.options.method == Method::simhash && distance < request_.options.distance) {
      report_.warnings.push_back(
          fmt::format("SimHashes of {} articles were compared up to a distance of {}, not {}, which would yield too "
                      "many candidates",
                      core_->corpus().size(), distance, request_.options.distance));
    }
  }

  void write_kept_lines() {
    const StageTimer timer(context_.times, "write");
    context_.progress.stage = "write";
    throw_if_stopped(context_.stop);
    const DecisionTable decisions(core_->resolution(), core_->corpus().size());
    BufferedWriter out(std::get<KeptLines>(request_.output).descriptor, "standard output");
    write_unique(core_->corpus(), decisions, core_->records(), out, context_.stop);
    out.finish();
  }

  [[nodiscard]] std::uint64_t peak_disk_bytes() {
    return memory_->space().peak_disk_bytes() + (store_ ? store_->file_bytes() : 0);
  }

  void summarize(double wall_seconds, double cpu_seconds) {
    RunSummary summary = core_->summary(request_.inputs(), request_.fields, wall_seconds, cpu_seconds);
    summary.duplicate_ids = report_.duplicate_ids;
    summary.boilerplate_model = known_checksum_;
    if (report_.recall) summary.recall_check = format_json(*report_.recall);
    summary.run.peak_disk = peak_disk_bytes();
    result_->write_summary(summary);
  }

  const DedupRequest& request_;
  const DedupEvents& events_;
  RunContext& context_;
  std::optional<ResultWriter> result_;
  std::optional<FileReplacement> model_;  // the file of --boilerplate-model
  BoilerplateModel known_boilerplate_;
  std::optional<std::string> known_checksum_;
  std::optional<LentMemory> memory_;
  std::optional<SketchStore> store_;
  std::vector<std::unique_ptr<SketchFile>> files_;
  std::optional<DedupCore> core_;  // its corpus is in the store and the files
  DedupReport report_;
};

}  // namespace

fs::path state_of(const fs::path& out) {
  fs::path path = out;
  while (!path.has_filename() && path.has_relative_path()) path = path.parent_path();
  return path.native() + ".partial";
}

bool is_resumable(const fs::path& out) {
  std::error_code ignored;
  return fs::exists(state_of(out) / kSketches, ignored);
}

std::optional<std::uint64_t> seed_of_unfinished(const fs::path& out) {
  return seed_of_sketches(state_of(fs::weakly_canonical(out)) / kSketches);
}

std::optional<std::uint64_t> seed_of_unfinished_sketch(const fs::path& file) {
  return seed_of_sketches(state_of(file));
}

DedupReport dedup(const DedupRequest& request, const DedupEvents& events, RunContext& context) {
  validate(request.options);
  if (request.boilerplate_model && !request.options.boilerplate) {
    throw Error(ErrorKind::usage, "a boilerplate model cannot be used while boilerplate is off");
  }
  DedupReport report;
  in_arena(context, [&] { report = DedupRun(request, events, context).run(); });
  return report;
}

FeedCounts sketch_feeds(const DedupRequest& request, const fs::path& file, const DedupEvents& events,
                        RunContext& context) {
  validate(request.options);
  if (!are_files(request.inputs()))
    throw Error(ErrorKind::usage, "only files can be sketched: their lines are read again");
  const fs::path partial = state_of(file);
  if (!request.resume) fs::remove(partial);
  SketchStore store(parameters_of(request), {partial, {}}, 0);
  if (request.resume) store.reopen();
  require_same_feeds(store.totals().end.records, ErrorKind::state,
                     "is not the file that it was when the run was stopped");
  FeedCounts counts;
  std::vector<InputRecord> records;
  LentMemory memory(context, plan_of(request, context), {});
  in_arena(context, [&] {
    counts = sketch_into(store, request, reader_options(request, context.memory), events, context, records);
  });
  if (const std::optional<UnusableFeed> fault = find_fault_of(counts, request)) {
    fs::remove(partial);
    throw *fault;
  }
  store.sync();
  fs::rename(partial, file);
  return counts;
}

}  // namespace wirecopy
