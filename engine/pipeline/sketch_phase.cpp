#include "pipeline/sketch_phase.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "base/cancellation.hpp"
#include "base/file_name_text.hpp"
#include "base/large_memory.hpp"
#include "feed/article_parser.hpp"
#include "feed/line_digest.hpp"
#include "pipeline/large_line.hpp"

namespace wirecopy {
namespace {

using Clock = std::chrono::steady_clock;

/// One block of lines and what becomes of it on its way through the pipeline.
struct BlockWork {
  Block block;
  SketchedBlock sketched;
};

/// Empty again, with the memory of what the sink has left.
void clear(SketchedBlock& block) {
  block.sketch.clear();
  block.rejects.clear();
  block.usage = {};
}

/// One worker's tools.
struct Worker {
  explicit Worker(const FieldMap& fields) : parser(fields) {}

  ArticleParser parser;
  SketchScratch scratch;
  SourceTable sources;
  std::string made_id;
};

class SketchPhase {
 public:
  SketchPhase(BlockReader& reader, std::span<const Input> inputs, const FieldMap& fields, const Sketcher& sketcher,
              const SketchSink& sink, const FeedEvents& events, RunContext& context)
      : reader_(reader),
        sketcher_(sketcher),
        sink_(sink),
        events_(events),
        context_(context),
        fields_(fields),
        finished_(reader.records().size()),
        workers_([&fields] { return Worker(fields); }) {
    for (const Input& input : inputs) files_.push_back(text_of_file_name(input.name));
  }

  FeedCounts run() {
    while (!is_read_) {
      run_pipeline();
      if (large_ != nullptr) work_alone(*std::exchange(large_, nullptr));
    }
    counts_.bytes = reader_.bytes_read();
    return counts_;
  }

 private:
  /// To the end of the feed, or to a block that must be alone.
  void run_pipeline() {
    using oneapi::tbb::filter_mode;
    oneapi::tbb::parallel_pipeline(
        std::min(context_.memory.blocks, 2 * std::size_t{context_.threads} + 1),
        oneapi::tbb::make_filter<void, BlockWork*>(filter_mode::serial_in_order,
                                                   [this](oneapi::tbb::flow_control& flow) { return read(flow); }) &
            oneapi::tbb::make_filter<BlockWork*, BlockWork*>(filter_mode::parallel,
                                                             [this](BlockWork* work) { return sketch(*work); }) &
            oneapi::tbb::make_filter<BlockWork*, void>(filter_mode::serial_in_order,
                                                       [this](BlockWork* work) { append(*work); }));
  }

  BlockWork* read(oneapi::tbb::flow_control& flow) {
    throw_if_stopped(context_.stop);
    context_.relieve_memory();
    const WorkerTimer timer(context_.times, "read");
    BlockWork* const work = take_work();
    is_read_ = !reader_.next(work->block);
    if (is_read_) {
      flow.stop();
      return nullptr;
    }
    note_place(*work);
    context_.progress.bytes = reader_.bytes_read();
    context_.progress.raw_bytes = reader_.raw_bytes_read();
    if (work->block.bytes.size() <= context_.memory.large_block) return work;
    large_ = work;
    flow.stop();
    return nullptr;
  }

  /// The pipeline has run empty. What the block needed is given back to the system.
  void work_alone(BlockWork& work) {
    {
      Worker worker(fields_);
      sketch_lines(work, worker);
    }
    append(work);
    work.block.buffer.release();
    work.sketched = {};
    release_free_memory();
  }

  /// While reader and block are in step.
  void note_place(BlockWork& work) {
    work.sketched.end = reader_.position();
    work.sketched.is_resumable = work.block.kind != Block::Kind::damage;
    const std::vector<InputRecord>& records = reader_.records();
    work.sketched.inputs.assign(records.begin() + static_cast<std::ptrdiff_t>(finished_), records.end());
    finished_ = records.size() - 1;
  }

  BlockWork* sketch(BlockWork& work) {
    if (work.block.kind == Block::Kind::lines) {
      sketch_lines(work, workers_.local());
    } else {
      work.sketched.rejects.push_back(reject_block(work.block));
    }
    return &work;
  }

  void append(BlockWork& work) {
    SketchedBlock& sketched = work.sketched;
    for (const Reject& reject : sketched.rejects) {
      counts_.add_reject(reject);
      events_.on_reject(reject);
    }
    if (counts_.articles == 0 && !sketched.sketch.records.empty()) note_first_articles(work);
    counts_.articles += sketched.sketch.records.size();
    counts_.usage.merge(sketched.usage);
    sink_(sketched);
    clear(sketched);
    context_.progress.articles = counts_.articles;
    free_work_.push(&work);
  }

  void note_first_articles(const BlockWork& work) {
    const FieldUsage& usage = work.sketched.usage;
    events_.on_mapping(usage);
    if (usage.has_any(Role::text, fields_)) return;
    const LinePosition& place = work.sketched.sketch.records.front().place;
    counts_.note_first_article(work.block.bytes.substr(place.offset - work.block.offset, place.length));
  }

  /// Only the first, serial stage takes work. What is on its way stays ours, so that a run that stops loses nothing.
  BlockWork* take_work() {
    BlockWork* work = nullptr;
    if (!free_work_.try_pop(work)) work = all_work_.emplace_back(std::make_unique<BlockWork>()).get();
    return work;
  }

  void sketch_lines(BlockWork& work, Worker& worker) {
    worker.sources.clear();
    Clock::duration parse_time{};
    LineCursor cursor(work.block);
    for (Line line; cursor.next(line);) {
      if (is_blank(line.bytes)) continue;
      LinePosition place{work.block.input, static_cast<std::uint32_t>(line.length), line.number, line.offset};
      if (line.bytes.size() > context_.memory.large_block) large_line(line, place).require_parsing();
      const auto start = Clock::now();
      const bool is_article = worker.parser.parse(line.bytes);
      parse_time += Clock::now() - start;
      if (is_article) {
        place.digest = line_digest(work.block.bytes.substr(line.offset - work.block.offset, line.length));
        if (line.bytes.size() > context_.memory.large_block) {
          large_line(line, place)
              .require_sketching(worker.parser.article().article, sketcher_, worker.scratch, work.sketched.sketch);
        }
        sketch_article(worker, place, work);
      } else {
        work.sketched.rejects.push_back(reject_line(line.bytes, place, worker.parser.reason()));
      }
    }
    context_.times.add("parse", std::chrono::duration<double>(parse_time).count());
    worker.scratch.report(context_.times);
  }

  [[nodiscard]] LargeLine large_line(const Line& line, const LinePosition& place) const {
    return {context_.memory, fmt::format("{}:{}", files_[place.input], place.line), line.bytes};
  }

  void sketch_article(Worker& worker, const LinePosition& place, BlockWork& work) {
    const ParsedArticle& parsed = worker.parser.article();
    work.sketched.usage.add(parsed.used, parsed.text_cut);
    std::string_view id = parsed.article.id;
    if (id.empty()) {
      worker.made_id.clear();
      fmt::format_to(std::back_inserter(worker.made_id), "{}:{}", files_[place.input], place.line);
      id = worker.made_id;
    }
    sketcher_.sketch(parsed.article, id, place, 0, work.sketched.sketch, worker.sources, worker.scratch);
  }

  static Reject reject_line(std::string_view line, const LinePosition& place, RejectReason reason) {
    return {place, reason, std::string(line.size() <= Reject::kShortLine ? line : std::string_view()), {}};
  }

  static Reject reject_block(const Block& block) {
    const LinePosition place{block.input, static_cast<std::uint32_t>(std::min<std::uint64_t>(block.length, UINT32_MAX)),
                             block.first_line, block.offset};
    const bool is_damage = block.kind == Block::Kind::damage;
    return {place, is_damage ? RejectReason::damaged_input : RejectReason::line_too_long, {}, block.message};
  }

  BlockReader& reader_;
  std::vector<std::string> files_;  // names of the inputs, as text
  const Sketcher& sketcher_;
  const SketchSink& sink_;
  const FeedEvents& events_;
  RunContext& context_;
  const FieldMap& fields_;
  FeedCounts counts_;
  bool is_read_ = false;        // the feed, to its end
  BlockWork* large_ = nullptr;  // the block that the pipeline was stopped for
  std::size_t finished_;        // inputs that the read stage has reported, or that were read by an earlier run
  oneapi::tbb::enumerable_thread_specific<Worker> workers_;
  std::vector<std::unique_ptr<BlockWork>> all_work_;  // touched by the first stage only
  oneapi::tbb::concurrent_queue<BlockWork*> free_work_;
};

}  // namespace

FeedCounts sketch_feed(BlockReader& reader, std::span<const Input> inputs, const FieldMap& fields,
                       const Sketcher& sketcher, const SketchSink& sink, const FeedEvents& events,
                       RunContext& context) {
  context.progress.stage = "sketch";
  const StageTimer timer(context.times, "sketch", StageCpu::added);
  return SketchPhase(reader, inputs, fields, sketcher, sink, events, context).run();
}

FeedReading sketch_inputs(std::span<const Input> inputs, BlockReader::Options reading, const FieldMap& fields,
                          const Sketcher& sketcher, const SketchSink& sink, const FeedEvents& events,
                          RunContext& context) {
  std::atomic<bool> cancelled{false};
  const std::stop_callback on_stop(context.stop, [&] { cancelled = true; });
  reading.cancelled = &cancelled;
  reading.records = fields.records();
  BlockReader reader({inputs.begin(), inputs.end()}, std::move(reading));
  FeedReading read;
  read.counts = sketch_feed(reader, inputs, fields, sketcher, sink, events, context);
  read.records = reader.records();
  return read;
}

SketchSink append_to(Corpus& corpus, std::uint64_t first_ordinal) {
  return [&corpus, next = first_ordinal](SketchedBlock& block) mutable {
    if (block.sketch.records.empty()) return;
    for (ArticleRecord& record : block.sketch.records) record.ordinal = next++;
    corpus.append(std::exchange(block.sketch, {}));
  };
}

}  // namespace wirecopy
