// --seed, which several subcommands have.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>

namespace wirecopy {

/// What the user typed: a number, or "random".
struct SeedArgument {
  std::uint64_t number = 1;
  bool is_random = false;
};

CLI::Option* add_seed_option(CLI::App& command, SeedArgument& seed);

/// The number; where it is random, the seed of `begun`, the work that is gone on with, or else a fresh one.
[[nodiscard]] std::uint64_t chosen_seed(const SeedArgument& seed, std::optional<std::uint64_t> begun);

}  // namespace wirecopy
