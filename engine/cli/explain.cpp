// wirecopy explain: why two articles of a result are copies of each other, or why they are not.
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
  wirecopy explain result/ 10058459 3731741383   the scores, the shared passages, the differences marked
  wirecopy explain result/ feed.jsonl:12 feed.jsonl:90 --json

The feed is read again, by the names that the run was given. An id that several articles have is named by file and line.
On a terminal, text that only one of the two has is coloured, and boilerplate is dimmed (NO_COLOR turns that off);
elsewhere text is marked [-only in the first-], {+only in the second+} and (boilerplate).)";

Marking marking_of_output() {
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  const bool is_plain = (no_colour != nullptr && *no_colour != '\0') || terminal == nullptr ||
                        std::string_view(terminal) == "dumb" || ::isatty(STDOUT_FILENO) == 0;
  return is_plain ? Marking::signs : Marking::colour;
}

int run_explain(const Arguments& arguments, SignalWatch& signals) {
  signals.leave_at_once();  // nothing is left behind
  const Explanation explanation = explain(arguments.result, arguments.first, arguments.second);
  print_output(arguments.json ? format_explanation(explanation) : format_explanation(explanation, marking_of_output()));
  return 0;
}

}  // namespace

void add_explain(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("explain", "Why two articles of a result are copies, or why they are not");
  command->footer(kFooter);
  command->add_option("RESULT", arguments->result, "The directory that dedup --out made")
      ->required()
      ->check(not_empty());
  command->add_option("ID1", arguments->first, "An article's id, or file:line")->required();
  command->add_option("ID2", arguments->second, "The other's")->required();
  command->add_flag("--json", arguments->json, "Everything as one JSON object");
  command->callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_explain(*arguments, signals); }; });
}

}  // namespace wirecopy
