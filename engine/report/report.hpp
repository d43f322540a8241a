// The report: a self-contained HTML file that shows who copied whom.
//
//   RunContext context;
//   const ReportOutcome outcome = write_report("result", "report.html", {}, context);
//
// This module chooses what is shown and writes it as JSON (report_data.hpp lists the fields). The page, whose sources
// are in page/, only displays it. All texts of the feed are inside the JSON, with every '<' escaped, in an element that
// browsers do not execute; the page inserts them as plain text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "inspect/feed_again.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

struct ReportOutcome {
  std::uint64_t bytes = 0;
  std::uint64_t clusters = 0;    ///< clusters in the result
  std::uint64_t listed = 0;      ///< clusters in the report
  std::uint64_t with_texts = 0;  ///< clusters in the report with their texts
  std::vector<std::string> warnings;
};

/// Writes the report of a result directory to `file`, atomically replacing an earlier report. Reads the feed again,
/// which takes as long as the first phase of a run. If the feed is missing, has changed or was standard input, the
/// report has no texts, and a warning says so. Throws Error(usage) if the directory is not a result or `file` exists
/// and is not a report, Error(state) if the result is damaged, and Error(io) if it cannot be read or the report cannot
/// be written.
ReportOutcome write_report(const std::filesystem::path& result, const std::filesystem::path& file,
                           const Workspace& workspace, RunContext& context);

/// Throws like write_report() if `file` cannot be written.
void check_report_file(const std::filesystem::path& file);

/// Returns the page with this data, which may contain anything.
[[nodiscard]] std::string make_page(std::string_view json);

}  // namespace wirecopy
