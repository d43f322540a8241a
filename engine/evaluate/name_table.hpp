// Numbers for names: ids, clusters, stories.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::evaluate {

/// Gives each distinct name the next number, from 0. About 20 bytes and its own length a name, up to 2^31 names. Not
/// thread-safe while it grows.
class NameTable {
 public:
  NameTable();

  /// The number of `name`, a new one if it was never seen. O(length), amortised.
  std::uint32_t intern(std::string_view name);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  /// A view that the next intern() ends.
  [[nodiscard]] std::string_view name(std::uint32_t number) const;
  [[nodiscard]] std::size_t size() const { return ends_.size(); }

 private:
  struct Slot {
    std::uint32_t tag = 0;  // low half of the hash: most names that differ are told apart without reading them
    std::uint32_t number_plus_1 = 0;
  };

  [[nodiscard]] std::size_t place(std::uint32_t tag, std::string_view name) const;
  void grow();

  std::string bytes_;
  std::vector<std::uint64_t> ends_;  // of each name in bytes_
  std::vector<Slot> slots_;          // open addressing, at most three quarters full
};

}  // namespace wirecopy::evaluate
