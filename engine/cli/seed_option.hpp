// The option --seed, which several subcommands share.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>

namespace wirecopy {

/// The value as given: a number, or "random".
struct SeedArgument {
  std::uint64_t number = 1;
  bool is_random = false;
};

CLI::Option* add_seed_option(CLI::App& command, SeedArgument& seed);

/// The given number. If it is random: `existing`, the seed of the work being continued, or else a new secret seed.
[[nodiscard]] std::uint64_t chosen_seed(const SeedArgument& seed, std::optional<std::uint64_t> existing);

}  // namespace wirecopy
