// Any bytes as a text: all ways of tokenising it agree with the naive one, for every kernel.
#include "base/hash.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "reference/text_reference.hpp"
#include "reference/text_samples.hpp"
#include "text/alignment.hpp"
#include "text/markup.hpp"
#include "text/passage_finder.hpp"
#include "text/shingler.hpp"
#include "text/tokenizer.hpp"

namespace wirecopy::fuzz {
namespace {

std::vector<Token> tokens_of(std::string_view text, Kernel kernel = best_kernel()) {
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  Tokenizer(1, kernel).tokenize(text, scratch, tokens);
  return tokens;
}

std::vector<TokenSpan> spans_of(std::string_view text) {
  TokenizerScratch scratch;
  std::vector<TokenSpan> spans;
  Tokenizer(1).tokenize_spans(text, scratch, spans);
  return spans;
}

void check_spans(const std::vector<TokenSpan>& spans, std::string_view plain) {
  const auto expected = reference::tokens(plain);
  require(spans.size() == expected.size(), "there are as many tokens as the naive tokenizer finds");
  for (std::size_t at = 0; at < spans.size(); ++at) {
    require(spans[at].spelling == expected[at].spelling, "spellings are those of the naive tokenizer");
    require(kind_of(spans[at].token) == expected[at].kind, "kinds are those of the naive tokenizer");
    require(spans[at].bytes.begin < spans[at].bytes.end && spans[at].bytes.end <= plain.size(),
            "positions are in the text");
  }
}

void check_kernels(std::string_view text, const std::vector<TokenSpan>& spans) {
  for (const Kernel kernel : available_kernels()) {
    const std::vector<Token> tokens = tokens_of(text, kernel);
    require(tokens.size() == spans.size(), "every kernel finds as many tokens");
    for (std::size_t at = 0; at < spans.size(); ++at) {
      require(tokens[at] == spans[at].token, "every kernel finds the same tokens");
    }
    for (const unsigned words : {1U, 3U, 32U}) {
      std::vector<std::uint64_t> shingles, expected;
      shingle(std::span(tokens), words, shingles, kernel);
      for_each_shingle(std::span(tokens), words, [&](auto hash, auto, auto) { expected.push_back(hash); });
      require(shingles == expected, "every kernel computes the same shingles");
    }
  }
}

void check_passage(std::string_view plain, const std::vector<TokenSpan>& spans) {
  if (spans.empty() || may_have_markup(plain)) return;
  const auto total = static_cast<std::uint32_t>(spans.size());
  RandomStream random(plain.size());
  const std::uint32_t begin = random.below(total), end = begin + 1 + random.below(total - begin);
  const Tokenizer tokenizer(1);
  const ByteRange found = PassageFinder(tokenizer).find(plain, total, begin, end, plain.size() + 1);
  require(found.begin == spans[begin].bytes.begin && found.end == spans[end - 1].bytes.end,
          "a passage is found at the position of its tokens");
}

void check_alignment(const std::vector<TokenSpan>& spans) {
  std::vector<Token> first, second;
  for (const TokenSpan& span : spans) (first.size() <= second.size() ? first : second).push_back(span.token);
  std::uint32_t first_end = 0, second_end = 0;
  for (const AlignedRun& run : align(first, second)) {
    require(run.length > 0 && run.first >= first_end && run.second >= second_end, "aligned runs ascend in both texts");
    first_end = run.first + run.length, second_end = run.second + run.length;
    require(first_end <= first.size() && second_end <= second.size(), "aligned runs are inside both texts");
    require(std::equal(&first[run.first], &first[run.first] + run.length, &second[run.second]),
            "aligned runs are equal");
  }
}

}  // namespace

std::vector<std::string> seeds() {
  RandomStream random(3);
  std::vector<std::string> texts;
  for (std::uint32_t turn = 0; turn < 60; ++turn) {
    texts.push_back(reference::sample_text(random, 120, static_cast<int>(turn % 3 * 8)));
    if (turn % 2 == 0) texts.back() += "<b>&eacute;</b><p>&#" + std::to_string(random.below(70000)) + ";<script>";
  }
  return texts;
}

void check_laws(std::string_view input) {
  std::string plain(input);
  if (may_have_markup(input)) {
    plain.clear();
    strip_markup(input, plain);
  }
  const std::vector<TokenSpan> spans = spans_of(input);
  check_spans(spans, plain);
  check_kernels(input, spans);
  check_passage(plain, spans);
  check_alignment(spans);
  const std::string large = expanded(input);
  require_cost({.microseconds_a_byte = 0.4}, large.size(), [&] { static_cast<void>(tokens_of(large)); });
  require_cost({.microseconds_a_byte = 2, .bytes_a_byte = 600}, large.size(),
               [&] { static_cast<void>(spans_of(large)); });
}

}  // namespace wirecopy::fuzz
