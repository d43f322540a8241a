// Folds text.
//
// Problem: NFKC with case folding by utf8proc runs at 30 MB/s; text arrives at a GB/s.
//
// Idea: three paths with the same state, chosen block by block.
//   1. ASCII: a kernel folds and cuts 64 bytes at a time (block_kernel.hpp).
//   2. Well-formed UTF-8: code points are visited by the bits of their first bytes, so that no step waits for the
//      length of the previous code point. One look-up per code point gives the bytes to write, their class and how they
//      combine. Segments begin where the class changes, which is counted without branches.
//   3. Everything else, one code point at a time (read_one): ill-formed bytes, apostrophes, foldings into several code
//      points, and marks that may compose or are out of order.
//
// Why it is correct: the output is in normalisation form C as long as each code point passes the quick check of UAX 15
// (it cannot compose with what precedes it, and combining classes do not decrease). The first code point that fails the
// check is normalised together with its stretch: back to the last code point that is a boundary (class 0, never
// composes backwards) and on to the next boundary. What lies before a boundary never changes, so nothing else has to be
// redone. Dropped code points do not count, because NFKC_Casefold drops them first.
//
// Cost: linear. A stretch is redone only once, because all of it is read up to a boundary. The look-ahead of an
// apostrophe passes only over dropped code points, and no two look-aheads pass over the same ones.
//
// References: UAX 15 (Unicode Normalization Forms), sections 9 and 10; Unicode 15, section 3.11.
#include "text/segmenter.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <wirecopy/article.hpp>
#include <wirecopy/error.hpp>

#include "text/normal_form.hpp"
#include "text/utf8.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kRun = 4096;              // input bytes of one call to the ASCII kernel
constexpr std::uint32_t kHandOver = 64 * 1024;  // enough folded bytes to hand over
constexpr std::size_t kReadBeyond = 16;
constexpr std::uint32_t kWord = static_cast<std::uint32_t>(CharClass::word);

// No code point folds into more than eleven times its size (U+FDFA: 3 bytes become 33); a unit test checks all of them.
constexpr std::uint64_t kMaxExpansion = 11;
constexpr unsigned kClassBits = 2;  // in a Segment
static_assert(kMaxExpansion * kMaxTextBytes + kReadBeyond <= std::uint64_t{1} << (32 - kClassBits),
              "positions in the folded text must fit into a Segment");

std::string_view checked(std::string_view text) {
  if (text.size() <= kMaxTextBytes) return text;
  throw Error(ErrorKind::usage,
              "a text of " + std::to_string(text.size()) + " bytes is too long: the maximum is 67108864 (64 MiB)");
}

const unsigned char* bytes_of(const char* text) { return reinterpret_cast<const unsigned char*>(text); }

}  // namespace

Segmenter::Segmenter(std::string_view text, ReadBlocks kernel, SegmenterScratch& scratch, Origins origins)
    : table_(CodePointTable::instance()),
      kernel_(kernel),
      scratch_(scratch),
      keep_origins_(origins == Origins::keep),
      begin_(bytes_of(checked(text).data())),
      in_(begin_),
      end_(begin_ + text.size()) {
  scratch_.origins.clear();
}

bool Segmenter::advance() {
  begin_part();
  if (keep_origins_) {
    read_carefully();
  } else {
    read_main();
    if (!can_hand_over()) read_tail();
  }
  make_room(1);
  out_.segments[out_.count] = out_.size << 2;
  return in_ < end_;
}

// Begins a part with the last code point of the previous one, because a mark may still compose with it.
void Segmenter::begin_part() {
  std::uint32_t kept = 0;
  if (started_) {
    kept = out_.size - last_boundary();
    std::memmove(out_.folded, out_.folded + out_.size - kept, kept);
  }
  started_ = true;
  out_.size = kept;
  out_.count = 0;
  out_.last_ccc = 0;
  out_.last_class = 0;
  make_room(1);
  out_.segments[out_.count++] = 0;
}

// Makes room for that many more folded bytes and segments.
void Segmenter::make_room(std::size_t bytes) {
  const auto grow = [](auto& vector, std::size_t needed) {
    if (vector.size() < needed) vector.resize(std::max(needed, 2 * vector.size()));
  };
  grow(scratch_.folded, out_.size + bytes + kReadBeyond);
  grow(scratch_.segments, out_.count + bytes + kReadBeyond);
  out_.folded = scratch_.folded.data();
  out_.segments = scratch_.segments.data();
}

bool Segmenter::can_hand_over() const {
  return out_.size >= kHandOver && out_.last_class == 0 && in_ < end_ && out_.size - last_boundary() <= 4;
}

void Segmenter::read_main() {
  while (end_ - in_ >= static_cast<std::ptrdiff_t>(kReadable) && !can_hand_over()) read_blocks(end_ - kReadable);
}

// NULs are separators, so they may be appended to the text.
void Segmenter::read_tail() {
  if (in_ == end_) return;
  const auto rest = static_cast<std::size_t>(end_ - in_);
  std::memset(tail_, 0, sizeof tail_);
  std::memcpy(tail_, in_, rest);
  in_ = tail_;
  end_ = tail_ + rest;
  while (in_ < end_) read_blocks(end_ - 1);
  in_ = end_;
}

void Segmenter::read_carefully() {
  while (in_ < end_) read_one();
}

// Folds up to kRun bytes with the kernel, then the code point that it stopped at.
void Segmenter::read_blocks(const unsigned char* last) {
  make_room(2 * kRun + 4 * kBlock);
  const unsigned char* const run_last = last - in_ > static_cast<std::ptrdiff_t>(kRun) ? in_ + kRun : last;
  in_ = kernel_(in_, run_last, table_.view(), out_);
  if (in_ <= run_last) read_one();
}

// Folds one code point, or a stretch of code points that must be normalised together.
void Segmenter::read_one() {
  const Decoded decoded = decode_utf8(in_, end_);
  const Folding folding = table_[decoded.code_point];
  if (folding.has(Folding::dropped)) {
    in_ += decoded.size;
  } else if (folding.has(Folding::apostrophe) && out_.last_class == kWord && joins_letters(in_ + decoded.size)) {
    in_ += decoded.size;
  } else if (!follows_in_order(folding)) {
    normalise_stretch();
  } else {
    const std::uint32_t from = out_.size;
    const auto begin = static_cast<std::uint32_t>(in_ - begin_);
    if (folding.has(Folding::listed)) {
      for (const Folding& part : table_.parts(folding)) append_one(part);
    } else {
      append_one(folding);
    }
    keep_origin(from, {begin, begin + decoded.size});
    in_ += decoded.size;
  }
}

bool Segmenter::follows_in_order(const Folding& folding) const {
  return !folding.has(Folding::may_compose) && out_.last_ccc <= folding.follows;
}

// Whether the next code point is a letter or digit that cannot compose with what precedes it.
bool Segmenter::joins_letters(const unsigned char* after) const {
  while (after < end_) {
    const Decoded decoded = decode_utf8(after, end_);
    const Folding folding = table_[decoded.code_point];
    if (!folding.has(Folding::dropped)) return folding.char_class() == CharClass::word && folding.is_boundary();
    after += decoded.size;
  }
  return false;
}

void Segmenter::append_one(const Folding& folding) {
  make_room(folding.bytes.size());
  out_.append(folding);
}

void Segmenter::normalise_stretch() {
  const std::uint32_t from = last_boundary();
  ByteRange origin{static_cast<std::uint32_t>(in_ - begin_), 0};
  if (keep_origins_ && from < out_.size) origin.begin = scratch_.origins[from].begin;
  gather_stretch(from);
  compose(scratch_.stretch, scratch_.spare);
  truncate(from);
  for (const std::int32_t code_point : scratch_.stretch) append_one(table_[static_cast<char32_t>(code_point)]);
  origin.end = static_cast<std::uint32_t>(in_ - begin_);
  keep_origin(from, origin);
}

// Collects the code points of the folded text from `from` on, and those of the input up to the next boundary.
void Segmenter::gather_stretch(std::uint32_t from) {
  auto& stretch = scratch_.stretch;
  stretch.clear();
  const auto gather = [&stretch](const unsigned char* at, const unsigned char* end) {
    while (at < end) {
      const Decoded decoded = decode_utf8(at, end);
      stretch.push_back(static_cast<std::int32_t>(decoded.code_point));
      at += decoded.size;
    }
  };
  gather(bytes_of(out_.folded) + from, bytes_of(out_.folded) + out_.size);
  while (in_ < end_) {
    const Decoded decoded = decode_utf8(in_, end_);
    const Folding folding = table_[decoded.code_point];
    if (!folding.has(Folding::dropped)) {
      if (folding.is_boundary()) break;
      const std::span<const Folding> parts =
          folding.has(Folding::listed) ? table_.parts(folding) : std::span(&folding, 1);
      for (const Folding& part : parts) gather(part.bytes.data(), part.bytes.data() + part.size);
    }
    in_ += decoded.size;
  }
}

// Truncates the output to `size`.
void Segmenter::truncate(std::uint32_t size) {
  out_.size = size;
  while (out_.count > 1 && out_.segments[out_.count - 1] >> 2 >= size) --out_.count;
  out_.last_class = static_cast<std::uint8_t>(out_.segments[out_.count - 1] & 3);
}

void Segmenter::keep_origin(std::uint32_t from, ByteRange origin) {
  if (!keep_origins_) return;
  scratch_.origins.resize(from);
  scratch_.origins.resize(out_.size, origin);
}

// The position of the last code point of the folded text that is a boundary; 0 if there is none.
std::uint32_t Segmenter::last_boundary() const {
  const unsigned char* const begin = bytes_of(out_.folded);
  const unsigned char* const end = begin + out_.size;
  for (const unsigned char* at = end; at > begin;) {
    do {
      --at;
    } while ((*at & 0xC0) == 0x80 && at > begin);
    if (table_[decode_utf8(at, end).code_point].is_boundary()) return static_cast<std::uint32_t>(at - begin);
  }
  return 0;
}

}  // namespace wirecopy
