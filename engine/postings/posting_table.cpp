#include "postings/posting_table.hpp"

#include <algorithm>

#include "base/radix_sort.hpp"

namespace wirecopy {

void PostingTable::add(std::uint64_t hash, ArticleKey article) {
  if (5 * (size_ + 1) > 3 * slots_.size() && bits_ < kPostingHashBits) grow();
  const Posting posting = hash << kPostingOffsetBits | (article - first_ + 1);
  unsigned same = 0;
  std::size_t oldest = 0, at = home(hash);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (hash_of(slots_[at]) != hash) continue;
    if (slots_[at] == posting) return;
    if (same++ == 0 || slots_[at] < slots_[oldest]) oldest = at;
  }
  if (same >= kMaxOfOneHash) {
    slots_[oldest] = posting;
  } else {
    slots_[at] = posting;
    ++size_;
  }
}

void PostingTable::set_samples(ArticleKey article, std::size_t samples) {
  const std::size_t at = article - first_;
  if (samples_.size() <= at) samples_.resize(at + 1, 0);
  samples_[at] = static_cast<std::uint16_t>(std::min<std::size_t>(samples, UINT16_MAX));
}

void PostingTable::grow() {
  LargeArray<Posting> old(2 * slots_.size(), 0);
  old.swap(slots_);
  ++bits_;
  for (const Posting posting : old) {
    if (posting == 0) continue;
    std::size_t at = home(hash_of(posting));
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = posting;
  }
}

LargeArray<Posting> PostingTable::sorted() const {
  LargeArray<Posting> postings;
  postings.reserve(size_);
  std::copy_if(slots_.begin(), slots_.end(), std::back_inserter(postings), [](Posting p) { return p != 0; });
  LargeArray<Posting> scratch(postings.size());
  radix_sort(std::span(postings), std::span(scratch), [](Posting p) { return p; });
  return postings;
}

}  // namespace wirecopy
