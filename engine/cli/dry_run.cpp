#include "cli/dry_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "base/memory_size.hpp"
#include "cli/error_text.hpp"
#include "cli/standard_streams.hpp"
#include "feed/article_parser.hpp"
#include "feed/block_reader.hpp"
#include "feed/date.hpp"
#include "feed/feed_check.hpp"
#include "lsh/banding.hpp"
#include "pipeline/run_plan.hpp"
#include "pipeline/sketcher.hpp"
#include "text/terminal_text.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kExampleCharacters = 60;

/// Collects the output for a single write at the end, whose failure is reported.
class Page {
 public:
  template <typename... Arguments>
  void print(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
  }
  void show() const { print_output(text_); }

 private:
  std::string text_;
};

void print_inputs(Page& page, const DedupRequest& request) {
  for (const Input& input : request.inputs()) {
    const std::uint64_t bytes = known_bytes(std::span(&input, 1));
    page.print("input       {}{}\n", harmless(input.name), bytes > 0 ? ", " + format_byte_size(bytes) : "");
  }
}

void print_example(Page& page, const char* role, std::string_view value) {
  if (!value.empty()) page.print("  {:<10}{}\n", role, shortened(value, kExampleCharacters));
}

void print_first_article(Page& page, const Article& article, const std::string& place) {
  page.print("example     {}\n", harmless(place));
  print_example(page, "id", article.id);
  print_example(page, "title", article.title);
  print_example(page, "text", article.text);
  print_example(page, "source", article.source);
  print_example(page, "url", article.url);
  print_example(page, "published", article.published ? format_date(*article.published) : "");
  print_example(page, "language", article.language);
}

/// Sketches the articles of one block and prints the first of them.
void sketch_sample(Page& page, const Block& block, const DedupRequest& request, const RunContext& context,
                   Corpus& corpus, FeedCounts& counts) {
  const Sketcher sketcher(request.options, context.kernel);
  ArticleParser parser(request.fields);
  SketchBlock sketch;
  SketchScratch scratch;
  SourceTable sources;
  LineCursor cursor(block);
  for (Line line; cursor.next(line);) {
    if (is_blank(line.bytes)) continue;
    if (!parser.parse(line.bytes)) {
      const LinePosition place{block.input, static_cast<std::uint32_t>(line.length), line.number, line.offset};
      counts.add_reject({place, parser.reason(), std::string(line.bytes.substr(0, Reject::kShortLine)), {}});
      continue;
    }
    const Article& article = parser.article().article;
    counts.note_first_article(line.bytes);
    if (counts.articles == 0) {
      print_first_article(page, article, fmt::format("{}:{}", request.inputs()[block.input].name, line.number));
    }
    ++counts.articles;
    counts.usage.add(parser.article().used, parser.article().text_cut);
    sketcher.sketch(article, article.id, {}, 0, sketch, sources, scratch);
  }
  if (!sketch.records.empty()) corpus.append(std::move(sketch));
}

void print_parameters(Page& page, const Options& options) {
  page.print("method      {}, threshold {}, shingles of {} words, seed {}, keep {}\n", name(options.method),
             options.threshold, options.shingle, options.seed, name(options.keep));
  page.print("fingerprint {}\n", fingerprint(options));
  if (options.method == Method::simhash) page.print("distance    {} of 64 bits\n", options.distance);
  if (options.method != Method::minhash) return;
  const Banding banding = choose_banding(jaccard_at(options.threshold), options.recall);
  page.print("bands       {} of {} rows; probability that a pair is found, by Jaccard similarity:\n", banding.bands,
             banding.rows);
  for (const CurvePoint& point : s_curve(banding)) {
    const std::string filled(static_cast<std::size_t>(std::lround(point.probability * 50)), '#');
    page.print("  {:.2f}  {:.4f}  {}\n", point.similarity, point.probability, filled);
  }
}

void print_plan(Page& page, const RunPlan& plan, const DedupRequest& request) {
  if (!plan.is_known) {
    page.print("memory      unknown, because the size of the input is unknown; data beyond {} goes to disk\n",
               format_byte_size(request.memory));
    return;
  }
  page.print("articles    about {}\nmemory      about {}, of {} allowed\n", plan.articles,
             format_byte_size(plan.memory), format_byte_size(request.memory));
  if (plan.disk > 0)
    page.print("disk        about {} during the run, beside the result\n", format_byte_size(plan.disk));
  page.print("time        about {:.2f} s on one processor\n", plan.cpu_seconds);
}

/// The fields of the articles that were looked at, and what is wrong with these.
void print_fields(Page& page, const FeedCounts& counts, const DedupRequest& request) {
  if (counts.articles > 0) page.print("fields      {}\n", harmless(counts.usage.describe(request.fields)));
  if (const auto fault = find_fault(counts, request.fields, request.inputs(), request.options.title)) {
    page.print("problem     {}\n", harmless(error_text(*fault)));
    return;
  }
  for (const std::string& warning : counts.usage.warnings(request.fields)) page.print("warning     {}\n", warning);
}

}  // namespace

int dry_run(const DedupRequest& request, RunContext& context) {
  Page page;
  print_inputs(page, request);
  BlockReader::Options options;
  options.block_size = request.block_size;
  options.max_line = request.max_line;
  options.records = request.fields.records();
  BlockReader reader(request.inputs(), options);
  Corpus corpus;
  Block block;
  FeedCounts counts;
  while (counts.articles == 0 && reader.next(block)) {
    if (block.kind == Block::Kind::lines) sketch_sample(page, block, request, context, corpus, counts);
  }
  print_fields(page, counts, request);
  print_parameters(page, request.options);
  print_plan(page, plan_run(request, context), request);
  page.show();
  return 0;
}

}  // namespace wirecopy
