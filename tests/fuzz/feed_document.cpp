// Any bytes as a JSON document: the filter keeps their number, works on any pieces, and gives each element of a valid
// array a line.
#include <simdjson.h>

#include "feed/document_lines.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"

namespace wirecopy::fuzz {
namespace {

namespace dom = simdjson::dom;

std::string filtered(std::string document, std::string_view records, std::size_t step) {
  DocumentLines lines(records);
  for (std::size_t at = 0; at < document.size(); at += step) {
    lines.filter(std::span(document).subspan(at, std::min(step, document.size() - at)));
  }
  (void)lines.damage();
  return document;
}

std::vector<std::string> minified_lines(std::string_view lines) {
  std::vector<std::string> values;
  dom::parser parser;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string_view line = lines.substr(at, end - at);
    at = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    std::string compact;
    append_compact(line, compact);
    dom::element element;
    require(parser.parse(compact).get(element) == simdjson::SUCCESS, "a line of a valid array is valid");
    values.push_back(simdjson::minify(element));
  }
  return values;
}

}  // namespace

std::vector<std::string> seeds() {
  return {R"([{"a":1},{"b":"x, ]}["}])", "[\n {\n  \"a\": [1, 2]\n },\n {}\n]\n", R"({"r":{"docs":[{"a":1}]},"x":[]})",
          R"([{"a":[1,2},{"c":3},"x",7])", "{\n\"a\": 1\n}\n{\n}\n"};
}

void check_laws(std::string_view input) {
  const std::string document(input);
  std::string lines;
  require_cost({.microseconds_a_byte = 0.5}, document.size(), [&] { lines = filtered(document, "", SIZE_MAX >> 1); });
  require(lines.size() == document.size(), "the filter keeps the number of bytes");
  require(lines == filtered(document, "", 1), "lines do not depend on how bytes arrive");
  const std::string found = filtered(document, "/r/docs", SIZE_MAX >> 1);
  require(found == filtered(document, "/r/docs", 3), "lines do not depend on how bytes arrive");

  dom::parser parser;
  dom::array array;
  if (layout_of(document, "", true) != Layout::document || parser.parse(document).get(array) != simdjson::SUCCESS)
    return;
  std::vector<std::string> expected;
  for (const dom::element element : array) expected.push_back(simdjson::minify(element));
  require(minified_lines(lines) == expected, "each element has a line");
}

}  // namespace wirecopy::fuzz
