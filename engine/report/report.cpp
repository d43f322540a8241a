#include "report/report.hpp"

#include <fmt/format.h>

#include <string_view>
#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"
#include "base/file_replacement.hpp"
#include "pipeline/in_arena.hpp"
#include "report/page/page.hpp"
#include "report/report_data.hpp"

namespace wirecopy {
namespace {

constexpr std::string_view kDataMark = "@DATA@";
constexpr std::string_view kPageStart = "<!doctype html>";

/// In JSON, '<' occurs only in strings. Escaping it prevents that a browser finds an end tag or a comment in the data.
std::string without_angles(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 64);
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string make_page(std::string_view json) {
  std::string page(kReportPage);
  const std::size_t at = page.find(kDataMark);
  return page.replace(at, kDataMark.size(), without_angles(json));
}

void check_report_file(const std::filesystem::path& file) {
  const FileReplacement replacement(file);  // checks the directory and the type of the file
  if (!std::filesystem::exists(replacement.target())) return;
  std::string start(kPageStart.size(), '\0');
  const std::size_t got = read_some(open_for_reading(file).get(), start, file.native());
  if (got > 0 && start != kPageStart) {
    throw Error(ErrorKind::usage, fmt::format("{}: exists and is not a report, so it is not replaced", file.native()));
  }
}

ReportOutcome write_report(const std::filesystem::path& result, const std::filesystem::path& file,
                           const Workspace& workspace, RunContext& context) {
  check_report_file(file);
  ReportOutcome outcome;
  std::string data;
  in_arena(context, [&] { data = make_report_data(result, ReportBudget{}, workspace, context, outcome); });
  const std::string page = make_page(data);
  outcome.bytes = page.size();
  FileReplacement replacement(file);
  replacement.write(page);
  replacement.publish();
  return outcome;
}

}  // namespace wirecopy
