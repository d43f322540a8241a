// Validators shared by the options of several subcommands.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace wirecopy {

/// Rejects "-1" for an unsigned option, which would be read as 2^64 - 1.
inline CLI::Validator natural_number() {
  return {[](const std::string& text) { return text.starts_with('-') ? "must be 0 or more" : std::string(); }, ""};
}

/// Rejects "", as given by an unset shell variable.
inline CLI::Validator not_empty() {
  return {[](const std::string& text) { return text.empty() ? "must not be empty" : std::string(); }, ""};
}

}  // namespace wirecopy
