// What must hold of any bytes at all; the body of a fuzz target, and of a unit test.
#pragma once

#include <cstdlib>
#include <string_view>
#include <vector>

#include "reference/text_reference.hpp"
#include "text/markup.hpp"
#include "text/tokenizer.hpp"

namespace wirecopy::fuzz {

/// Aborts where kernels, spans and the naive twin do not agree about `text`.
inline void tokenize_any_bytes(std::string_view text) {
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  TokenizerScratch scratch;
  std::vector<TokenSpan> spans;
  Tokenizer(1).tokenize_spans(text, scratch, spans);
  std::string plain(text);
  if (may_have_markup(text)) {
    plain.clear();
    strip_markup(text, plain);
  }
  const auto expected = reference::tokens(plain);
  require(spans.size() == expected.size());
  for (std::size_t at = 0; at < spans.size(); ++at) {
    require(spans[at].spelling == expected[at].spelling && kind_of(spans[at].token) == expected[at].kind);
    require(spans[at].bytes.begin < spans[at].bytes.end && spans[at].bytes.end <= plain.size());
  }
  for (const Kernel kernel : available_kernels()) {
    std::vector<Token> tokens;
    Tokenizer(1, kernel).tokenize(text, scratch, tokens);
    require(tokens.size() == spans.size());
    for (std::size_t at = 0; at < spans.size(); ++at) require(tokens[at] == spans[at].token);
  }
}

}  // namespace wirecopy::fuzz
