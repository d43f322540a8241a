// wirecopy completion: completion scripts for shells.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/command.hpp"
#include "cli/command_table.hpp"
#include "cli/standard_streams.hpp"

namespace wirecopy {
namespace {

constexpr const char* kFooter = R"(Examples:
  wirecopy completion bash > ~/.local/share/bash-completion/completions/wirecopy
  wirecopy completion zsh > ~/.zfunc/_wirecopy       requires ~/.zfunc in fpath
  wirecopy completion fish > ~/.config/fish/completions/wirecopy.fish)";

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : between) + word;
  return all;
}

/// Quoted for a shell.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> names(const std::vector<CommandEntry>& commands) {
  std::vector<std::string> all;
  for (const CommandEntry& command : commands) all.push_back(command.name);
  return all;
}

std::string bash(const std::vector<CommandEntry>& commands) {
  std::string choices, options;
  for (const CommandEntry& command : commands) {
    std::vector<std::string> words;
    for (const CommandOption& option : command.options) {
      if (!option.long_name.empty()) words.push_back(option.long_name);
      const std::string label = command.name + (option.long_name.empty() ? ":" : ":" + option.long_name);
      if (!option.choices.empty()) {
        choices += fmt::format("      {}) words={} ;;\n", label, in_quotes(joined(option.choices, " ")));
      } else if (!option.value.empty() && !option.takes_path && !option.long_name.empty()) {
        choices += fmt::format("      {}) return ;;\n", label);
      }
    }
    options += fmt::format("      {}) words={} ;;\n", command.name, in_quotes(joined(words, " ")));
  }
  return fmt::format(R"(# bash completion for wirecopy
_wirecopy() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W {} -- "$current")
    return
  fi
  [[ $before == -* ]] || before=
  if [[ -n $before || $current != -* ]]; then
    case $command:$before in
{}    esac
  fi
  if [[ -z $words && $current == -* ]]; then
    case $command in
{}    esac
  fi
  if [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}}
complete -o filenames -F _wirecopy wirecopy
)",
                     in_quotes(joined(names(commands), " ") + " --help --version"), choices, options);
}

/// Escaped for an argument of _arguments, in which brackets and colons are special.
std::string for_zsh(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const CommandOption& option) {
  if (option.value.empty()) return "";
  const std::string action = !option.choices.empty() ? "(" + joined(option.choices, " ") + ")"
                             : option.takes_path     ? "_files"
                                                     : " ";
  return ":" + for_zsh(option.value) + ":" + action;
}

std::string zsh(const std::vector<CommandEntry>& commands) {
  std::string list, cases;
  for (const CommandEntry& command : commands) {
    list += fmt::format("    {}\n", in_quotes(for_zsh(command.name) + ":" + for_zsh(command.description)));
    cases += fmt::format("    {})\n      _arguments", command.name);
    bool has_positional = false;  // one specification covers all positionals
    for (const CommandOption& option : command.options) {
      if (option.long_name.empty() && has_positional) continue;
      has_positional = has_positional || option.long_name.empty();
      const std::string name =
          option.long_name.empty() ? "*" : fmt::format("{}[{}]", option.long_name, for_zsh(option.description));
      cases += " \\\n        " + in_quotes(name + zsh_action(option));
    }
    cases += "\n      ;;\n";
  }
  return fmt::format(R"(#compdef wirecopy
_wirecopy() {{
  local -a commands
  commands=(
{}  )
  if ((CURRENT == 2)); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
{}  esac
}}
_wirecopy "$@"
)",
                     list, cases);
}

std::string fish(const std::vector<CommandEntry>& commands) {
  std::string out = "# fish completion for wirecopy\n";
  for (const CommandEntry& command : commands) {
    out += fmt::format("complete -c wirecopy -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                       in_quotes(command.description));
  }
  for (const CommandEntry& command : commands) {
    const std::string condition = in_quotes("__fish_seen_subcommand_from " + command.name);
    for (const CommandOption& option : command.options) {
      std::string line = fmt::format("complete -c wirecopy -n {}", condition);
      if (!option.long_name.empty()) line += " -l " + option.long_name.substr(2);
      if (!option.short_name.empty()) line += " -s " + option.short_name.substr(1);
      if (option.long_name.empty() && option.choices.empty()) continue;
      if (!option.long_name.empty() && !option.value.empty()) line += option.takes_path ? " -r" : " -x";
      if (!option.choices.empty()) line += " -f -a " + in_quotes(joined(option.choices, " "));
      out += line + " -d " + in_quotes(option.description) + '\n';
    }
  }
  return out;
}

}  // namespace

void add_completion(CLI::App& app, Command& run) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completion", "Print a completion script for a shell");
  command->footer(kFooter);
  command->add_option("SHELL", *shell, "Shell: bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""));
  command->callback([shell, &app, &run] {
    run = [shell, &app](SignalWatch&) {
      const std::vector<CommandEntry> commands = read_commands(app);
      print_output(*shell == "bash" ? bash(commands) : *shell == "zsh" ? zsh(commands) : fish(commands));
      return 0;
    };
  });
}

}  // namespace wirecopy
