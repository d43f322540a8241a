#include "feed/field_tree.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace wirecopy {

FieldTree::FieldTree(const FieldMap& map) : nodes_(1) {
  for (const Role role : kAllRoles) {
    const std::vector<FieldPath>& paths = map.candidates(role);
    assert(paths.size() <= FieldMap::kMaxCandidates);
    for (std::size_t rank = 0; rank < paths.size(); ++rank) {
      NodeId node = kRoot;
      for (const PathStep& step : paths[rank].steps) node = step_into(node, step);
      nodes_[node].uses.push_back({role, static_cast<std::uint8_t>(rank)});
    }
  }
  for (Node& node : nodes_) build_table(node);
  for (auto& slots : slot_of_) slots.fill(kNone);
  number_slots(kRoot);
}

FieldTree::NodeId FieldTree::step_into(NodeId at, const PathStep& step) {
  const auto fresh = static_cast<NodeId>(nodes_.size());
  if (step.kind == PathStep::Kind::elements) {
    if (nodes_[at].elements == kNone) {
      nodes_[at].elements = fresh;
      nodes_.emplace_back();
    }
    return nodes_[at].elements;
  }
  for (const Entry& entry : nodes_[at].members) {
    if (entry.key == step.key) return entry.node;
  }
  nodes_[at].members.push_back({step.key, fresh});
  nodes_.emplace_back();
  return fresh;
}

// Length, first, middle and last byte distinguish known field names well enough; the table is sparse.
std::size_t FieldTree::key_hash(std::string_view key) {
  if (key.empty()) return 0;
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(key[at])); };
  return key.size() * 37 + byte(0) * 5 + byte(key.size() - 1) * 11 + byte(key.size() / 2) * 3;
}

void FieldTree::build_table(Node& node) {
  if (node.members.empty()) return;
  node.table.resize(std::bit_ceil(node.members.size() * 4));
  const std::size_t mask = node.table.size() - 1;
  for (const Entry& entry : node.members) {
    std::size_t at = key_hash(entry.key) & mask;
    while (node.table[at].node != kNone) at = (at + 1) & mask;
    node.table[at] = entry;
  }
}

// Depth first, so that the slots at and below a node are contiguous.
void FieldTree::number_slots(NodeId at) {
  const auto first = static_cast<SlotId>(uses_.size());
  if (!nodes_[at].uses.empty()) {
    nodes_[at].slot = first;
    uses_.push_back(nodes_[at].uses);
    is_text_.push_back(false);
    max_uses_ = std::max(max_uses_, uses_.back().size());
    for (const Use& use : uses_.back()) {
      slot_of_[static_cast<std::size_t>(use.role)][use.rank] = first;
      is_text_.back() = is_text_.back() || use.role == Role::text;
    }
  }
  for (const Entry& entry : nodes_[at].members) number_slots(entry.node);
  if (nodes_[at].elements != kNone) number_slots(nodes_[at].elements);
  nodes_[at].slots_below = {first, static_cast<SlotId>(uses_.size())};
}

FieldTree::NodeId FieldTree::child(NodeId at, std::string_view key) const {
  const std::vector<Entry>& table = nodes_[at].table;
  if (table.empty()) return kNone;
  const std::size_t mask = table.size() - 1;
  for (std::size_t slot = key_hash(key) & mask; table[slot].node != kNone; slot = (slot + 1) & mask) {
    if (table[slot].key == key) return table[slot].node;
  }
  return kNone;
}

}  // namespace wirecopy
