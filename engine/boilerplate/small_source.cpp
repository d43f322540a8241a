#include "boilerplate/small_source.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// In scripts without spaces, runs of tokens as long as a word are words.
void add_words(std::span<const Token> tokens, std::vector<std::uint64_t>& words) {
  if (!tokens.empty()) shingle(tokens, 1, words);
}

void make_distinct(std::vector<std::uint64_t>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

/// Calls `use(word, count)` for each distinct word of the lists, which hold each of theirs once.
template <typename Use>
void count_words(std::vector<std::uint64_t>& words, Use&& use) {
  std::sort(words.begin(), words.end());
  for (std::size_t begin = 0, end = 0; begin < words.size(); begin = end) {
    while (end < words.size() && words[end] == words[begin]) ++end;
    use(words[begin], end - begin);
  }
}

/// In millionths: sums of whole numbers are the same on every machine.
std::int64_t log_of(std::size_t count) { return std::llround(1e6 * std::log(double(count))); }

}  // namespace

void SmallSource::start(std::span<const ArticleId> articles) {
  articles_ = articles;
  is_read_ = false;
}

double SmallSource::title_kinship(std::uint32_t a, std::uint32_t b) {
  prepare();
  return std::max(share_in(words_[a], words_[b]), share_in(words_[b], words_[a]));
}

double SmallSource::title_overlap(std::uint32_t a, std::uint32_t b) {
  prepare();
  const std::vector<std::uint64_t>&x = words_[a].title, &y = words_[b].title;
  const auto shared =
      std::ranges::count_if(x, [&](std::uint64_t word) { return std::binary_search(y.begin(), y.end(), word); });
  const std::size_t shorter = std::min(x.size(), y.size());
  return shorter == 0 ? 0 : double(shared) / double(shorter);
}

void SmallSource::prepare() {
  if (std::exchange(is_read_, true)) return;
  cut_affixes();
  read();
  drop_frequent_words();
  weigh();
}

std::size_t SmallSource::least_titles() const {
  const double share = std::ceil(rule_.frequent_share * double(articles_.size()));
  return std::max(rule_.frequent_titles, static_cast<std::size_t>(share));
}

// The longest end, and then the longest beginning, that enough titles have. What is more than half of a title is its
// story's, of which there are several versions.
void SmallSource::cut_affixes() {
  titles_.clear();
  for (const ArticleId article : articles_) {
    titles_.push_back(corpus_.tokens(article).first(corpus_.record(article).title_tokens));
  }
  for (const bool is_end : {true, false}) {
    const auto affix = [&](std::span<const Token> title, std::size_t size) {
      return is_end ? title.last(size) : title.first(size);
    };
    std::vector<std::size_t> sizes(titles_.size(), 0);
    for (std::size_t i = 0; i < titles_.size(); ++i) {
      for (std::size_t size = 1; size <= std::min(titles_[i].size(), rule_.affix + 1); ++size) {
        const auto count = std::ranges::count_if(titles_, [&](std::span<const Token> other) {
          return size <= other.size() && std::ranges::equal(affix(titles_[i], size), affix(other, size));
        });
        if (static_cast<std::size_t>(count) < least_titles()) break;
        sizes[i] = size;
      }
    }
    for (std::size_t i = 0; i < titles_.size(); ++i) {
      const bool is_name = sizes[i] <= rule_.affix && 2 * sizes[i] <= titles_[i].size();
      const std::size_t rest = titles_[i].size() - (is_name ? sizes[i] : 0);
      titles_[i] = is_end ? titles_[i].first(rest) : titles_[i].last(rest);
    }
  }
}

void SmallSource::read() {
  words_.assign(articles_.size(), {});
  for (std::size_t i = 0; i < articles_.size(); ++i) {
    const std::span<const Token> text = corpus_.text_tokens(articles_[i]);
    add_words(titles_[i], words_[i].title);
    words_[i].all = words_[i].title;
    add_words(text.first(std::min(rule_.lead, text.size())), words_[i].all);
    make_distinct(words_[i].title);
    make_distinct(words_[i].all);
  }
}

void SmallSource::drop_frequent_words() {
  std::vector<std::uint64_t> words, frequent;
  for (const Words& each : words_) words.insert(words.end(), each.title.begin(), each.title.end());
  count_words(words, [&](std::uint64_t word, std::size_t count) {
    if (count >= least_titles()) frequent.push_back(word);
  });
  for (Words& each : words_) {
    std::ranges::set_difference(each.title, frequent, std::back_inserter(each.rare));
  }
}

void SmallSource::weigh() {
  std::vector<std::uint64_t> words;
  for (const Words& each : words_) words.insert(words.end(), each.all.begin(), each.all.end());
  weights_.clear();
  count_words(words, [&](std::uint64_t word, std::size_t count) {
    weights_.push_back({word, log_of(articles_.size() + 1) - log_of(count)});
  });
}

std::int64_t SmallSource::weight_of(std::uint64_t word) const {
  const auto found = std::lower_bound(weights_.begin(), weights_.end(), word,
                                      [](const Weight& weight, std::uint64_t key) { return weight.word < key; });
  return found->weight;
}

double SmallSource::share_in(const Words& titled, const Words& other) const {
  std::int64_t all = 0, shared = 0;
  for (const std::uint64_t word : titled.rare) {
    const std::int64_t weight = weight_of(word);
    all += weight;
    if (std::binary_search(other.all.begin(), other.all.end(), word)) shared += weight;
  }
  return all > 0 ? double(shared) / double(all) : 0;
}

}  // namespace wirecopy
