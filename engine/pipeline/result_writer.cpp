#include "pipeline/result_writer.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_invoke.h>

#include <system_error>
#include <wirecopy/error.hpp>

#include "base/cancellation.hpp"
#include "base/option_error.hpp"
#include "boilerplate/model_file.hpp"
#include "pipeline/block_lines.hpp"
#include "pipeline/block_texts.hpp"
#include "pipeline/dedup.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

/// A file of the result under construction.
BufferedWriter result_file(const Publication& publication, const char* name) {
  const fs::path path = publication.staging() / name;
  return BufferedWriter(open_for_writing(path), (publication.target() / name).native());
}

void refuse_unfinished(const DedupRequest& request, const fs::path& target) {
  if (request.resume || !is_resumable(target)) return;
  throw RemediableError(ErrorKind::usage, state_of(target).native() + ": holds the state of an interrupted run",
                        Remedy::resume);
}

}  // namespace

ResultWriter::ResultWriter(const DedupRequest& request, RunContext& context)
    : request_(request),
      directory_(std::get<ResultDirectory>(request.output)),
      context_(context),
      publication_(directory_.path, directory_.replace, "summary.json", other_result_files()),
      rejects_(result_file(publication_, "rejects.jsonl")) {
  for (const Input& input : request.inputs()) {
    std::error_code ignored;
    if (!input.is_stdin()) refuse_loss(fs::weakly_canonical(input.name, ignored), "an input", input.name);
  }
  refuse_unfinished(request, target());
  if (request.resume) remove_abandoned_staging(target());
}

void ResultWriter::refuse_loss(const fs::path& file, std::string_view what, const std::string& name) const {
  if (!file.native().starts_with(target().native() + "/")) return;
  throw Error(ErrorKind::usage, fmt::format("{}: {} inside the output directory would be lost", name, what));
}

template <typename Write>
void ResultWriter::write_file(const char* name, Write write) {
  throw_if_stopped(context_.stop);
  BufferedWriter out = result_file(publication_, name);
  write(out);
  out.finish();
}

void ResultWriter::write(const ResultContent& content) {
  const Corpus& corpus = content.corpus;
  const Resolution& resolution = content.resolution;
  find_blocks_of(content);
  const StageTimer timer(context_.times, "write");
  context_.progress.stage = "write";
  const DecisionTable decisions(resolution, corpus.size());
  rejects_.finish();
  const auto write_table_of_articles = [&](BufferedWriter& out) {
    write_articles(corpus, decisions, request_.inputs(), out, context_.stop);
  };
  const auto write_table_of_clusters = [&](BufferedWriter& out) { write_clusters(corpus, resolution, out); };
  const auto write_table_of_matches = [&](BufferedWriter& out) { write_matches(corpus, resolution, out); };
  oneapi::tbb::parallel_invoke(
      [&] {
        if (directory_.write_unique) write_lines(content, decisions);
      },
      [&] { write_file("articles.jsonl", write_table_of_articles); },
      [&] { write_file("clusters.jsonl", write_table_of_clusters); },
      [&] {
        if (directory_.write_matches) write_file("matches.jsonl", write_table_of_matches);
      });
  if (request_.options.boilerplate) write_boilerplate(content);
}

/// What of the boilerplate is listed; nothing if it is off.
void ResultWriter::find_blocks_of(const ResultContent& content) {
  const StageTimer timer(context_.times, "boilerplate blocks");
  context_.progress.stage = "boilerplate blocks";
  blocks_ = find_blocks(content.corpus, request_.options, content.resolution.boilerplate, BlockLimits{}, context_);
}

/// The parts of unique.jsonl, each at its own place in the file.
void ResultWriter::write_lines(const ResultContent& content, const DecisionTable& decisions) {
  write_file("unique.jsonl", [](BufferedWriter&) {});
  constexpr std::uint64_t kPart = 16_MiB;
  const std::vector<UniquePart> parts = parts_of_unique(content.corpus, decisions, content.records, kPart);
  oneapi::tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) {
    throw_if_stopped(context_.stop);
    write_part(content, decisions, parts[i]);
  });
}

/// With its lines come the texts of the blocks whose examples are among them.
void ResultWriter::write_part(const ResultContent& content, const DecisionTable& decisions, const UniquePart& part) {
  BlockTexts texts(content.corpus, request_.options, request_.fields, BlockLimits{}, blocks_of(part), context_.kernel);
  BufferedWriter out(open_for_writing_at(staging() / "unique.jsonl", part.offset),
                     (target() / "unique.jsonl").native());
  write_unique(content.corpus, decisions, content.records, part, out, context_.stop, {texts.examples(), &texts.sink()});
  out.finish();
}

std::vector<BoilerplateBlock*> ResultWriter::blocks_of(const UniquePart& part) {
  std::vector<BoilerplateBlock*> blocks;
  for (BoilerplateBlock& block : blocks_) {
    if (block.example >= part.first && block.example < part.last) blocks.push_back(&block);
  }
  return blocks;
}

void ResultWriter::write_boilerplate(const ResultContent& content) {
  if (directory_.write_unique) {
    write_file("boilerplate.jsonl", [&](BufferedWriter& out) { write_blocks(content.corpus, blocks_, out); });
  }
  write_file("boilerplate.model", [&](BufferedWriter& out) {
    out.append(encode_model(content.resolution.boilerplate, shingle_meaning(request_.options)));
  });
}

void ResultWriter::write_summary(const RunSummary& summary) {
  write_file("summary.json", [&](BufferedWriter& out) { out.append(format_summary(summary)); });
}

void ResultWriter::publish() {
  throw_if_stopped(context_.stop);
  publication_.publish(context_.stop);
  fs::remove_all(state_of(target()));
}

}  // namespace wirecopy
