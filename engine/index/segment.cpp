#include "index/segment.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "index/bytes.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kPostingsOfABlock = 512;
constexpr std::uint64_t kBitsAPosting = 10;
constexpr unsigned kProbes = 6;
constexpr std::size_t kPartBytes = 1 << 18;
constexpr std::size_t kPendingBlocks = 4096;  // 16 MiB

// Minor numbers of a segment's parts that are no blocks.
constexpr std::uint64_t kFilterPart = std::uint64_t{1} << 40;
constexpr std::uint64_t kSamplesPart = std::uint64_t{2} << 40;
constexpr std::uint64_t kFirstsPart = std::uint64_t{3} << 40;

template <typename Number>
std::string_view bytes_of(std::span<const Number> numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

template <typename Number>
void put_parts(Changes& changes, std::uint64_t segment, std::uint64_t part, const std::vector<Number>& numbers) {
  std::string_view bytes = bytes_of(std::span<const Number>(numbers));
  for (; !bytes.empty(); ++part) {
    changes[{Table::block, segment, part}] = std::string(bytes.substr(0, kPartBytes));
    bytes.remove_prefix(std::min(bytes.size(), kPartBytes));
  }
}

template <typename Number>
void get_parts(const IndexStore& store, std::uint64_t segment, std::uint64_t part, std::vector<Number>& numbers) {
  std::string all;
  store.scan({Table::block, segment, part}, {Table::block, segment, part + kFilterPart}, [&](const Key&, auto bytes) {
    all += bytes;
    return true;
  });
  if (all.size() % sizeof(Number) != 0) ByteReader::damaged();
  numbers.resize(all.size() / sizeof(Number));
  if (!all.empty()) std::memcpy(numbers.data(), all.data(), all.size());
}

}  // namespace

PostingFilter::PostingFilter(std::uint64_t postings)
    : words_((postings * kBitsAPosting / (64 * kWordsOfABlock) + 1) * kWordsOfABlock, 0) {}

void PostingFilter::add(std::uint64_t hash) {
  const std::uint64_t mixed = mix64(hash);
  std::uint64_t* const words = &words_[block(mixed)];
  std::uint64_t bits = mix64(mixed);
  for (unsigned probe = 0; probe < kProbes; ++probe, bits >>= 9) {
    words[bits >> 6 & 7] |= std::uint64_t{1} << (bits & 63);
  }
}

bool PostingFilter::may_contain(std::uint64_t hash) const {
  const std::uint64_t mixed = mix64(hash);
  const std::uint64_t* const words = &words_[block(mixed)];
  std::uint64_t bits = mix64(mixed);
  for (unsigned probe = 0; probe < kProbes; ++probe, bits >>= 9) {
    if ((words[bits >> 6 & 7] >> (bits & 63) & 1) == 0) return false;
  }
  return true;
}

/// Takes postings in rising order.
class PostingSegmentWriter {
 public:
  PostingSegmentWriter(IndexStore& store, PostingSegment& segment) : store_(store), segment_(segment) {
    store_.drop(Table::block, segment_.header_.key);  // what a writer that died may have left under this key
    segment_.filter_ = PostingFilter(segment_.header_.postings);
    segment_.header_.postings = 0;
  }

  void add(Posting posting) {
    if (block_.empty()) segment_.firsts_.push_back(PostingSegment::first_bits(hash_of(posting)));
    segment_.filter_.add(hash_of(posting));
    ++segment_.header_.postings;
    block_.push_back(posting);
    if (block_.size() == kPostingsOfABlock) end_block();
  }

  void finish() {
    end_block();
    put_parts(blocks_, segment_.header_.key, kFilterPart, segment_.filter_.words());
    put_parts(blocks_, segment_.header_.key, kSamplesPart, segment_.samples_);
    put_parts(blocks_, segment_.header_.key, kFirstsPart, segment_.firsts_);
    store_.write_blocks(std::exchange(blocks_, {}));
  }

 private:
  void end_block() {
    if (block_.empty()) return;
    const Key key{Table::block, segment_.header_.key, segment_.firsts_.size() - 1};
    blocks_[key] = std::string(bytes_of(std::span<const Posting>(block_)));
    block_.clear();
    if (blocks_.size() < kPendingBlocks) return;
    store_.write_blocks(std::exchange(blocks_, {}));
  }

  IndexStore& store_;
  PostingSegment& segment_;
  std::vector<Posting> block_;
  Changes blocks_;
};

/// Reads the postings of a segment in rising order.
class PostingSegmentCursor {
 public:
  PostingSegmentCursor(const IndexStore& store, const PostingSegment& segment, ArticleKey first)
      : store_(store), segment_(segment), shift_(segment.header_.first - first) {
    next_block();
  }

  [[nodiscard]] bool ended() const { return at_ == block_.size(); }
  [[nodiscard]] Posting posting() const { return block_[at_] + shift_; }
  void next() {
    if (++at_ == block_.size()) next_block();
  }

 private:
  void next_block() {
    at_ = 0;
    block_ = {};
    if (number_ < segment_.firsts_.size()) block_ = segment_.read_block(store_, number_++, bytes_);
  }

  const IndexStore& store_;
  const PostingSegment& segment_;
  std::uint64_t shift_;
  std::size_t number_ = 0;
  std::string bytes_;
  std::span<const Posting> block_;
  std::size_t at_ = 0;
};

PostingSegment PostingSegment::write(IndexStore& store, std::uint64_t key, const PostingTable& table, ArticleKey last) {
  PostingSegment segment;
  segment.header_ = {key, table.first(), last, 0, table.size()};
  segment.samples_.assign(table.all_samples().begin(), table.all_samples().end());
  segment.samples_.resize(last - table.first() + 1, 0);
  PostingSegmentWriter writer(store, segment);
  for (const Posting posting : table.sorted()) writer.add(posting);
  writer.finish();
  return segment;
}

PostingSegment PostingSegment::merge(IndexStore& store, std::uint64_t key,
                                     std::span<const PostingSegment* const> parts) {
  PostingSegment merged;
  merged.header_ = {key, parts.front()->header_.first, 0, 0, 0};
  std::vector<PostingSegmentCursor> cursors;
  for (const PostingSegment* part : parts) {
    merged.header_.last = std::max(merged.header_.last, part->header_.last);
    merged.header_.level = std::max(merged.header_.level, part->header_.level + 1);
    merged.header_.postings += part->header_.postings;
    merged.samples_.resize(part->header_.first - merged.header_.first, 0);
    merged.samples_.insert(merged.samples_.end(), part->samples_.begin(), part->samples_.end());
    cursors.emplace_back(store, *part, merged.header_.first);
  }
  PostingSegmentWriter writer(store, merged);
  for (;;) {
    PostingSegmentCursor* least = nullptr;
    for (PostingSegmentCursor& cursor : cursors) {
      if (!cursor.ended() && (least == nullptr || cursor.posting() < least->posting())) least = &cursor;
    }
    if (least == nullptr) break;
    writer.add(least->posting());
    least->next();
  }
  writer.finish();
  return merged;
}

std::string PostingSegment::encoded_header() const {
  return ByteWriter()
      .number(header_.key)
      .number(header_.first)
      .number(header_.last)
      .number(header_.level)
      .number(header_.postings)
      .take();
}

PostingSegment PostingSegment::load(const IndexStore& store, std::string_view header) {
  ByteReader in(header);
  PostingSegment segment;
  segment.header_.key = in.number<std::uint64_t>();
  segment.header_.first = in.number<std::uint64_t>();
  segment.header_.last = in.number<std::uint64_t>();
  segment.header_.level = in.number<std::uint32_t>();
  segment.header_.postings = in.number<std::uint64_t>();
  in.end();
  get_parts(store, segment.header_.key, kFilterPart, segment.filter_.words());
  get_parts(store, segment.header_.key, kSamplesPart, segment.samples_);
  get_parts(store, segment.header_.key, kFirstsPart, segment.firsts_);
  const bool is_whole =
      segment.header_.last >= segment.header_.first &&
      segment.filter_.words().size() == PostingFilter(segment.header_.postings).words().size() &&
      segment.samples_.size() == segment.header_.last - segment.header_.first + 1 &&
      segment.firsts_.size() == (segment.header_.postings + kPostingsOfABlock - 1) / kPostingsOfABlock &&
      std::is_sorted(segment.firsts_.begin(), segment.firsts_.end());
  if (!is_whole) ByteReader::damaged();
  return segment;
}

std::size_t PostingSegment::first_block(std::uint64_t hash) const {
  const auto at = std::lower_bound(firsts_.begin(), firsts_.end(), first_bits(hash)) - firsts_.begin();
  return at == 0 ? 0 : static_cast<std::size_t>(at) - 1;  // the block before may end with it
}

std::span<const Posting> PostingSegment::read_block(const IndexStore& store, std::size_t number,
                                                    std::string& bytes) const {
  const bool is_there = store.get({Table::block, header_.key, number}, bytes);
  if (!is_there || bytes.size() % sizeof(Posting) != 0) ByteReader::damaged();
  return {reinterpret_cast<const Posting*>(bytes.data()), bytes.size() / sizeof(Posting)};
}

void PostingSegment::verify(const IndexStore& store) const {
  std::string bytes;
  std::uint64_t count = 0;
  Posting before = 0;
  for (std::size_t number = 0; number < firsts_.size(); ++number) {
    for (const Posting posting : read_block(store, number, bytes)) {
      const bool is_sound =
          posting > before && filter_.may_contain(hash_of(posting)) && offset_of(posting) < samples_.size();
      if (!is_sound) ByteReader::damaged();
      before = posting;
      ++count;
    }
  }
  if (count != header_.postings) ByteReader::damaged();
}

}  // namespace wirecopy
