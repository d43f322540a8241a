// The values that one pass over an object found at the slots of its field tree, before it is decided which are used.
//
// Of two equal keys in a JSON object the last one counts, so what the first one contributed must be discarded, at any
// depth and any number of times. Pieces are kept by slot, in the order of the line, so discarding everything below a
// node only truncates the lists of a few slots, whatever they contain. A single list for all slots would have to be
// searched, and a line that repeats a key would cost quadratic time.
//
// The elements of a list ("bodies[].value") accumulate instead: a repeated key inside an element only discards what
// that element contributed. Each slot therefore has a floor, the number of pieces that may not be discarded.
//
// Cost: add() is O(1) amortised; enter(), begin_element() and end_element() are O(slots below the node), which depends
// on the field map and not on the line.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "feed/field_tree.hpp"

namespace wirecopy {

struct Piece {
  enum class Kind : std::uint8_t {
    string,    ///< the content of a string
    number,    ///< a number as written
    unusable,  ///< a value of a type that cannot be a text
  };
  Kind kind;
  std::string_view text;  ///< in the line or in the arena
};

/// Memory for those strings of one article that cannot be views into its line.
class StringArena {
 public:
  /// Discards all strings and makes room for `size` bytes.
  void start(std::size_t size) {
    if (size > capacity_ || (capacity_ > kKept && size <= kKept)) {
      capacity_ = std::max(size, std::min(2 * size, kKept));
      bytes_ = std::make_unique_for_overwrite<char[]>(capacity_);
    }
    end_ = bytes_.get();
  }
  /// Where the next string may be written. finish() takes its end and returns it.
  [[nodiscard]] char* next() const { return end_; }
  std::string_view finish(char* end) {
    const std::string_view text(end_, static_cast<std::size_t>(end - end_));
    end_ = end;
    return text;
  }

 private:
  static constexpr std::size_t kKept = std::size_t{4} << 20;  // what a giant line needs beyond this is freed
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  char* end_ = nullptr;
};

/// The pieces of one article; rarely more than a few dozen. Keeps its memory between articles.
class FieldPieces {
 public:
  using SlotId = FieldTree::SlotId;
  using Slots = std::array<SlotId, 2>;  ///< the range [first, last)

  explicit FieldPieces(const FieldTree& tree) : slots_(tree.slot_count()), seen_(tree.node_count(), 0) {}

  void start_article() {
    ++article_;
    used_.clear();
    floors_.clear();
  }
  void add(SlotId slot, Piece::Kind kind, std::string_view text) { current(slot).pieces.push_back({kind, text}); }

  /// Marks a node as visited. If it was visited before in this article, its pieces are discarded, except those that
  /// earlier elements of an enclosing list contributed.
  void enter(const FieldTree& tree, FieldTree::NodeId node) {
    if (seen_[node] == article_) forget(tree.slots_below(node));
    seen_[node] = article_;
  }

  /// Between these two calls, the pieces that the slots contain now are not discarded. Elements nest like lists.
  void begin_element(Slots slots) {
    for (SlotId slot = slots[0]; slot < slots[1]; ++slot) {
      Slot& at = current(slot);
      floors_.push_back(at.floor);
      at.floor = at.pieces.size();
    }
  }
  void end_element(Slots slots) {
    for (SlotId slot = slots[1]; slot-- > slots[0];) {
      slots_[slot].floor = floors_.back();
      floors_.pop_back();
    }
  }

  /// The slots that received pieces, some of which may since be discarded; each once, in no particular order.
  [[nodiscard]] std::span<const SlotId> used() const { return used_; }
  /// The pieces of a slot, in the order of the line.
  [[nodiscard]] std::span<const Piece> at(SlotId slot) const {
    if (slots_[slot].article != article_) return {};
    return slots_[slot].pieces;
  }
  /// Truncates the pieces of a slot to `size`.
  void cut(SlotId slot, std::size_t size) {
    std::vector<Piece>& pieces = current(slot).pieces;
    if (size < pieces.size()) pieces.resize(size);
  }

 private:
  static constexpr std::size_t kKept = std::size_t{1} << 16;  // what a giant list needs beyond this is freed

  struct Slot {
    std::vector<Piece> pieces;
    std::size_t floor = 0;
    std::uint64_t article = 0;  // the article that the pieces belong to
  };

  // The slot, without the pieces of an earlier article.
  Slot& current(SlotId slot) {
    Slot& at = slots_[slot];
    if (at.article != article_) start(at, slot);
    return at;
  }
  void start(Slot& at, SlotId slot) {
    if (at.pieces.capacity() > kKept) at.pieces = {};
    at.pieces.clear();
    at.floor = 0;
    at.article = article_;
    used_.push_back(slot);
  }
  void forget(Slots slots) {
    for (SlotId slot = slots[0]; slot < slots[1]; ++slot) {
      if (slots_[slot].article == article_) cut(slot, slots_[slot].floor);
    }
  }

  std::vector<Slot> slots_;
  std::vector<std::uint64_t> seen_;  // by node: the last article in which it was visited
  std::vector<SlotId> used_;
  std::vector<std::size_t> floors_;  // of the enclosing elements, innermost last
  std::uint64_t article_ = 0;
};

}  // namespace wirecopy
