#include "verify/series.hpp"

#include <algorithm>
#include <iterator>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

void words_of(std::span<const Token> title, std::vector<std::uint64_t>& words) {
  words.clear();
  if (!title.empty()) shingle(title, 1, words);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

template <typename Use>
void for_each_word(std::span<const Token> text, Use use) {
  for_each_shingle(text, 1, [&](std::uint64_t word, std::size_t, std::size_t) { use(word); });
}

/// The distinct words of a title that are in the other, in its order.
void shared_words(std::span<const Token> title, const std::vector<std::uint64_t>& other,
                  std::vector<std::uint64_t>& shared) {
  shared.clear();
  if (title.empty()) return;
  for_each_word(title, [&](std::uint64_t word) {
    const bool is_shared = std::binary_search(other.begin(), other.end(), word);
    if (is_shared && std::find(shared.begin(), shared.end(), word) == shared.end()) shared.push_back(word);
  });
}

}  // namespace

bool SeriesTest::are_items(const TitledText& a, const TitledText& b) {
  words_of(a.title, first_);
  words_of(b.title, second_);
  shared_words(a.title, second_, frame_);
  shared_words(b.title, first_, other_frame_);
  const std::size_t shorter = std::min(first_.size(), second_.size());
  if (frame_ != other_frame_ || 2 * frame_.size() < shorter) return false;
  return names_something(first_, second_, a.text, b.text) && names_something(second_, first_, b.text, a.text);
}

bool SeriesTest::names_something(const std::vector<std::uint64_t>& own, const std::vector<std::uint64_t>& other,
                                 std::span<const Token> own_text, std::span<const Token> other_text) {
  names_.clear();
  std::set_difference(own.begin(), own.end(), other.begin(), other.end(), std::back_inserter(names_));
  for_each_word(other_text, [this](std::uint64_t word) { std::erase(names_, word); });
  bool any = false;
  for_each_word(own_text, [&](std::uint64_t word) {
    any = any || std::find(names_.begin(), names_.end(), word) != names_.end();
  });
  return any;
}

}  // namespace wirecopy
