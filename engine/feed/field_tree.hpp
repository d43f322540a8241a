// A field map compiled for one pass over an object: the paths of all roles as one tree, walked in parallel with the
// JSON value.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "feed/field_map.hpp"

namespace wirecopy {

class FieldTree {
 public:
  using NodeId = std::uint16_t;
  using SlotId = std::uint16_t;
  static constexpr std::uint16_t kNone = 0xffff;

  /// One use of the value at a slot.
  struct Use {
    Role role;
    std::uint8_t rank;  ///< 0 is the preferred candidate of the role
  };

  explicit FieldTree(const FieldMap& map);

  static constexpr NodeId kRoot = 0;
  /// The child of `node` for a member of that name, or kNone. Takes a few nanoseconds.
  [[nodiscard]] NodeId child(NodeId node, std::string_view key) const;
  /// The node for every element of a list, or kNone.
  [[nodiscard]] NodeId elements(NodeId node) const { return nodes_[node].elements; }
  [[nodiscard]] bool has_children(NodeId node) const { return !nodes_[node].table.empty(); }
  [[nodiscard]] SlotId slot(NodeId node) const { return nodes_[node].slot; }
  /// The slots at and below a node: [first, last).
  [[nodiscard]] std::array<SlotId, 2> slots_below(NodeId node) const { return nodes_[node].slots_below; }

  [[nodiscard]] const std::vector<Use>& uses(SlotId slot) const { return uses_[slot]; }
  /// The maximum number of roles that share a slot.
  [[nodiscard]] std::size_t max_uses() const { return max_uses_; }
  [[nodiscard]] bool is_text(SlotId slot) const { return is_text_[slot]; }
  [[nodiscard]] SlotId slot_of(Role role, std::size_t rank) const {
    return slot_of_[static_cast<std::size_t>(role)][rank];
  }
  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }
  [[nodiscard]] std::size_t slot_count() const { return uses_.size(); }

 private:
  struct Entry {
    std::string key;
    NodeId node = kNone;
  };
  struct Node {
    std::vector<Entry> members;  // used while the tree is built
    std::vector<Entry> table;    // open addressing, a power of two, at most a quarter full
    NodeId elements = kNone;
    SlotId slot = kNone;
    std::array<SlotId, 2> slots_below{0, 0};
    std::vector<Use> uses;
  };

  static std::size_t key_hash(std::string_view key);
  NodeId step_into(NodeId node, const PathStep& step);
  void build_table(Node& node);
  void number_slots(NodeId node);

  std::vector<Node> nodes_;
  std::vector<std::vector<Use>> uses_;
  std::vector<bool> is_text_;
  std::size_t max_uses_ = 1;
  std::array<std::array<SlotId, FieldMap::kMaxCandidates>, kRoles> slot_of_{};
};

}  // namespace wirecopy
