// The boilerplate model: for each source, the shingles that it repeats in unrelated articles.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wirecopy {

/// A set of shingle hashes; open addressing at half load, behind a filter of 32 bits a shingle, as most questions are
/// answered with no. Immutable after construction.
class ShingleSet {
 public:
  ShingleSet() = default;
  explicit ShingleSet(std::span<const std::uint64_t> shingles);

  [[nodiscard]] bool contains(std::uint64_t shingle) const {
    const std::uint64_t wanted = shingle == kFree ? kInPlaceOfFree : shingle;
    if (table_.empty() || !may_contain(wanted)) return false;
    for (std::size_t at = wanted & mask_;; at = (at + 1) & mask_) {
      if (table_[at] == wanted) return true;
      if (table_[at] == kFree) return false;
    }
  }
  /// Whether the filter lets a shingle (other than 0) of a set that is not empty through, without a branch: those of
  /// the set, and about one in forty others.
  [[nodiscard]] bool may_contain(std::uint64_t shingle) const {
    return (filter_[shingle >> 6 & filter_mask_] >> (shingle & 63) & 1) != 0;
  }
  [[nodiscard]] bool empty() const { return table_.empty(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// All shingles, rising.
  [[nodiscard]] std::vector<std::uint64_t> sorted() const;

 private:
  static constexpr std::uint64_t kFree = 0, kInPlaceOfFree = 1;
  std::vector<std::uint64_t> filter_;  // bit `hash % bits` of every shingle
  std::vector<std::uint64_t> table_;
  std::size_t filter_mask_ = 0;
  std::size_t mask_ = 0;
  std::size_t size_ = 0;
};

/// By name of the source; sources without boilerplate are left out. Immutable while it is used.
class BoilerplateModel {
 public:
  void set(const std::string& source, ShingleSet shingles);
  /// The source's boilerplate, or an empty set.
  [[nodiscard]] const ShingleSet& of(const std::string& source) const;
  /// Adds what `other` says: a shingle is boilerplate of a source if either model says so.
  void unite(const BoilerplateModel& other);
  [[nodiscard]] std::size_t sources() const { return sources_.size(); }
  /// The names of all sources with boilerplate, rising byte by byte.
  [[nodiscard]] std::vector<std::string_view> names() const;
  [[nodiscard]] bool empty() const { return sources_.empty(); }

 private:
  std::unordered_map<std::string, ShingleSet> sources_;
};

}  // namespace wirecopy
