// `wirecopy generate`: a made feed with its truth.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace wirecopy {

/// Adds the subcommand to `app`; parsing sets `run` when it was chosen. `run` returns the exit status and throws Error.
void add_generate(CLI::App& app, std::function<int()>& run);

}  // namespace wirecopy
