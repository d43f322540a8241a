// Numbers names such as ids, clusters and stories.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::evaluate {

/// Numbers distinct names consecutively from 0. Uses about 20 bytes per name plus its length. Up to 2^31 names. Not
/// thread-safe while names are added.
class NameTable {
 public:
  NameTable();

  /// Returns the number of `name`, adding it if necessary. O(length), amortised.
  std::uint32_t intern(std::string_view name);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  /// Returns a view that is valid until the next intern().
  [[nodiscard]] std::string_view name(std::uint32_t number) const;
  [[nodiscard]] std::size_t size() const { return ends_.size(); }

 private:
  struct Slot {
    std::uint32_t tag = 0;  // low half of the hash, which distinguishes most names without reading them
    std::uint32_t number_plus_1 = 0;
  };

  [[nodiscard]] std::size_t slot_of(std::uint32_t tag, std::string_view name) const;
  void grow();

  std::string bytes_;
  std::vector<std::uint64_t> ends_;  // of each name in bytes_
  std::vector<Slot> slots_;          // open addressing, at most three quarters full
};

}  // namespace wirecopy::evaluate
