// wirecopy explain: explains why two articles of a result are or are not copies of each other.
#include "inspect/explain.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <string>

#include "cli/command.hpp"
#include "cli/option_checks.hpp"
#include "cli/standard_streams.hpp"
#include "inspect/explanation_text.hpp"

namespace wirecopy {
namespace {

struct Arguments {
  std::string result;
  std::string first;
  std::string second;
  bool json = false;
};

constexpr const char* kFooter = R"(Examples:
  wirecopy explain result/ radio-20 valley-339   scores, shared passages and marked differences
  wirecopy explain result/ feed.jsonl:12 feed.jsonl:90 --json

The feed is read again, under the file names given to the run. If several articles have the same id, give file:line.
On a terminal, text of only one of the articles is coloured and boilerplate is dimmed, unless NO_COLOR is set;
elsewhere text is marked [-only in the first-], {+only in the second+} and (boilerplate).)";

Marking marking_of_output() {
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  const bool is_plain = (no_colour != nullptr && *no_colour != '\0') || terminal == nullptr ||
                        std::string_view(terminal) == "dumb" || ::isatty(STDOUT_FILENO) == 0;
  return is_plain ? Marking::signs : Marking::colour;
}

int run_explain(const Arguments& arguments, SignalWatch& signals) {
  signals.exit_at_once();  // there are no files to clean up
  const Explanation explanation = explain(arguments.result, arguments.first, arguments.second);
  print_output(arguments.json ? format_explanation(explanation) : format_explanation(explanation, marking_of_output()));
  return 0;
}

}  // namespace

void add_explain(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("explain", "Explain why two articles of a result are or are not copies");
  command->footer(kFooter);
  command->add_option("RESULT", arguments->result, "Result directory, as written by dedup --out")
      ->required()
      ->check(not_empty());
  command->add_option("ID1", arguments->first, "Id of the first article, or file:line")->required();
  command->add_option("ID2", arguments->second, "Id of the second article, or file:line")->required();
  command->add_flag("--json", arguments->json, "Print one JSON object with all details");
  command->callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_explain(*arguments, signals); }; });
}

}  // namespace wirecopy
