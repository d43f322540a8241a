#include "text/tokenizer.hpp"

#include <algorithm>
#include <string_view>

#include "text/markup.hpp"

namespace wirecopy {
namespace {

std::string_view without_markup(std::string_view text, std::string& buffer) {
  if (!may_have_markup(text)) return text;
  buffer.clear();
  strip_markup(text, buffer);
  return buffer;
}

constexpr TokenKind kind_of_class(std::uint32_t char_class) { return static_cast<TokenKind>(char_class - 1); }
static_assert(kind_of_class(static_cast<std::uint32_t>(CharClass::word)) == TokenKind::word);
static_assert(kind_of_class(static_cast<std::uint32_t>(CharClass::ideograph)) == TokenKind::ideograph);
static_assert(kind_of_class(static_cast<std::uint32_t>(CharClass::syllable)) == TokenKind::syllable);

/// Whether a normalised word begins with a digit: of ASCII, or one of those of Arabic, Persian and Hindi, which NFKC
/// leaves as they are.
bool begins_with_digit(const char* word) {
  const auto byte = [word](int at) { return static_cast<unsigned char>(word[at]); };
  if (byte(0) < 0x80) return byte(0) >= '0' && byte(0) <= '9';
  if (byte(0) == 0xd9) return byte(1) >= 0xa0 && byte(1) <= 0xa9;
  if (byte(0) == 0xdb) return byte(1) >= 0xb0 && byte(1) <= 0xb9;
  return byte(0) == 0xe0 && byte(1) == 0xa5 && byte(2) >= 0xa6 && byte(2) <= 0xaf;
}

TokenKind kind_of_word(const char* word, std::uint32_t char_class) {
  const TokenKind kind = kind_of_class(char_class);
  return kind == TokenKind::word && begins_with_digit(word) ? TokenKind::figure : kind;
}

void append_tokens(const SegmenterScratch& scratch, std::size_t count, const TokenHash& hash,
                   std::vector<Token>& tokens) {
  const std::size_t before = tokens.size();
  tokens.resize(before + count);
  Token* out = tokens.data() + before;
  const char* const folded = scratch.folded.data();
  const Segment* const segments = scratch.segments.data();
  for (std::size_t at = 0; at < count; ++at) {
    const std::uint32_t char_class = segments[at] & 3;
    if (char_class == 0) continue;
    const std::uint32_t begin = segments[at] >> 2;
    const std::uint32_t end = segments[at + 1] >> 2;
    *out++ = make_token(hash(folded + begin, end - begin), kind_of_word(folded + begin, char_class));
  }
  tokens.resize(static_cast<std::size_t>(out - tokens.data()));
}

}  // namespace

Tokenizer::Tokenizer(std::uint64_t seed, Kernel kernel) : hash_(seed), kernel_(block_kernel(kernel)) {}

void Tokenizer::tokenize(std::string_view text, TokenizerScratch& scratch, std::vector<Token>& tokens) const {
  Segmenter segmenter(without_markup(text, scratch.markup), kernel_, scratch.segmenter);
  bool more = true;
  while (more) {
    more = segmenter.advance();
    append_tokens(scratch.segmenter, segmenter.count(), hash_, tokens);
  }
}

std::size_t Tokenizer::count(std::string_view text, TokenizerScratch& scratch) const {
  Segmenter segmenter(without_markup(text, scratch.markup), kernel_, scratch.segmenter);
  std::size_t tokens = 0;
  bool more = true;
  while (more) {
    more = segmenter.advance();
    const auto is_token = [](Segment segment) { return (segment & 3) != 0; };
    const auto begin = scratch.segmenter.segments.begin();
    tokens += static_cast<std::size_t>(
        std::count_if(begin, begin + static_cast<std::ptrdiff_t>(segmenter.count()), is_token));
  }
  return tokens;
}

void Tokenizer::tokenize_spans(std::string_view text, TokenizerScratch& scratch, std::vector<TokenSpan>& spans) const {
  Segmenter segmenter(without_markup(text, scratch.markup), kernel_, scratch.segmenter, Segmenter::Origins::keep);
  while (segmenter.advance()) {
  }
  const SegmenterScratch& made = scratch.segmenter;
  for (std::size_t at = 0; at < segmenter.count(); ++at) {
    const std::uint32_t char_class = made.segments[at] & 3;
    if (char_class == 0) continue;
    const std::uint32_t begin = made.segments[at] >> 2;
    const std::uint32_t end = made.segments[at + 1] >> 2;
    const char* const word = made.folded.data() + begin;
    const Token token = make_token(hash_(word, end - begin), kind_of_word(word, char_class));
    spans.push_back({token, std::string(word, end - begin), {made.origins[begin].begin, made.origins[end - 1].end}});
  }
}

std::string normalize(std::string_view text) {
  TokenizerScratch scratch;
  std::vector<TokenSpan> spans;
  Tokenizer(0).tokenize_spans(text, scratch, spans);
  std::string normal;
  for (const TokenSpan& span : spans) {
    if (!normal.empty()) normal += ' ';
    normal += span.spelling;
  }
  return normal;
}

}  // namespace wirecopy
