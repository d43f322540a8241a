#include "index/passages.hpp"

#include <cstdint>
#include <string_view>

#include "provenance/lead_in.hpp"
#include "text/markup.hpp"
#include "text/tokenizer.hpp"

namespace wirecopy {

std::vector<std::string> cut_passages(const Article& article, std::span<const TokenRange> tokens,
                                      const Options& options) {
  const Tokenizer tokenizer(options.seed);
  TokenizerScratch scratch;
  std::string plain;
  std::vector<ByteRange> positions;
  const auto read = [&](std::string_view raw) {
    const auto offset = static_cast<std::uint32_t>(plain.size());
    may_have_markup(raw) ? strip_markup(raw, plain) : static_cast<void>(plain += raw);
    plain += '\n';
    std::vector<TokenSpan> spans;
    tokenizer.tokenize_spans(raw, scratch, spans);
    for (const TokenSpan& span : spans) positions.push_back({span.bytes.begin + offset, span.bytes.end + offset});
  };
  if (options.title) read(article.title);
  read(article.text.substr(lead_in(article.text)));
  std::vector<std::string> passages;
  for (const TokenRange& range : tokens) {
    if (range.begin >= range.end || range.end > positions.size()) continue;
    const std::uint32_t begin = positions[range.begin].begin;
    passages.push_back(plain.substr(begin, positions[range.end - 1].end - begin));
  }
  return passages;
}

}  // namespace wirecopy
