#include "postings/segment.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/cancellation.hpp"
#include "store/bytes.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kPostingsOfABlock = 512;
constexpr std::size_t kPartBytes = 1 << 18;

// Minor numbers of a segment's parts that are no blocks.
constexpr std::uint64_t kParts = std::uint64_t{1} << 40;
constexpr std::uint64_t kSamplesPart = 2 * kParts;
constexpr std::uint64_t kFirstsPart = 3 * kParts;
constexpr std::uint64_t kFilterPart = 4 * kParts;

template <typename Number>
std::string_view bytes_of(std::span<const Number> numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

template <typename Number>
void put_parts(BlockSink& sink, std::uint64_t segment, std::uint64_t part, const std::vector<Number>& numbers) {
  std::string_view bytes = bytes_of(std::span<const Number>(numbers));
  for (; !bytes.empty(); ++part) {
    sink.put({Table::block, segment, part}, bytes.substr(0, kPartBytes));
    bytes.remove_prefix(std::min(bytes.size(), kPartBytes));
  }
}

template <typename Number>
void get_parts(const IndexStore& store, std::uint64_t segment, std::uint64_t part, std::vector<Number>& numbers) {
  std::string all;
  store.scan({Table::block, segment, part}, {Table::block, segment, part + kParts}, [&](const Key&, auto bytes) {
    all += bytes;
    return true;
  });
  if (all.size() % sizeof(Number) != 0) ByteReader::damaged();
  numbers.resize(all.size() / sizeof(Number));
  if (!all.empty()) std::memcpy(numbers.data(), all.data(), all.size());
}

/// Writes a filter of postings that come in ascending order.
class PostingFilterWriter {
 public:
  PostingFilterWriter(BlockSink& sink, std::uint64_t segment, const PostingFilter& filter)
      : sink_(sink), segment_(segment), filter_(filter), words_(filter.words_of(0), 0) {}

  void add(std::uint64_t hash) {
    while (part_ < filter_.part_of(hash)) end_part();
    filter_.add(words_, hash);
  }
  void finish() {
    while (part_ < filter_.parts()) end_part();
  }

 private:
  void end_part() {
    sink_.put({Table::block, segment_, kFilterPart + part_}, bytes_of(std::span<const std::uint64_t>(words_)));
    if (++part_ < filter_.parts()) words_.assign(filter_.words_of(part_), 0);
  }

  BlockSink& sink_;
  std::uint64_t segment_;
  const PostingFilter& filter_;
  std::size_t part_ = 0;
  PostingFilter::Part words_;
};

}  // namespace

/// Takes postings in ascending order.
class PostingSegmentWriter {
 public:
  PostingSegmentWriter(IndexStore& store, PostingSegment& segment)
      : segment_(segment),
        sink_((store.drop(Table::block, segment.header_.key), store.write_blocks())),  // what a writer that died left
        filter_(*sink_, segment.header_.key, segment.filter_ = PostingFilter(segment.header_.postings)) {
    segment_.header_.postings = 0;
  }

  void add(Posting posting) {
    if (block_.empty()) segment_.firsts_.push_back(PostingSegment::first_bits(hash_of(posting)));
    filter_.add(hash_of(posting));
    ++segment_.header_.postings;
    block_.push_back(posting);
    if (block_.size() == kPostingsOfABlock) end_block();
  }

  void finish() {
    end_block();
    filter_.finish();
    put_parts(*sink_, segment_.header_.key, kSamplesPart, segment_.samples_);
    put_parts(*sink_, segment_.header_.key, kFirstsPart, segment_.firsts_);
    sink_->finish();
  }

 private:
  void end_block() {
    if (block_.empty()) return;
    const Key key{Table::block, segment_.header_.key, segment_.firsts_.size() - 1};
    sink_->put(key, bytes_of(std::span<const Posting>(block_)));
    block_.clear();
  }

  PostingSegment& segment_;
  std::unique_ptr<BlockSink> sink_;
  PostingFilterWriter filter_;
  std::vector<Posting> block_;
};

/// Reads the postings of a segment in ascending order.
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
    if (number_ < segment_.firsts_.size()) block_ = segment_.read_block(store_, number_++, true, bytes_);
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
  merged.header_ = {key, parts.front()->header_.first, {}, 0, 0};
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
  segment.header_.first = in.id<ArticleKey>();
  segment.header_.last = in.id<ArticleKey>();
  segment.header_.level = in.number<std::uint32_t>();
  segment.header_.postings = in.number<std::uint64_t>();
  in.end();
  get_parts(store, segment.header_.key, kSamplesPart, segment.samples_);
  get_parts(store, segment.header_.key, kFirstsPart, segment.firsts_);
  const bool is_whole =
      segment.header_.last >= segment.header_.first &&
      segment.samples_.size() == segment.header_.last - segment.header_.first + 1 &&
      segment.firsts_.size() == (segment.header_.postings + kPostingsOfABlock - 1) / kPostingsOfABlock &&
      std::is_sorted(segment.firsts_.begin(), segment.firsts_.end());
  if (!is_whole) ByteReader::damaged();
  segment.filter_ = PostingFilter(segment.header_.postings);
  const std::uint64_t last_part = kFilterPart + segment.filter_.parts() - 1;
  const bool has_filter = store.read({Table::block, segment.header_.key, last_part}, [](std::string_view) {});
  if (!has_filter) ByteReader::damaged();
  return segment;
}

PostingFilter::Part PostingSegment::read_filter(const IndexStore& store, std::size_t part) const {
  PostingFilter::Part words(filter_.words_of(part));
  const std::size_t bytes = words.size() * sizeof words[0];
  bool is_whole = false;
  store.read_once({Table::block, header_.key, kFilterPart + part}, [&](std::string_view found) {
    is_whole = found.size() == bytes;
    if (is_whole) std::memcpy(words.data(), found.data(), bytes);
  });
  if (!is_whole) ByteReader::damaged();
  return words;
}

void PostingSegment::keep_filter(const IndexStore& store, std::size_t parts) {
  for (std::size_t part = 0; part < filter_.parts(); ++part) {
    const bool is_wanted = part < parts;
    if (is_wanted && !filter_.is_in_memory(part)) filter_.keep(part, read_filter(store, part));
    if (!is_wanted) filter_.drop(part);
  }
}

std::size_t PostingSegment::first_block(std::uint64_t hash) const {
  const auto at = std::lower_bound(firsts_.begin(), firsts_.end(), first_bits(hash)) - firsts_.begin();
  return at == 0 ? 0 : static_cast<std::size_t>(at) - 1;  // the block before may end with it
}

void PostingSegment::gather(const IndexStore& store, std::uint64_t hash, bool once, std::string& block,
                            std::vector<ArticleKey>& articles) const {
  for (std::size_t at = first_block(hash); at < firsts_.size() && firsts_[at] <= first_bits(hash); ++at) {
    const std::span<const Posting> postings = read_block(store, at, once, block);
    const auto first = std::lower_bound(postings.begin(), postings.end(), hash << kPostingOffsetBits);
    for (auto posting = first; posting != postings.end() && hash_of(*posting) == hash; ++posting) {
      if (offset_of(*posting) >= samples_.size()) ByteReader::damaged();
      articles.push_back(header_.first + offset_of(*posting));
    }
  }
}

std::span<const Posting> PostingSegment::read_block(const IndexStore& store, std::size_t number, bool once,
                                                    std::string& bytes) const {
  const Key key{Table::block, header_.key, number};
  const auto take = [&](std::string_view found) { bytes = found; };
  const bool is_there = once ? store.read_once(key, take) : store.read(key, take);
  if (!is_there || bytes.size() % sizeof(Posting) != 0) ByteReader::damaged();
  return {reinterpret_cast<const Posting*>(bytes.data()), bytes.size() / sizeof(Posting)};
}

void PostingSegment::verify(const IndexStore& store, const std::stop_token& stop) const {
  std::string bytes;
  std::uint64_t count = 0;
  Posting before = 0;
  PostingFilter::Part words;
  std::size_t part = SIZE_MAX;
  const auto passes = [&](std::uint64_t hash) {
    if (std::exchange(part, filter_.part_of(hash)) != filter_.part_of(hash)) words = read_filter(store, part);
    return filter_.may_contain(words, hash);
  };
  for (std::size_t number = 0; number < firsts_.size(); ++number) {
    throw_if_stopped(stop);
    for (const Posting posting : read_block(store, number, true, bytes)) {
      const bool is_sound = posting > before && passes(hash_of(posting)) && offset_of(posting) < samples_.size();
      if (!is_sound) ByteReader::damaged();
      before = posting;
      ++count;
    }
  }
  if (count != header_.postings) ByteReader::damaged();
}

}  // namespace wirecopy
