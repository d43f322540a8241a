// What one pass over an object found at the slots of its field tree, before it is decided what is used.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
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
  FieldTree::SlotId slot;
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

/// Collects pieces in the order of the line; a few dozen at most in any sane article. Keeps its memory between
/// articles.
class FieldPieces {
 public:
  explicit FieldPieces(std::size_t nodes) : seen_(nodes, 0) {}

  void start_article() {
    pieces_.clear();
    floor_ = 0;
    ++article_;
  }
  void add(FieldTree::SlotId slot, Piece::Kind kind, std::string_view text) { pieces_.push_back({slot, kind, text}); }
  /// Marks a node as met; if it was met before in this article, what stood there is forgotten (the last of equal keys
  /// counts), apart from what earlier elements of the list around it gave.
  void enter(const FieldTree& tree, FieldTree::NodeId node) {
    if (seen_[node] == article_) forget(tree.slots_below(node), floor_);
    seen_[node] = article_;
  }
  void forget(std::array<FieldTree::SlotId, 2> slots, std::size_t from) {
    const auto gone = [&](const Piece& piece) { return piece.slot >= slots[0] && piece.slot < slots[1]; };
    const auto begin = pieces_.begin() + static_cast<std::ptrdiff_t>(from);
    pieces_.erase(std::remove_if(begin, pieces_.end(), gone), pieces_.end());
  }

  /// Elements of a list add up instead of replacing one another: returns the old floor, to be restored by set_floor().
  std::size_t raise_floor() {
    const std::size_t old = floor_;
    floor_ = pieces_.size();
    return old;
  }
  void set_floor(std::size_t floor) { floor_ = floor; }
  [[nodiscard]] std::size_t size() const { return pieces_.size(); }
  [[nodiscard]] const std::vector<Piece>& all() const { return pieces_; }

 private:
  std::vector<Piece> pieces_;
  std::vector<std::uint64_t> seen_;  // by node: the last article in which it was met
  std::uint64_t article_ = 0;
  std::size_t floor_ = 0;
};

}  // namespace wirecopy
