#include "verify/series.hpp"

#include <algorithm>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

template <typename Use>
void for_each_word(std::span<const Token> tokens, Use use) {
  if (tokens.empty()) return;
  for_each_shingle(tokens, 1, [&](std::uint64_t word, std::size_t, std::size_t) { use(word); });
}

}  // namespace

void SeriesTest::hold(const TitledText& first) {
  first_ = first;
  is_title_read_ = is_text_read_ = false;
}

bool SeriesTest::are_items(const TitledText& second) {
  if (!std::exchange(is_title_read_, true)) read_title(first_, of_first_);
  read_title(second, of_second_);
  if (!share_a_frame()) return false;
  if (!std::exchange(is_text_read_, true)) read_text(first_, of_first_);
  read_text(second, of_second_);
  return names_something(of_first_, of_second_) && names_something(of_second_, of_first_);
}

void SeriesTest::read_title(const TitledText& article, Words& words) {
  words.title.clear();
  for_each_word(article.title, [&, place = std::uint32_t{0}](std::uint64_t word) mutable {
    words.title.push_back({word, place++});
  });
  std::sort(words.title.begin(), words.title.end(), [](const TitleWord& a, const TitleWord& b) {
    return std::pair(a.word, a.place) < std::pair(b.word, b.place);
  });
  const auto is_same = [](const TitleWord& a, const TitleWord& b) { return a.word == b.word; };
  words.title.erase(std::unique(words.title.begin(), words.title.end(), is_same), words.title.end());
}

void SeriesTest::read_text(const TitledText& article, Words& words) {
  words.text.clear();
  for_each_word(article.text, [&](std::uint64_t word) { words.text.push_back(word); });
  std::sort(words.text.begin(), words.text.end());
  words.text.erase(std::unique(words.text.begin(), words.text.end()), words.text.end());
  words.named.clear();
  for (const TitleWord& each : words.title) {
    if (std::binary_search(words.text.begin(), words.text.end(), each.word)) words.named.push_back(each.word);
  }
}

const SeriesTest::TitleWord* SeriesTest::find(const std::vector<TitleWord>& title, std::uint64_t word) {
  const auto found = std::lower_bound(title.begin(), title.end(), word,
                                      [](const TitleWord& each, std::uint64_t wanted) { return each.word < wanted; });
  return found == title.end() || found->word != word ? nullptr : &*found;
}

bool SeriesTest::share_a_frame() {
  shared_.clear();
  for (const TitleWord& each : of_second_.title) {
    if (const TitleWord* found = find(of_first_.title, each.word)) shared_.emplace_back(each.place, found->place);
  }
  if (2 * shared_.size() < std::min(of_first_.title.size(), of_second_.title.size())) return false;
  std::sort(shared_.begin(), shared_.end());
  return std::is_sorted(shared_.begin(), shared_.end(),
                        [](const auto& a, const auto& b) { return a.second < b.second; });
}

bool SeriesTest::names_something(const Words& own, const Words& other) {
  return std::any_of(own.named.begin(), own.named.end(), [&](std::uint64_t word) {
    return find(other.title, word) == nullptr && !std::binary_search(other.text.begin(), other.text.end(), word);
  });
}

}  // namespace wirecopy
