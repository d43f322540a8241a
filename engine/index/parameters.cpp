#include "index/parameters.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>
#include <vector>

#include "base/json_writer.hpp"
#include "base/names.hpp"
#include "base/option_error.hpp"
#include "text/normal_form.hpp"

namespace wirecopy {
namespace {

constexpr int kFormat = 1;
// Raised when texts give other tokens, or tokens other shingles, than before.
constexpr int kTokens = 1;
constexpr std::int64_t kMinWindow = 60;
constexpr std::int64_t kMaxWindow = std::int64_t{100} * 366 * 86400;
constexpr std::int64_t kGenerationsOfAWindow = 8;
constexpr std::int64_t kGenerationWithoutWindow = std::int64_t{90} * 86400;

std::int64_t generation_of_window(std::int64_t window) {
  return (window + kGenerationsOfAWindow - 1) / kGenerationsOfAWindow;
}

using Lines = std::vector<std::pair<std::string, std::string>>;

std::string drop_text(const RelationSet& drop) {
  std::string text;
  for (const Relation relation : kLinkingRelations) {
    if (!drop.contains(relation)) continue;
    if (!text.empty()) text += ',';
    text += name(relation);
  }
  return text;
}

std::string escaped(const std::vector<std::string>& sources) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const std::string& source : sources) json.value(source);
  json.end_array();
  return text;
}

Lines versions() {
  return {{"format", std::to_string(kFormat)},
          {"tokens", std::to_string(kTokens)},
          {"Unicode", std::string(unicode_version())}};
}

Lines option_lines(const Options& o) {
  return {{"method", std::string(name(o.method))},
          {"threshold", fmt::format("{}", o.threshold)},
          {"recall", fmt::format("{}", o.recall)},
          {"shingle", std::to_string(o.shingle)},
          {"seed", std::to_string(o.seed)},
          {"title", o.title ? "yes" : "no"},
          {"boilerplate", o.boilerplate ? "auto" : "off"},
          {"keep", std::string(name(o.keep))},
          {"drop", drop_text(o.drop)},
          {"sources", escaped(o.preferred_sources)},
          {"within", std::to_string(o.within)}};
}

[[noreturn]] void refuse(std::string_view what, std::string_view theirs, std::string_view ours) {
  throw Error(ErrorKind::state,
              fmt::format("the index was made with {} {}, and this program or its options say {}", what, theirs, ours));
}

/// Takes the next line, which must have this name.
std::string_view take(std::string_view& text, std::string_view wanted) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  if (end == std::string_view::npos || !line.starts_with(wanted) || line.substr(wanted.size()).substr(0, 1) != " ") {
    throw Error(ErrorKind::state, fmt::format("the index is damaged: its parameters lack {}", wanted));
  }
  text.remove_prefix(end + 1);
  return line.substr(wanted.size() + 1);
}

template <typename Number>
Number number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Error(ErrorKind::state, "the index is damaged: one of its parameters is no number");
  }
  return value;
}

RelationSet drop_named(std::string_view text) {
  RelationSet drop;
  for (const Relation relation : kLinkingRelations) {
    if (fmt::format(",{},", text).find(fmt::format(",{},", name(relation))) != std::string::npos) drop.add(relation);
  }
  return drop;
}

/// The strings of a list that escaped() wrote; escapes other than \" and \\ stay as they are, for the comparison only.
std::vector<std::string> sources_named(std::string_view text) {
  std::vector<std::string> sources;
  bool is_inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      is_inside = !is_inside;
      if (is_inside) sources.emplace_back();
    } else if (is_inside) {
      if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\')) ++at;
      sources.back() += text[at];
    }
  }
  return sources;
}

void check_window(std::int64_t window) {
  if (window != 0 && (window < kMinWindow || window > kMaxWindow)) {
    throw OptionError("window", "1 minute to 100 years, or 0 for no limit");
  }
}

void check_method(const Options& options) {
  validate(options);
  if (options.method != Method::sample && options.method != Method::exact) {
    throw Error(ErrorKind::usage, "an index takes the methods sample and exact");
  }
}

}  // namespace

std::string encode(const IndexParameters& parameters) {
  std::string text;
  for (const auto& [key, value] : versions()) text += key + ' ' + value + '\n';
  for (const auto& [key, value] : option_lines(parameters.options)) text += key + ' ' + value + '\n';
  return text + fmt::format("window {}\ngeneration {}\n", parameters.window, parameters.generation);
}

IndexParameters decode_parameters(std::string_view text, const IndexSettings& wanted) {
  IndexParameters parameters;
  for (const auto& [key, ours] : versions()) {
    const std::string_view theirs = take(text, key);
    if (theirs != ours) refuse(key, theirs, ours);
  }
  Options& options = parameters.options;
  if (wanted.options) check_method(*wanted.options);
  const Lines asked = option_lines(wanted.options.value_or(Options()));
  std::vector<std::string_view> theirs;
  for (const auto& [key, ours] : asked) {
    theirs.push_back(take(text, key));
    if (wanted.options && theirs.back() != ours) refuse(key, theirs.back(), ours);
  }
  options.method = theirs[0] == name(Method::exact) ? Method::exact : Method::sample;
  options.threshold = number<double>(theirs[1]);
  options.recall = number<double>(theirs[2]);
  options.shingle = number<unsigned>(theirs[3]);
  options.seed = number<std::uint64_t>(theirs[4]);
  options.title = theirs[5] == "yes";
  options.boilerplate = theirs[6] == "auto";
  options.keep = keep_named(theirs[7]).value_or(Keep::fullest);
  options.drop = drop_named(theirs[8]);
  options.preferred_sources = wanted.options ? wanted.options->preferred_sources : sources_named(theirs[9]);
  options.within = number<std::int64_t>(theirs[10]);
  validate(options);
  const std::string_view window = take(text, "window");
  parameters.window = number<std::int64_t>(window);
  if (wanted.window && *wanted.window != parameters.window) {
    refuse("window", window, std::to_string(*wanted.window));
  }
  parameters.generation = number<std::int64_t>(take(text, "generation"));
  if (parameters.generation < 1) throw Error(ErrorKind::state, "the index is damaged: its generations have no length");
  return parameters;
}

IndexParameters new_parameters(const IndexSettings& settings) {
  IndexParameters parameters{settings.options.value_or(Options()), settings.window.value_or(0)};
  check_method(parameters.options);
  check_window(parameters.window);
  parameters.generation = parameters.window > 0 ? generation_of_window(parameters.window) : kGenerationWithoutWindow;
  return parameters;
}

}  // namespace wirecopy
