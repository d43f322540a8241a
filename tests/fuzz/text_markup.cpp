// Any bytes as HTML.
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "reference/text_markup_reference.hpp"
#include "text/markup.hpp"

namespace wirecopy::fuzz {
namespace {

std::string stripped(std::string_view text) {
  std::string plain;
  strip_markup(text, plain);
  return plain;
}

}  // namespace

std::vector<std::string> seeds() { return {}; }

void check_laws(std::string_view input) {
  require(stripped(input) == reference::strip_markup(input), "the naive filter removes the same markup");
  require(may_have_markup(input) || stripped(input) == input, "text without < and & is unchanged");
  const std::string large = expanded(input);
  std::string plain;
  require_cost({.bytes_a_byte = 3}, large.size(), [&] { plain = stripped(large); });
  require(plain.size() <= large.size(), "the output is not longer than the text");
}

}  // namespace wirecopy::fuzz
