// How text becomes folded text.
//
// Problem: NFKC with case folding through utf8proc runs at 30 MB/s; text arrives at a GB/s.
//
// Idea: three ways through the same state, chosen block by block.
//   1. ASCII: a kernel folds and cuts 64 bytes at a time (block_kernel.hpp).
//   2. Well-formed UTF-8: its code points are visited by the bits of their first bytes, so that no step waits for the
//      length of the one before; each is one look-up that gives the bytes to write, their class and how they combine.
//      Segments begin where the class changes, which is counted, not branched on.
//   3. The rest, a code point at a time (read_one): ill-formed bytes, apostrophes, foldings into many code points, and
//      marks that may compose or are out of order.
//
// Why it is right: the output is in normalisation form C as long as each code point passes the quick check of UAX 15
// (not one that may compose with what stands before it, combining classes not falling). The first that fails it is
// normalised together with its stretch: back to the last code point that is a boundary (class 0, never composes
// backwards) and on to the next one. What lies before a boundary never changes, so nothing else has to be redone.
// Code points that are dropped do not count, as NFKC_Casefold drops them first.
//
// Cost: linear. A stretch is redone once, as all of it is read on up to a boundary; the look-ahead of an apostrophe
// passes dropped code points only, and no two look-aheads the same ones.
//
// References: UAX 15 (Unicode Normalization Forms), sections 9 and 10; Unicode 15, section 3.11.
#include "text/segmenter.hpp"

#include <algorithm>
#include <cstring>

#include "text/normal_form.hpp"
#include "text/utf8.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kRun = 4096;              // input bytes of one call to the ASCII kernel
constexpr std::uint32_t kHandOver = 64 * 1024;  // folded bytes that are worth handing over
constexpr std::size_t kReadBeyond = 16;
constexpr std::uint32_t kWord = static_cast<std::uint32_t>(CharClass::word);
constexpr int kUncommon = Folding::apostrophe | Folding::dropped | Folding::listed | Folding::may_compose;

// By the upper half of a first byte: the length of its sequence, and how to get the code point out of four bytes.
struct SequenceForm {
  std::uint8_t length;
  std::uint8_t shift;
  std::uint32_t mask;
};
constexpr SequenceForm kOne{1, 18, 0x7F}, kTwo{2, 12, 0x7FF}, kThree{3, 6, 0xFFFF}, kFour{4, 0, 0x1FFFFF};
constexpr SequenceForm kForms[16] = {kOne, kOne, kOne, kOne, kOne, kOne, kOne,   kOne,
                                     kOne, kOne, kOne, kOne, kTwo, kTwo, kThree, kFour};

// Of a well-formed sequence; reads four bytes.
WIRECOPY_ALWAYS_INLINE char32_t code_point_at(const unsigned char* at, const SequenceForm& form) {
  const std::uint32_t all =
      static_cast<std::uint32_t>(at[0]) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
  return all >> form.shift & form.mask;
}

constexpr std::uint64_t from_bit(std::size_t bit) { return bit >= 64 ? 0 : ~std::uint64_t{0} << bit; }

const unsigned char* bytes_of(const char* text) { return reinterpret_cast<const unsigned char*>(text); }

}  // namespace

WIRECOPY_ALWAYS_INLINE void Segmenter::Output::append(const Folding& folding) {
  std::memcpy(folded + size, folding.bytes.data(), folding.bytes.size());
  const std::uint32_t own_class = folding.traits & Folding::class_bits;
  const std::uint32_t as_mark = last_class == 0 ? kWord : last_class;
  const std::uint32_t its_class = folding.has(Folding::mark) ? as_mark : own_class;
  segments[count] = size << 2 | its_class;
  count += static_cast<std::uint32_t>(its_class != last_class) | static_cast<std::uint32_t>(own_class > kWord);
  last_class = its_class;
  last_ccc = folding.last_ccc;
  size += folding.size;
}

Segmenter::Segmenter(std::string_view text, const BlockKernel& kernel, SegmenterScratch& scratch, Origins origins)
    : table_(CodePointTable::instance()),
      kernel_(kernel),
      scratch_(scratch),
      keep_origins_(origins == Origins::keep),
      begin_(bytes_of(text.data())),
      in_(begin_),
      end_(begin_ + text.size()) {
  scratch_.origins.clear();
}

bool Segmenter::advance() {
  start_over();
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

// Begins with the last code point of the part before, as a mark may yet compose with it.
void Segmenter::start_over() {
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

// Room for so many more folded bytes and segments.
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
  while (end_ - in_ >= static_cast<std::ptrdiff_t>(kReadable) && !can_hand_over()) read_block(end_ - kReadable);
}

// NULs separate, so they may follow the end of the text.
void Segmenter::read_tail() {
  if (in_ == end_) return;
  const auto rest = static_cast<std::size_t>(end_ - in_);
  std::memset(tail_, 0, sizeof tail_);
  std::memcpy(tail_, in_, rest);
  in_ = tail_;
  end_ = tail_ + rest;
  while (in_ < end_) read_block(end_ - 1);
  in_ = end_;
}

void Segmenter::read_carefully() {
  while (in_ < end_) read_one();
}

void Segmenter::read_block(const unsigned char* last) {
  make_room(kRun + 8 * kBlock);  // a run of ASCII and a block of anything after it
  if (*in_ < 0x80) {
    const unsigned char* run_last = last - in_ > static_cast<std::ptrdiff_t>(kRun) ? in_ + kRun - 1 : last;
    AsciiRun run{in_, run_last, out_.folded, out_.segments, out_.size, out_.count};
    kernel_.ascii_run(run);
    if (run.in != in_) out_.last_ccc = 0;
    in_ = run.in;
    out_.size = run.size;
    out_.count = run.count;
    out_.last_class = out_.segments[out_.count - 1] & 3;
    if (!run.hit || in_ > last) return;
  }
  read_non_ascii();
}

void Segmenter::read_non_ascii() {
  const unsigned char* const block = in_;
  const BlockStructure structure = kernel_.structure(block);
  if (structure.malformed) {
    const unsigned char* const stop = std::min(block + kBlock, end_);
    while (in_ < stop) read_one();
    return;
  }
  // What follows the last non-ASCII byte is for the ASCII kernel.
  const auto last = static_cast<unsigned>(63 - __builtin_clzll(structure.non_ascii));
  std::uint64_t leads = structure.leads & ~std::uint64_t{0} >> (63 - last);
  Output out = out_;
  const unsigned char* next = in_;
  while (leads != 0) {
    const unsigned char* const at = block + __builtin_ctzll(leads);
    const SequenceForm& form = kForms[*at >> 4];
    const Folding folding = table_[code_point_at(at, form)];
    next = at + form.length;
    leads &= leads - 1;
    if (folding.has(kUncommon) || (folding.first_ccc != 0 && folding.first_ccc < out.last_ccc)) [[unlikely]] {
      if (folding.has(Folding::dropped)) continue;
      out_ = out;
      in_ = at;
      read_one();
      make_room(4 * kBlock);
      out = out_;
      next = in_;
      leads &= from_bit(static_cast<std::size_t>(in_ - block));
      continue;
    }
    out.append(folding);
  }
  out_ = out;
  in_ = next;
}

// One code point, or a stretch of those that have to be normalised together.
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
  return !folding.has(Folding::may_compose) && (folding.first_ccc == 0 || folding.first_ccc >= out_.last_ccc);
}

// Whether a letter or a digit comes next that cannot compose with what stands before it.
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

// The code points from `from` on in the folded text, and those of the input up to the next boundary.
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

// Takes back what was written from `size` on.
void Segmenter::truncate(std::uint32_t size) {
  out_.size = size;
  while (out_.count > 1 && out_.segments[out_.count - 1] >> 2 >= size) --out_.count;
  out_.last_class = out_.segments[out_.count - 1] & 3;
}

void Segmenter::keep_origin(std::uint32_t from, ByteRange origin) {
  if (!keep_origins_) return;
  scratch_.origins.resize(from);
  scratch_.origins.resize(out_.size, origin);
}

// The place of the last code point of the folded text that is a boundary, 0 if there is none.
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
