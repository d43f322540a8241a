#include "postings/postings.hpp"

#include <algorithm>

namespace wirecopy {
namespace {

constexpr std::size_t kMergedAtOnce = 4;

}  // namespace

std::uint64_t Postings::Generation::in_tables() const {
  std::uint64_t postings = 0;
  for (const PostingTable& table : tables) postings += table.size();
  return postings;
}

void Postings::load() {
  store_.scan({Table::segment, 0, 0}, {Table::segment, UINT64_MAX, 0}, [&](const Key& key, std::string_view header) {
    Generation& generation = generations_[generation_of(key.major)];
    generation.segments.push_back(PostingSegment::load(store_, header));
    generation.next_segment = sequence_of(key.major) + 1;
    return true;
  });
  for (auto& [number, generation] : generations_) {
    std::sort(generation.segments.begin(), generation.segments.end(),
              [](const PostingSegment& a, const PostingSegment& b) { return a.header().first < b.header().first; });
  }
  keep_filters();
}

ArticleKey Postings::last_in_segments(std::uint64_t generation) const {
  const auto found = generations_.find(generation);
  if (found == generations_.end() || found->second.segments.empty()) return kNoKey;
  return found->second.segments.back().header().last;
}

void Postings::add(ArticleKey article, std::span<const std::uint64_t> hashes, std::size_t samples) {
  Generation& generation = generations_[generation_of(article)];
  if (generation.tables.empty() || !generation.tables.back().takes(article)) generation.tables.emplace_back(article);
  PostingTable& table = generation.tables.back();
  table.set_samples(article, samples);
  for (const std::uint64_t hash : hashes) table.add(hash, article);
  generation.last = article;
}

bool Postings::settle() {
  if (limits_.in_tables == 0) return false;
  for (bool has_written = false;; has_written = true) {
    std::uint64_t all = 0;
    auto largest = generations_.end();
    for (auto at = generations_.begin(); at != generations_.end(); ++at) {
      const std::uint64_t postings = at->second.in_tables();
      all += postings;
      if (largest == generations_.end() || postings > largest->second.in_tables()) largest = at;
    }
    if (all < limits_.in_tables) return has_written;
    write_segment(largest->first, largest->second);
    while (merge_segments(largest->first, largest->second)) {
    }
    keep_filters();
  }
}

// Every article asks every filter: the smaller one is, the more it is worth its bytes.
void Postings::keep_filters() {
  std::vector<PostingSegment*> segments;
  std::uint64_t fixed = 0;
  for (auto& [number, generation] : generations_) {
    for (PostingSegment& segment : generation.segments) {
      segments.push_back(&segment);
      fixed += segment.fixed_bytes();
    }
  }
  std::stable_sort(segments.begin(), segments.end(), [](const PostingSegment* a, const PostingSegment* b) {
    return a->filter().parts() < b->filter().parts();
  });
  std::uint64_t left = limits_.of_segments - std::min(limits_.of_segments, fixed);
  std::vector<std::size_t> kept(segments.size(), 0);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const PostingFilter& filter = segments[i]->filter();
    for (; kept[i] < filter.parts() && filter.bytes_of(kept[i]) <= left; ++kept[i]) left -= filter.bytes_of(kept[i]);
  }
  for (std::size_t i = segments.size(); i-- > 0;) segments[i]->keep_filter(store_, kept[i]);  // drops before it reads
}

void Postings::write_segment(std::uint64_t number, Generation& generation) {
  Changes headers;
  for (std::size_t i = 0; i < generation.tables.size(); ++i) {
    const bool is_last = i + 1 == generation.tables.size();
    const ArticleKey last = is_last ? generation.last : generation.tables[i + 1].first() - 1;
    const std::uint64_t key = make_key(number, generation.next_segment++);
    generation.segments.push_back(PostingSegment::write(store_, key, generation.tables[i], last));
    headers[{Table::segment, key, 0}] = generation.segments.back().encoded_header();
  }
  store_.write(std::move(headers));
  generation.tables.clear();
}

bool Postings::merge_segments(std::uint64_t number, Generation& generation) {
  auto& segments = generation.segments;
  if (segments.size() < kMergedAtOnce) return false;
  const auto begin = segments.end() - kMergedAtOnce;
  const std::uint32_t level = segments.back().header().level;
  if (begin->header().level != level) return false;
  if (segments.back().header().last - begin->header().first >= PostingTable::kMaxArticles) return false;

  std::vector<const PostingSegment*> parts;
  for (auto at = begin; at != segments.end(); ++at) parts.push_back(&*at);
  const std::uint64_t key = make_key(number, generation.next_segment++);
  PostingSegment merged = PostingSegment::merge(store_, key, parts);
  Changes headers;
  headers[{Table::segment, key, 0}] = merged.encoded_header();
  for (const PostingSegment* part : parts) headers[{Table::segment, part->header().key, 0}] = std::nullopt;
  store_.write(std::move(headers));
  store_.sync();  // the record must be on the disk before what the one before it named is gone
  for (const PostingSegment* part : parts) store_.drop(Table::block, part->header().key);
  segments.erase(begin, segments.end());
  segments.push_back(std::move(merged));
  return true;
}

void Postings::drop_before(std::uint64_t generation) {
  generations_.erase(generations_.begin(), generations_.lower_bound(generation));
}

BatchFilter Postings::batch_filter(std::span<const std::uint64_t> hashes) const {
  std::vector<const PostingSegment*> segments;
  for (const auto& [number, generation] : generations_) {
    for (const PostingSegment& segment : generation.segments) {
      if (!segment.filter().is_in_memory(segment.filter().parts() - 1)) segments.push_back(&segment);
    }
  }
  return {store_, hashes, segments};
}

std::uint64_t Postings::size() const {
  std::uint64_t postings = 0;
  for (const auto& [number, generation] : generations_) {
    for (const PostingSegment& segment : generation.segments) postings += segment.header().postings;
    postings += generation.in_tables();
  }
  return postings;
}

std::uint64_t Postings::memory_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& [number, generation] : generations_) {
    for (const PostingSegment& segment : generation.segments) bytes += segment.memory_bytes();
    for (const PostingTable& table : generation.tables) bytes += table.memory_bytes();
  }
  return bytes;
}

void Postings::verify(const std::stop_token& stop) const {
  for (const auto& [number, generation] : generations_) {
    for (const PostingSegment& segment : generation.segments) segment.verify(store_, stop);
  }
}

}  // namespace wirecopy
