#include "evaluate/name_table.hpp"

#include "base/name_map.hpp"

namespace wirecopy::evaluate {
namespace {

constexpr std::size_t kFirstSlots = 64;

}  // namespace

NameTable::NameTable() : slots_(kFirstSlots) {}

std::string_view NameTable::name(std::uint32_t number) const {
  const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1];
  return std::string_view(bytes_).substr(begin, ends_[number] - begin);
}

/// The slot that holds the name, or the free slot for it.
std::size_t NameTable::slot_of(std::uint32_t tag, std::string_view sought) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = tag & mask;
  for (; slots_[at].number_plus_1 != 0; at = (at + 1) & mask) {
    if (slots_[at].tag == tag && name(slots_[at].number_plus_1 - 1) == sought) break;
  }
  return at;
}

std::optional<std::uint32_t> NameTable::find(std::string_view name) const {
  const Slot& slot = slots_[slot_of(static_cast<std::uint32_t>(hash_name(name)), name)];
  return slot.number_plus_1 == 0 ? std::nullopt : std::optional(slot.number_plus_1 - 1);
}

std::uint32_t NameTable::intern(std::string_view name) {
  const auto tag = static_cast<std::uint32_t>(hash_name(name));
  std::size_t at = slot_of(tag, name);
  if (slots_[at].number_plus_1 != 0) return slots_[at].number_plus_1 - 1;
  if (4 * (ends_.size() + 1) > 3 * slots_.size()) {
    grow();
    at = slot_of(tag, name);
  }
  bytes_ += name;
  ends_.push_back(bytes_.size());
  slots_[at] = {tag, static_cast<std::uint32_t>(ends_.size())};
  return slots_[at].number_plus_1 - 1;
}

void NameTable::grow() {
  std::vector<Slot> old(2 * slots_.size());
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number_plus_1 == 0) continue;
    std::size_t at = slot.tag & mask;
    while (slots_[at].number_plus_1 != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace wirecopy::evaluate
