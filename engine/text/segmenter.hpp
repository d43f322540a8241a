// Folds text and cuts it into segments: the part of tokenising that reads every byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/block_kernel.hpp"
#include "text/code_point_table.hpp"

namespace wirecopy {

/// A range of bytes of the original text.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Working memory of a Segmenter, reused between texts. Not thread-safe.
struct SegmenterScratch {
  std::vector<char> folded;           ///< folded text; 16 bytes beyond it are readable
  std::vector<Segment> segments;      ///< one more than there are segments, so that each has an end
  std::vector<ByteRange> origins;     ///< with Origins::keep: the source of each byte of `folded`
  std::vector<std::int32_t> stretch;  ///< code points that are normalised together
  std::vector<std::int32_t> spare;
};

/// Folds one text of up to kMaxTextBytes. Apostrophes that join letters are dropped from the folded text. Other
/// separators are kept, but not necessarily in their normalised form.
class Segmenter {
 public:
  enum class Origins { forget, keep };

  /// All arguments must outlive the segmenter. Throws Error(usage) for longer texts. With `Origins::keep` it also fills
  /// `scratch.origins` and works code point by code point.
  Segmenter(std::string_view text, ReadBlocks kernel, SegmenterScratch& scratch, Origins origins = Origins::forget);

  /// Continues to the end of the text or until about 64 KiB are available; true if there is more to come. After that,
  /// `count()` segments in the scratch are complete: segment i is folded[segments[i] >> 2, segments[i + 1] >> 2) and of
  /// CharClass segments[i] & 3. The next call overwrites them.
  [[nodiscard]] bool advance();
  [[nodiscard]] std::size_t count() const { return out_.count; }

 private:
  void begin_part();
  void make_room(std::size_t bytes);
  void read_main();
  void read_tail();
  void read_carefully();
  void read_blocks(const unsigned char* last);
  void read_one();
  void normalise_stretch();
  void gather_stretch(std::uint32_t from);
  void truncate(std::uint32_t size);
  void append_one(const Folding& folding);
  void keep_origin(std::uint32_t from, ByteRange origin);
  [[nodiscard]] bool joins_letters(const unsigned char* after) const;
  [[nodiscard]] bool follows_in_order(const Folding& folding) const;
  [[nodiscard]] std::uint32_t last_boundary() const;
  [[nodiscard]] bool can_hand_over() const;

  const CodePointTable& table_;
  const ReadBlocks kernel_;
  SegmenterScratch& scratch_;
  const bool keep_origins_;
  FoldedOutput out_;
  const unsigned char* begin_;
  const unsigned char* in_;
  const unsigned char* end_;
  bool started_ = false;
  unsigned char tail_[2 * kReadable];  // the last bytes of the text, padded with NULs
};

}  // namespace wirecopy
