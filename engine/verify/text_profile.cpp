#include "verify/text_profile.hpp"

#include <algorithm>

#include "text/shingler.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

void mark_boilerplate(std::span<const Token> tokens, unsigned words, const ShingleSet& boilerplate,
                      std::vector<TokenRange>& ranges) {
  if (boilerplate.empty()) return;
  std::size_t first = ranges.size();  // the first run of the block
  std::uint32_t position = 0, learnt = 0, covered_until = 0;
  const auto end_block = [&] {
    const auto begin = ranges.begin() + static_cast<std::ptrdiff_t>(first);
    if (learnt >= kShinglesOfATemplate) {
      begin->end = ranges.back().end;
      ranges.erase(begin + 1, ranges.end());
    } else {
      const auto is_short = [](const TokenRange& run) { return run.end - run.begin < kShinglesOfABlock; };
      ranges.erase(std::remove_if(begin, ranges.end(), is_short), ranges.end());
    }
    first = ranges.size();
    learnt = 0;
  };
  for_each_shingle(tokens, words, [&](std::uint64_t hash, std::size_t token, std::size_t count) {
    const std::uint32_t here = position++;
    if (!boilerplate.contains(hash)) return;
    if (token > covered_until + kBridgedTokens) end_block();
    if (learnt++ > 0 && ranges.back().end == here) {
      ++ranges.back().end;
    } else {
      ranges.push_back({here, here + 1});
    }
    covered_until = static_cast<std::uint32_t>(token + count);
  });
  end_block();
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
