#include "cli/reporter.hpp"

#include <fmt/format.h>

#include "base/memory_size.hpp"
#include "cli/standard_streams.hpp"
#include "pipeline/run_plan.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kRejectsShown = 5;

std::string describe(const RunPlan& plan, const DedupRequest& request) {
  return fmt::format(
      "about {} articles need {}, which exceeds --memory {}; about {} go to disk; about {:.0f} s of processor time",
      plan.articles, format_byte_size(plan.memory), format_byte_size(request.memory), format_byte_size(plan.disk),
      plan.cpu_seconds);
}

}  // namespace

DedupEvents Reporter::events() {
  return {[this](const RunPlan& plan) { say(describe(plan, request_)); },
          [this](const FieldUsage& usage) { on_mapping(usage); }, [this](const Reject& reject) { on_reject(reject); },
          [this](const std::string& warning) { say("warning: " + warning); }};
}

void Reporter::finish(const DedupReport& report) {
  for (const std::string& warning : report.warnings) say("warning: " + warning);
  if (report.duplicate_ids > 0) {
    say(
        fmt::format("warning: {} articles have the id of an earlier article, such as \"{}\"; file and line distinguish "
                    "them",
                    report.duplicate_ids, report.example_of_duplicate_id));
  }
  if (report.recall) {
    for (const std::string& line : describe(*report.recall)) say(line);
  }
  say(fmt::format("{} read, {} kept, {} duplicate, {} rejected; {} clusters",
                  report.counts.articles + report.counts.rejected, report.kept, report.duplicates,
                  report.counts.rejected, report.clusters));
}

void Reporter::on_mapping(const FieldUsage& usage) {
  const std::string fields = usage.describe(request_.fields);
  say("fields: " + (fields.empty() ? "none with a known name" : fields));
}

void Reporter::on_reject(const Reject& reject) {
  if (++rejects_ > kRejectsShown + 1) return;
  if (rejects_ > kRejectsShown) return say("more lines are rejected; rejects.jsonl (with --out) lists all of them");
  const std::string& file = request_.inputs()[reject.place.input].name;
  say(fmt::format("{}:{}: rejected at byte {}: {}{}{}", file, reject.place.line, reject.place.offset,
                  name(reject.reason), reject.message.empty() ? "" : ": ", reject.message));
}

void Reporter::say(const std::string& text) {
  display_.clear();
  print_message(text);
}

}  // namespace wirecopy
