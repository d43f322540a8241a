#include "verify/text_profile.hpp"

#include <algorithm>

#include "text/shingler.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

void mark_boilerplate(std::span<const Token> tokens, unsigned words, const ShingleSet& boilerplate,
                      std::vector<TokenRange>& ranges) {
  if (boilerplate.empty()) return;
  std::uint32_t position = 0, begin = 0;
  const auto end_run = [&](std::uint32_t end) {
    if (end - begin >= kShinglesOfABlock) ranges.push_back({begin, end});
    begin = end + 1;
  };
  for_each_shingle(tokens, words, [&](std::uint64_t hash, std::size_t, std::size_t) {
    if (!boilerplate.contains(hash)) end_run(position);
    ++position;
  });
  end_run(position);
}

TextProfile measure_editorial(std::span<const Token> tokens, unsigned words, std::span<const TokenRange> boilerplate) {
  TextProfile profile;
  const auto add = [&](std::uint32_t begin, std::uint32_t end) {
    profile.editorial_tokens += end - begin;
    for (std::uint32_t i = begin; i < end; ++i) profile.editorial_quarters += quarter_words(kind_of(tokens[i]));
  };
  if (boilerplate.empty()) {
    add(0, static_cast<std::uint32_t>(tokens.size()));
    return profile;
  }
  EditorialCursor cursor(boilerplate);
  std::uint32_t position = 0, covered_until = 0;
  for_each_shingle(tokens, words, [&](std::uint64_t, std::size_t token, std::size_t count) {
    if (!cursor.is_editorial(position++)) return;
    const auto end = static_cast<std::uint32_t>(token + count);
    add(std::max(covered_until, static_cast<std::uint32_t>(token)), end);
    covered_until = end;
  });
  return profile;
}

}  // namespace wirecopy
