// The boilerplate model: for each source, the shingles that it repeats in unrelated articles, and the
// boilerplate that unrelated stories of many sources share.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/name_map.hpp"

namespace wirecopy {

/// A set of shingle hashes; open addressing at half load, with a filter of 32 bits per shingle in front, because most
/// lookups fail. Immutable after construction.
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
  /// Whether the filter lets a shingle (other than 0) through, without a branch: those of the set, and about one in
  /// forty others; none where the set is empty.
  [[nodiscard]] bool may_contain(std::uint64_t shingle) const {
    return (filter_[shingle >> 6 & filter_mask_] >> (shingle & 63) & 1) != 0;
  }
  [[nodiscard]] bool empty() const { return table_.empty(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// All shingles, in ascending order.
  [[nodiscard]] std::vector<std::uint64_t> sorted() const;

 private:
  static constexpr std::uint64_t kFree = 0, kInPlaceOfFree = 1;
  std::vector<std::uint64_t> filter_{0};  // bit `hash % bits` of every shingle
  std::vector<std::uint64_t> table_;
  std::size_t filter_mask_ = 0;
  std::size_t mask_ = 0;
  std::size_t size_ = 0;
};

/// What is ignored in the articles of one source: its own boilerplate and that shared by all. The sets must outlive
/// it.
class IgnoredShingles {
 public:
  IgnoredShingles(const ShingleSet& own) : own_(&own) {}
  IgnoredShingles(const ShingleSet& own, const ShingleSet& shared) : own_(&own), shared_(&shared) {}

  [[nodiscard]] bool contains(std::uint64_t shingle) const {
    return own_->contains(shingle) || shared_->contains(shingle);
  }
  /// As ShingleSet::may_contain().
  [[nodiscard]] bool may_contain(std::uint64_t shingle) const {
    return (unsigned{own_->may_contain(shingle)} | unsigned{shared_->may_contain(shingle)}) != 0;  // no branch
  }
  [[nodiscard]] bool empty() const { return own_->empty() && shared_->empty(); }

 private:
  static const ShingleSet kNone;
  const ShingleSet* own_;
  const ShingleSet* shared_ = &kNone;
};

/// By name of the source; sources without boilerplate are left out. Must not change while it is used.
class BoilerplateModel {
 public:
  void set(const std::string& source, ShingleSet shingles);
  void set_shared(ShingleSet shingles) { shared_ = std::move(shingles); }
  /// The source's own boilerplate, or an empty set.
  [[nodiscard]] const ShingleSet& of(const std::string& source) const;
  /// What all sources share, including those without a name.
  [[nodiscard]] const ShingleSet& shared() const { return shared_; }
  /// Both. Valid as long as the model is not changed.
  [[nodiscard]] IgnoredShingles ignored_in(const std::string& source) const { return {of(source), shared_}; }
  /// Adds what `other` says: a shingle is boilerplate of a source, or shared, if either model says so.
  void unite(const BoilerplateModel& other);
  [[nodiscard]] std::size_t sources() const { return sources_.size(); }
  /// The names of all sources with boilerplate, in ascending byte order.
  [[nodiscard]] std::vector<std::string_view> names() const;
  [[nodiscard]] bool empty() const { return sources_.empty() && shared_.empty(); }

 private:
  NameMap<ShingleSet> sources_;
  ShingleSet shared_;
};

}  // namespace wirecopy
