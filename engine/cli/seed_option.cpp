#include "cli/seed_option.hpp"

#include <charconv>
#include <string>
#include <wirecopy/seed.hpp>

namespace wirecopy {

CLI::Option* add_seed_option(CLI::App& command, SeedArgument& seed) {
  const auto read = [&seed](const std::string& text) {
    seed.is_random = text == "random";
    if (seed.is_random) return;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed.number);
    if (error == std::errc() && end == text.data() + text.size()) return;
    throw CLI::ValidationError("--seed", "must be a number from 0 to 2^64 - 1, or random");
  };
  return command
      .add_option_function<std::string>(
          "--seed", read,
          "Seed of all hashes: a number, or random for a secret one, for feeds with hostile authors. With --resume or\n"
          "an existing index, random keeps the seed. The result records the seed; equal bytes need the same seed")
      ->default_str("1")
      ->type_name("N|random");
}

std::uint64_t chosen_seed(const SeedArgument& seed, std::optional<std::uint64_t> existing) {
  if (!seed.is_random) return seed.number;
  return existing ? *existing : random_seed();
}

}  // namespace wirecopy
