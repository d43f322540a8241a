// Any words as a command line, and any text as a value of an option: refused, or within the range that help tells.
//
// An input is a list of arguments between newlines.
#include <cmath>

#include "base/memory_size.hpp"
#include "cli/index_options.hpp"
#include "cli/option_values.hpp"
#include "cli/run_arguments.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"

namespace wirecopy::fuzz {
namespace {

void check_values(const std::string& text) {
  accepts([&] {
    const std::uint64_t bytes = parse_byte_size(text);
    require(bytes < std::uint64_t{1} << 63, "sizes are below 2^63 bytes");
    const std::uint64_t again = parse_byte_size(format_byte_size(bytes));
    const double difference = std::abs(static_cast<double>(again) - static_cast<double>(bytes));
    require(difference <= 0.051 / 1 * static_cast<double>(bytes), "a size that is shown is a size");
  });
  accepts([&] { require(parse_memory_budget(text) >= min_memory_budget(), "a budget is enough for threads"); });
  accepts([&] { require(parse_duration(text, "--window") >= 0, "durations are not negative"); });
  accepts([&] {
    const FieldPath path = parse_field_path(text);
    require(path.name == text && !path.steps.empty(), "a path has steps");
  });
  accepts([&] {
    FieldMap fields;
    set_field(text, fields);
  });
}

void check_request(const RunArguments& typed) {
  RunArguments arguments = typed;
  const DedupRequest request = request_of(arguments);
  validate(request.options);
  require(request.memory >= min_memory_budget(), "a budget is enough for threads");
  require(request.max_line <= std::size_t{1} << 30, "lines are of 1 GiB at most");
  static_cast<void>(fingerprint(request.options));
}

/// Whether CLI11 takes the arguments.
template <typename Add, typename Use>
void parse(const std::vector<std::string>& words, const Add& add, const Use& use) {
  CLI::App app;
  add(app);
  std::vector<std::string> reversed(words.rbegin(), words.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::Error&) {
    return;
  }
  accepts(use);
}

/// Which file a value names is not the business of these laws, and some are endless.
bool names_a_file(std::string_view word) { return word.find('/') != std::string_view::npos; }

}  // namespace

std::vector<std::string> seeds() { return {}; }

void check_laws(std::string_view input) {
  std::vector<std::string> words;
  for (const std::string_view word : split(input, '\n')) {
    if (!names_a_file(word)) words.emplace_back(word);
  }
  require_cost({.seconds = 0.05, .microseconds_a_byte = 5, .bytes_a_byte = 2000}, input.size(), [&] {
    for (const std::string& word : words) check_values(word);
    RunArguments run;
    const auto add_run = [&](CLI::App& app) {
      add_sketch_options(app, run);
      add_decision_options(app, run);
      add_output_options(app, run);
      add_feed_options(app, run);
      add_resource_options(app, run);
    };
    parse(words, add_run, [&] { check_request(run); });
    IndexArguments index;
    LineArguments lines;
    const auto add_index = [&](CLI::App& app) {
      add_creation_options(app, index);
      add_index_resources(app, index);
      add_clock(app, index);
      add_line_options(app, lines);
    };
    parse(words, add_index, [&] {
      const IndexSettings settings = settings_of(index);
      require(settings.window.value_or(0) >= 0, "a window is not negative");
    });
  });
}

}  // namespace wirecopy::fuzz
