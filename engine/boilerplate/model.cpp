#include "boilerplate/model.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace wirecopy {
namespace {

ShingleSet united(const ShingleSet& a, const ShingleSet& b) {
  std::vector<std::uint64_t> both = a.sorted();
  const std::vector<std::uint64_t> theirs = b.sorted();
  both.insert(both.end(), theirs.begin(), theirs.end());
  return ShingleSet(both);
}

}  // namespace

ShingleSet::ShingleSet(std::span<const std::uint64_t> shingles) {
  if (shingles.empty()) return;
  table_.assign(std::bit_ceil(2 * shingles.size()), kFree);
  mask_ = table_.size() - 1;
  filter_.assign(std::bit_ceil((shingles.size() + 1) / 2), 0);
  filter_mask_ = filter_.size() - 1;
  for (const std::uint64_t shingle : shingles) {
    if (contains(shingle)) continue;
    const std::uint64_t stored = shingle == kFree ? kInPlaceOfFree : shingle;
    filter_[stored >> 6 & filter_mask_] |= std::uint64_t{1} << (stored & 63);
    std::size_t at = stored & mask_;
    while (table_[at] != kFree) at = (at + 1) & mask_;
    table_[at] = stored;
    ++size_;
  }
}

std::vector<std::uint64_t> ShingleSet::sorted() const {
  std::vector<std::uint64_t> shingles;
  shingles.reserve(size_);
  for (const std::uint64_t shingle : table_) {
    if (shingle != kFree) shingles.push_back(shingle);
  }
  std::sort(shingles.begin(), shingles.end());
  return shingles;
}

const ShingleSet IgnoredShingles::kNone;

void BoilerplateModel::set(const std::string& source, ShingleSet shingles) {
  if (shingles.empty()) {
    sources_.erase(source);
  } else {
    sources_.insert_or_assign(source, std::move(shingles));
  }
}

void BoilerplateModel::unite(const BoilerplateModel& other) {
  for (const auto& [source, shingles] : other.sources_) {
    const auto [mine, is_new] = sources_.try_emplace(source, shingles);
    if (!is_new) mine->second = united(mine->second, shingles);
  }
  shared_ = united(shared_, other.shared_);
}

std::vector<std::string_view> BoilerplateModel::names() const {
  std::vector<std::string_view> names;
  names.reserve(sources_.size());
  for (const auto& [source, shingles] : sources_) names.push_back(source);
  std::sort(names.begin(), names.end());
  return names;
}

const ShingleSet& BoilerplateModel::of(const std::string& source) const {
  static const ShingleSet kNothing;
  const auto found = sources_.find(source);
  return found == sources_.end() ? kNothing : found->second;
}

}  // namespace wirecopy
