#include "text/shingler.hpp"

namespace wirecopy {
namespace {

bool only_words(std::span<const Token> tokens) {
  Token kinds = 0;
  for (const Token token : tokens) kinds |= token;
  return kind_of(kinds) == TokenKind::word;
}

// n-grams. The sum rolls on in one multiplication and one addition; all else is off that chain.
void shingle_words(std::span<const Token> tokens, unsigned n, std::uint64_t* out) {
  const std::uint64_t leaving = RollingShingle::kPowers[n];
  std::uint64_t sum = 0;
  for (const Token token : tokens.first(n)) sum = sum * RollingShingle::kBase + token;
  *out++ = RollingShingle::finish(sum, n);
  for (std::size_t next = n; next < tokens.size(); ++next) {
    sum = sum * RollingShingle::kBase + (tokens[next] - tokens[next - n] * leaving);
    *out++ = RollingShingle::finish(sum, n);
  }
}

}  // namespace

void shingle(std::span<const Token> tokens, unsigned n, std::vector<std::uint64_t>& out) {
  if (tokens.size() >= n && only_words(tokens)) {
    const std::size_t before = out.size();
    out.resize(before + tokens.size() - n + 1);
    shingle_words(tokens, n, out.data() + before);
    return;
  }
  for_each_shingle(tokens, n, [&out](std::uint64_t hash, std::size_t, std::size_t) { out.push_back(hash); });
}

}  // namespace wirecopy
