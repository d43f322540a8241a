// Normalising and tokenizing, by script: bytes of text per second on one core. The tokens are checked against the naive
// twin before anything is timed; `twin` is the speed of that twin.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "reference/text_reference.hpp"
#include "text/shingler.hpp"
#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kSeed = 7;
constexpr std::size_t kArticleBytes = 3000;
constexpr std::size_t kArticles = 300;

// Words of letters drawn from `letters`, as long as those of the language; `gap` separates words.
struct Script {
  const char* name;
  std::u32string_view letters;
  unsigned shortest;
  unsigned longest;
  std::u32string_view gap = U" ";
  std::u32string_view rare = U"";  // one letter in `rarity`
  unsigned rarity = 0;
};

constexpr std::u32string_view kLatin = U"eeeeeaaaooottiiinnnssshhrrddlluccmmfwgypbvk";
constexpr Script kScripts[] = {
    {"ascii", kLatin, 2, 9},
    {"ascii_apostrophes", kLatin, 2, 9, U" ", U"'", 80},
    {"ascii_typographic", kLatin, 2, 9, U" ", U"\u2019\u201c\u201d\u2014", 80},
    {"latin_accents", U"eeeaaaoootttiiinnnsssrrrdddlllukmpzwy\u00e9\u0142\u0105\u017c\u015b", 2, 10},
    {"german", kLatin, 2, 11, U" ", U"\u00e4\u00f6\u00fc\u00df", 30},
    {"cyrillic", U"\u043e\u0435\u0430\u0438\u043d\u0442\u0441\u0440\u0432\u043b\u043a\u043c\u0434\u043f\u0443\u0421", 2,
     10},
    {"greek", U"\u03b1\u03bf\u03b9\u03b5\u03c4\u03bd\u03c3\u03c2\u03b7\u03c5\u03c1\u03c0\u03ba\u03ac\u03ad\u03cc\u0391",
     2, 10},
    {"arabic", U"\u0627\u0644\u064a\u0645\u0646\u0648\u0631\u062a\u0628\u0629\u0639\u0633\u062f\u0623\u0642", 2, 7},
    {"hebrew", U"\u05d9\u05d5\u05d4\u05dc\u05d0\u05e8\u05ea\u05d1\u05de\u05e9\u05e0", 2, 6},
    {"devanagari", U"\u0915\u0930\u0928\u0938\u0924\u092e\u0939\u092a\u093e\u0940\u0947\u094d\u093f", 2, 6},
    {"thai", U"\u0e01\u0e19\u0e23\u0e32\u0e2d\u0e07\u0e17\u0e21\u0e31\u0e34\u0e48\u0e49\u0e40\u0e41", 15, 60},
    {"han", U"\u7684\u4e00\u662f\u4e0d\u4e86\u4eba\u6211\u5728\u6709\u4ed6\u8fd9\u4e2d\u5927\u6765\u4e0a\u56fd", 6, 20,
     U"\uff0c"},
    {"kana_han", U"\u306e\u306b\u306f\u3092\u305f\u304c\u3067\u3066\u30fc\u30ab\u30c8\u65e5\u672c\u4eba\u5927\u56fd", 6,
     25, U"\u3001"},
    {"hangul", U"\uc774\ub2e4\uc758\ub294\uc5d0\uc744\uac00\ud55c\uace0\ub97c\ub85c\uc790", 2, 5},
    {"vietnamese_decomposed", U"nnnghhtttcciiaaeouo", 2, 6, U" ", U"\u0301\u0300\u0323\u0302\u0309", 5},
    {"markup", kLatin, 2, 9, U" ", U"<>&", 60},
};

char32_t letter_of(const Script& script, RandomStream& random) {
  const bool rare = script.rarity != 0 && random.below(script.rarity) == 0;
  const std::u32string_view from = rare ? script.rare : script.letters;
  return from[random.below(static_cast<std::uint32_t>(from.size()))];
}

std::string article(const Script& script, RandomStream& random) {
  std::string text;
  while (text.size() < kArticleBytes) {
    const unsigned length = script.shortest + random.below(script.longest - script.shortest + 1);
    for (unsigned at = 0; at < length; ++at) {
      const char32_t letter = letter_of(script, random);
      const bool upper = at == 0 && letter >= 'a' && letter <= 'z' && random.below(12) == 0;
      append_utf8(upper ? letter - 0x20 : letter, text);
    }
    if (random.below(12) == 0) text += random.below(2) == 0 ? "," : ".";
    for (const char32_t sign : script.gap) append_utf8(sign, text);
  }
  return text;
}

std::vector<std::string> articles(const Script& script) {
  RandomStream random(kSeed);
  std::vector<std::string> made(kArticles);
  for (std::string& text : made) text = article(script, random);
  return made;
}

std::size_t total_bytes(std::span<const std::string> texts) {
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  return bytes;
}

void check(const Tokenizer& tokenizer, const std::string& text) {
  TokenizerScratch scratch;
  std::vector<TokenSpan> spans;
  std::vector<Token> tokens;
  tokenizer.tokenize(text, scratch, tokens);
  tokenizer.tokenize_spans(text, scratch, spans);
  const auto expected = reference::tokens(scratch.markup.empty() ? text : scratch.markup);
  bool same = tokens.size() == expected.size() && spans.size() == expected.size();
  for (std::size_t at = 0; same && at < spans.size(); ++at) {
    same = tokens[at] == spans[at].token && spans[at].spelling == expected[at].spelling;
  }
  if (!same) std::abort();
}

void tokenize(benchmark::State& state, const Script& script, Kernel kernel) {
  const Tokenizer tokenizer(kSeed, kernel);
  const std::vector<std::string> texts = articles(script);
  for (const std::string& text : texts) check(tokenizer, text);
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  std::size_t made = 0;
  for (auto _ : state) {
    for (const std::string& text : texts) {
      tokens.clear();
      tokenizer.tokenize(text, scratch, tokens);
      benchmark::DoNotOptimize(tokens.data());
      made += tokens.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(total_bytes(texts) * state.iterations()));
  state.counters["tokens/s"] = benchmark::Counter(static_cast<double>(made), benchmark::Counter::kIsRate);
}

void twin(benchmark::State& state, const Script& script) {
  const std::vector<std::string> texts = articles(script);
  const std::span<const std::string> some = std::span(texts).first(20);
  for (auto _ : state) {
    for (const std::string& text : some) benchmark::DoNotOptimize(reference::tokens(text));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(total_bytes(some) * state.iterations()));
}

const bool registered = [] {
  for (const Script& script : kScripts) {
    for (const Kernel kernel : available_kernels()) {
      const std::string label = "tokenize/" + std::string(script.name) + "/" + std::string(name(kernel));
      benchmark::RegisterBenchmark(label.c_str(), tokenize, script, kernel);
    }
    benchmark::RegisterBenchmark(("twin/" + std::string(script.name)).c_str(), twin, script);
  }
  return true;
}();

}  // namespace
}  // namespace wirecopy
