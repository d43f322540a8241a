// The subcommands and their options as data, read off the command line's own definition, for completion and the manual.
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
  std::string value;                 ///< what it takes, such as "DIR"; empty for a flag, the name of a positional
  std::string description;           ///< one line
  std::string fallback;              ///< what holds without it; may be empty
  std::vector<std::string> choices;  ///< where it takes one of a few words
  bool takes_path = false;
};

struct CommandEntry {
  std::string name;
  std::string description;
  std::string footer;
  std::vector<CommandOption> options;  ///< positionals first
};

/// Hidden ones left out.
[[nodiscard]] std::vector<CommandEntry> read_commands(const CLI::App& app);

}  // namespace wirecopy
