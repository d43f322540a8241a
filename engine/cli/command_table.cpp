#include "cli/command_table.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "base/names.hpp"

namespace wirecopy {
namespace {

template <typename Values>
std::vector<std::string> names_of(const Values& values) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(name(value));
  return names;
}

const std::map<std::string, std::vector<std::string>>& known_choices() {
  static const std::map<std::string, std::vector<std::string>> choices{
      {"--method", names_of(kAllMethods)},
      {"--keep", {"fullest", "first", "earliest", "credited", "source-order="}},
      {"--drop", names_of(kLinkingRelations)},
      {"--boilerplate", {"auto", "off"}},
      {"--progress", {"auto", "none", "log"}},
      {"SHELL", {"bash", "zsh", "fish"}},
  };
  return choices;
}

bool is_path(const std::string& value) {
  return value == "DIR" || value == "FEED" || value == "RESULT" || value.starts_with("FILE");
}

std::string on_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

CommandOption read_option(const CLI::Option& option) {
  CommandOption read;
  if (!option.get_lnames().empty()) read.long_name = "--" + option.get_lnames().front();
  if (!option.get_snames().empty()) read.short_name = "-" + option.get_snames().front();
  const bool is_positional = read.long_name.empty() && read.short_name.empty();
  read.value = is_positional                          ? option.get_single_name()
               : option.get_items_expected_max() == 0 ? ""
                                                      : option.get_type_name();
  read.description = on_one_line(option.get_description());
  read.fallback = option.get_default_str();
  read.takes_path = is_path(read.value);
  const auto found = known_choices().find(is_positional ? read.value : read.long_name);
  if (found != known_choices().end()) read.choices = found->second;
  return read;
}

CommandEntry read_command(const CLI::App& command) {
  CommandEntry entry{command.get_name(), on_one_line(command.get_description()), command.get_footer(), {}};
  const auto add = [&](const CLI::App& part) {
    for (const CLI::Option* option : part.get_options()) {
      const bool is_help_of_group = option == part.get_help_ptr() && part.get_name().empty();
      if (!option->get_group().empty() && !is_help_of_group) entry.options.push_back(read_option(*option));
    }
  };
  add(command);
  for (const CLI::App* group : command.get_subcommands([](const CLI::App* app) { return app->get_name().empty(); })) {
    add(*group);
  }
  std::stable_partition(entry.options.begin(), entry.options.end(), [](const CommandOption& option) {
    return option.long_name.empty() && option.short_name.empty();
  });
  return entry;
}

}  // namespace

std::vector<CommandEntry> read_commands(const CLI::App& app) {
  std::vector<CommandEntry> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_group().empty()) commands.push_back(read_command(*command));
  }
  return commands;
}

}  // namespace wirecopy
