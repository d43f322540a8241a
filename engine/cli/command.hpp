// The interface between the command line and its subcommands.
#pragma once

#include <functional>

#include "cli/signals.hpp"

namespace CLI {
class App;
}

namespace wirecopy {

/// Runs the chosen subcommand; returns the exit status.
using Command = std::function<int(SignalWatch&)>;

/// Each function adds its subcommand to `app`; parsing sets `run` if the subcommand was chosen.
void add_dedup(CLI::App& app, Command& run);
void add_sketch(CLI::App& app, Command& run);
void add_resolve(CLI::App& app, Command& run);
void add_generate(CLI::App& app, Command& run);
void add_evaluate(CLI::App& app, Command& run);
void add_explain(CLI::App& app, Command& run);
void add_stream(CLI::App& app, Command& run);
void add_index(CLI::App& app, Command& run);
void add_events(CLI::App& app, Command& run);
void add_report(CLI::App& app, Command& run);
void add_show(CLI::App& app, Command& run);
/// These two read all subcommands of `app` when they run.
void add_completion(CLI::App& app, Command& run);
void add_manual(CLI::App& app, Command& run);

}  // namespace wirecopy
