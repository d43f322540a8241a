// The report: one HTML file that shows who copied whom, with everything inside.
//
//   RunContext context;
//   const ReportOutcome outcome = write_report("result", "report.html", {}, context);
//
// This module chooses what is shown and writes it as JSON (report_data.hpp tells the fields); the page, whose sources
// are in page/, only draws. All texts of the feed are inside that JSON, with every '<' escaped, in an element
// that no browser runs; the page puts them on the screen as text.
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
  std::uint64_t clusters = 0;    ///< of the result
  std::uint64_t listed = 0;      ///< in the report
  std::uint64_t with_texts = 0;  ///< with their articles side by side
  std::vector<std::string> warnings;
};

/// Makes the report of a result directory and puts it into `file`, atomically; an older report is replaced. The feed is
/// read again, which takes the time of a run's first phase; where it is gone, was changed or came from
/// standard input, the report does without texts and says so. Throws Error(usage) for a directory that is no result and
/// where `file` is there but no report, Error(state) for a damaged result, Error(io) where it cannot be read or the
/// report not be written.
ReportOutcome write_report(const std::filesystem::path& result, const std::filesystem::path& file,
                           const Workspace& workspace, RunContext& context);

/// Throws as write_report() for a `file` that could not be written there.
void check_report_file(const std::filesystem::path& file);

/// The page around this data, whatever it holds.
[[nodiscard]] std::string make_page(std::string_view json);

}  // namespace wirecopy
