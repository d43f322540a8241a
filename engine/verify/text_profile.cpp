#include "verify/text_profile.hpp"

#include <algorithm>
#include <array>

#include "text/ngram_kernels.hpp"
#include "text/shingler.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {
namespace {

// Calls `use(position, token_count)` for each shingle of n-gram text that is in the set, which is not empty. A piece of
// the text at a time is hashed and held against the filter, without a branch: hardly any of it gets further.
template <typename Use>
void for_each_learned_ngram(std::span<const Token> tokens, unsigned words, const IgnoredShingles& learned,
                            Kernel kernel, Use&& use) {
  constexpr std::size_t kPiece = 256;
  std::array<std::uint64_t, kPiece> hashes;
  std::array<std::uint32_t, kPiece> passed;
  const HashNgrams hash_ngrams = ngram_kernel(kernel);
  const std::size_t shingles = tokens.size() - words + 1;
  for (std::size_t begin = 0; begin < shingles; begin += kPiece) {
    const std::size_t size = std::min(kPiece, shingles - begin);
    hash_ngrams(tokens.data() + begin, size, words, hashes.data());
    std::size_t count = 0;
    for (std::uint32_t at = 0; at < size; ++at) {
      passed[count] = at;
      count += learned.may_contain(hashes[at]) || hashes[at] == 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (learned.contains(hashes[passed[i]])) use(static_cast<std::uint32_t>(begin) + passed[i], words);
    }
  }
}

template <typename Use>
void for_each_learned(std::span<const Token> tokens, unsigned words, const IgnoredShingles& learned, Kernel kernel,
                      Use&& use) {
  if (are_ngrams(tokens, words)) return for_each_learned_ngram(tokens, words, learned, kernel, use);
  for_each_shingle(tokens, words, [&](std::uint64_t hash, std::size_t token, std::size_t count) {
    if (learned.contains(hash)) use(static_cast<std::uint32_t>(token), static_cast<std::uint32_t>(count));
  });
}

// The editorial part of n-gram text: what lies between the boilerplate.
TextProfile measure_ngrams(std::size_t tokens, unsigned words, std::span<const TokenRange> boilerplate) {
  const auto shingles = static_cast<std::uint32_t>(tokens - words + 1);
  TokenCounter covered(0);
  std::uint32_t begin = 0;
  const auto add = [&](std::uint32_t end) {
    if (begin < end) covered.add(begin, end - 1 + words);
  };
  for (const TokenRange range : boilerplate) {
    add(std::min(range.begin, shingles));
    begin = range.end;
  }
  add(shingles);
  return {.editorial_tokens = covered.count(), .editorial_quarters = 4 * covered.count()};
}

}  // namespace

void mark_boilerplate(std::span<const Token> tokens, unsigned words, const IgnoredShingles& boilerplate,
                      std::vector<TokenRange>& ranges, Kernel kernel) {
  if (boilerplate.empty()) return;
  std::size_t first = ranges.size();  // the first run of the block
  std::uint32_t learned = 0, covered_until = 0;
  const auto end_block = [&] {
    const auto begin = ranges.begin() + static_cast<std::ptrdiff_t>(first);
    if (learned >= kShinglesOfATemplate) {
      begin->end = ranges.back().end;
      ranges.erase(begin + 1, ranges.end());
    } else {
      const auto is_short = [](const TokenRange& run) { return run.end - run.begin < kShinglesOfABlock; };
      ranges.erase(std::remove_if(begin, ranges.end(), is_short), ranges.end());
    }
    first = ranges.size();
    learned = 0;
  };
  for_each_learned(tokens, words, boilerplate, kernel, [&](std::uint32_t here, std::uint32_t count) {
    if (here > covered_until + kBridgedTokens) end_block();
    if (learned++ > 0 && ranges.back().end == here) {
      ++ranges.back().end;
    } else {
      ranges.push_back({here, here + 1});
    }
    covered_until = here + count;
  });
  end_block();
}

TextProfile measure_editorial(std::span<const Token> tokens, unsigned words, std::span<const TokenRange> boilerplate) {
  if (are_ngrams(tokens, words)) return measure_ngrams(tokens.size(), words, boilerplate);
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

std::vector<TokenRange> tokens_of_shingles(std::span<const Token> tokens, unsigned words,
                                           std::span<const TokenRange> shingles) {
  std::vector<TokenRange> ranges(shingles.begin(), shingles.end());  // a shingle begins at the token of its number
  if (are_ngrams(tokens, words)) {
    for (TokenRange& range : ranges) range.end += words - 1;
    return ranges;
  }
  std::size_t at = 0;
  for_each_shingle(tokens, words, [&](std::uint64_t, std::size_t first, std::size_t count) {
    if (at == ranges.size() || first + 1 != shingles[at].end) return;
    ranges[at++].end = static_cast<std::uint32_t>(first + count);
  });
  return ranges;
}

}  // namespace wirecopy
