// wirecopy manual: prints the manual page wirecopy(1), built from the same definitions as --help. The build installs
// it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <wirecopy/version.hpp>

#include "cli/command.hpp"
#include "cli/command_table.hpp"
#include "cli/standard_streams.hpp"

namespace wirecopy {
namespace {

constexpr std::string_view kOpening = R"(.SH DESCRIPTION
.B wirecopy
reads feeds of news articles as JSON lines or JSON arrays, plain or compressed (gzip, zstd, bzip2, xz, lz4), and finds the copies of each story:
exact copies, rewrites, excerpts and extended versions, across outlets. Only pairs of texts that were compared exactly
link articles. Text that an outlet repeats in unrelated articles is learned and ignored.
.PP
Without
.BR \-\-out ,
.B wirecopy dedup
writes the kept lines, one copy of each story, unchanged to standard output. With
.B \-\-out
it writes a result directory.
.SH COMMANDS
)";

constexpr std::string_view kClosing = R"(.SH FILES
A result directory contains:
.TP
.B unique.jsonl
The lines of the kept articles, unchanged, in the order of the feed.
.TP
.B articles.jsonl
For each article: its cluster, whether it is kept, the article that it duplicates, the relation and the scores.
.TP
.B clusters.jsonl
For each cluster: its members, outlets and their lag, headlines, and the credited agency.
.TP
.B boilerplate.jsonl\fR, \fBboilerplate.model
The ignored text, for inspection and for later runs.
.TP
.B rejects.jsonl
Every line that is not an article, with its position and the reason.
.TP
.B summary.json
Counts, parameters, amount of work, and times.
.SH "EXIT STATUS"
0 success; 2 usage error; 3 more rejected lines than
.BR \-\-max\-rejects ;
4 input, output or resource error; 5 damaged or incompatible state; 130 or 143 interrupted.
.SH ENVIRONMENT
.TP
.B NO_COLOR
Disables colours if set and not empty.
.TP
.B TMPDIR
Directory for temporary files if there is no
.BR \-\-out .
)";

/// Escapes text for roff: backslashes and hyphens are literal, and no line is a request.
std::string roff(std::string_view text) {
  std::string out;
  bool is_at_start = true;
  for (const char c : text) {
    if (is_at_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    is_at_start = c == '\n';
  }
  return out;
}

std::string option_page(const CommandOption& option) {
  std::string name = option.long_name.empty() ? "" : "\\fB" + roff(option.long_name) + "\\fR";
  if (!option.short_name.empty()) name = "\\fB" + roff(option.short_name) + "\\fR, " + name;
  if (!option.value.empty()) name += fmt::format("{}\\fI{}\\fR", name.empty() ? "" : " ", roff(option.value));
  const std::string fallback = option.fallback.empty() ? "" : fmt::format(" (default: {})", option.fallback);
  return fmt::format(".TP\n{}\n{}\n", name, roff(option.description + fallback));
}

std::string command_page(const CommandEntry& command) {
  std::string page = fmt::format(".SS wirecopy {}\n{}.\n", roff(command.name), roff(command.description));
  for (const CommandOption& option : command.options) page += option_page(option);
  if (!command.footer.empty()) page += fmt::format(".PP\n.nf\n{}\n.fi\n", roff(command.footer));
  return page;
}

std::string manual(const CLI::App& app) {
  std::string page = fmt::format(
      ".TH WIRECOPY 1 \"\" \"wirecopy {}\"\n.SH NAME\nwirecopy \\- find the copies in news feeds\n"
      ".SH SYNOPSIS\n",
      version());
  const std::vector<CommandEntry> commands = read_commands(app);
  for (const CommandEntry& command : commands) {
    page += fmt::format(".B wirecopy {}\n[\\fIOPTIONS\\fR]", roff(command.name));
    for (const CommandOption& option : command.options) {
      if (option.long_name.empty()) page += fmt::format(" \\fI{}\\fR", roff(option.value));
    }
    page += "\n.br\n";
  }
  page += kOpening;
  for (const CommandEntry& command : commands) page += command_page(command);
  page += kClosing;
  return page;
}

}  // namespace

void add_manual(CLI::App& app, Command& run) {
  CLI::App* command = app.add_subcommand("manual", "Print the manual page for man(1)")->group("");
  command->callback([&app, &run] { run = [&app](SignalWatch&) { return print_output(manual(app)), 0; }; });
}

}  // namespace wirecopy
