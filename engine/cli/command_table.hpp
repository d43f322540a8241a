// The subcommands and their options as data, read from the definition of the command line, for completion and the
// manual.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace wirecopy {

struct CommandOption {
  std::string long_name;             ///< "--out"; empty for a positional
  std::string short_name;            ///< "-o"; may be empty
  std::string value;                 ///< placeholder of its value, such as "DIR"; empty for a flag; a positional's name
  std::string description;           ///< one line
  std::string fallback;              ///< the default value; may be empty
  std::vector<std::string> choices;  ///< the possible values, if there are only a few
  bool takes_path = false;
};

struct CommandEntry {
  std::string name;
  std::string description;
  std::string footer;
  std::vector<CommandOption> options;  ///< positionals first
};

/// Omits hidden subcommands and options.
[[nodiscard]] std::vector<CommandEntry> read_commands(const CLI::App& app);

}  // namespace wirecopy
