// What one pass over an object found at the slots of its field tree, before it is decided what is used.
//
// Of two equal keys in a JSON object the last counts, so what the first one gave has to be forgotten, at any depth and
// any number of times. Pieces are kept by slot, in the order of the line: forgetting what stands below a node then cuts
// the lists of a few slots short, whatever they hold. A single list for all slots would have to be searched, and a line
// that repeats a key would cost quadratic time.
//
// The elements of a list add up instead ("bodies[].value"): a repeated key inside an element takes back only what that
// element gave. Each slot therefore has a floor, the number of pieces that are out of reach.
//
// Cost: add() is O(1) amortised; enter(), begin_element() and end_element() are O(slots below the node), a number that
// the field map sets and no line can change.
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
    string,    ///< what a string says
    number,    ///< a number as it stands
    unusable,  ///< a text of a type that can be none
  };
  Kind kind;
  std::string_view text;  ///< in the line or in the arena
};

/// Memory for the strings of one article that do not stand in its line as they are.
class StringArena {
 public:
  /// Forgets all strings and makes room for `size` bytes.
  void start(std::size_t size) {
    if (size > capacity_ || (capacity_ > kKept && size <= kKept)) {
      capacity_ = std::max(size, std::min(2 * size, kKept));
      bytes_ = std::make_unique_for_overwrite<char[]>(capacity_);
    }
    end_ = bytes_.get();
  }
  /// Where the next string may be written; finish() tells its end and returns it.
  [[nodiscard]] char* next() const { return end_; }
  std::string_view finish(char* end) {
    const std::string_view text(end_, static_cast<std::size_t>(end - end_));
    end_ = end;
    return text;
  }

 private:
  static constexpr std::size_t kKept = std::size_t{4} << 20;  // what one giant line needs beyond this is given back
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  char* end_ = nullptr;
};

/// The pieces of one article; a few dozen at most in any sane one. Keeps its memory between articles.
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

  /// Marks a node as met; if it was met before in this article, what stood there is forgotten, apart from what earlier
  /// elements of the list around it gave.
  void enter(const FieldTree& tree, FieldTree::NodeId node) {
    if (seen_[node] == article_) forget(tree.slots_below(node));
    seen_[node] = article_;
  }

  /// Between the two, forgetting spares what the slots hold now. Elements nest as lists do.
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

  /// The slots that were given something, some of which may have been taken back; each once, in no particular order.
  [[nodiscard]] std::span<const SlotId> used() const { return used_; }
  /// The pieces of a slot, in the order of the line.
  [[nodiscard]] std::span<const Piece> at(SlotId slot) const {
    if (slots_[slot].article != article_) return {};
    return slots_[slot].pieces;
  }
  /// Forgets the pieces of a slot from number `size` on.
  void cut(SlotId slot, std::size_t size) {
    std::vector<Piece>& pieces = current(slot).pieces;
    if (size < pieces.size()) pieces.resize(size);
  }

 private:
  static constexpr std::size_t kKept = std::size_t{1} << 16;  // pieces that one giant list needs beyond this are freed

  struct Slot {
    std::vector<Piece> pieces;
    std::size_t floor = 0;
    std::uint64_t article = 0;  // that the pieces are of
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
  std::vector<std::uint64_t> seen_;  // by node: the last article in which it was met
  std::vector<SlotId> used_;
  std::vector<std::size_t> floors_;  // of the elements around the current one, innermost last
  std::uint64_t article_ = 0;
};

}  // namespace wirecopy
