// Checks that options of several subcommands share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace wirecopy {

/// Refuses "-1" for an unsigned option, which would be taken for 2^64 - 1.
inline CLI::Validator natural_number() {
  return {[](const std::string& text) { return text.starts_with('-') ? "must be 0 or more" : std::string(); }, ""};
}

/// Refuses "", as an unset variable of a shell gives.
inline CLI::Validator not_empty() {
  return {[](const std::string& text) { return text.empty() ? "must not be empty" : std::string(); }, ""};
}

}  // namespace wirecopy
