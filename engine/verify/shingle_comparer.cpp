#include "verify/shingle_comparer.hpp"

#include <algorithm>
#include <bit>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// A shingle's hash is uniform, so its low bits can index the table as they are; 0 is the mark of a free entry.
std::uint64_t never_zero(std::uint64_t shingle) { return shingle == 0 ? 1 : shingle; }

}  // namespace

std::uint32_t ShingleComparer::load(std::span<const Token> first) { return load({}, first); }

std::uint32_t ShingleComparer::load(std::span<const Token> title, std::span<const Token> text) {
  reserve(title.size() + text.size() + 2);
  insert(title);
  insert(text);
  return distinct_;
}

std::uint32_t ShingleComparer::count_shared(std::span<const Token> second) { return count_shared({}, second); }

std::uint32_t ShingleComparer::count_shared(std::span<const Token> title, std::span<const Token> text) {
  if (++mark_ == 0) {  // marks of comparisons long past could be taken for this one's
    for (Entry& entry : table_) entry.mark = 0;
    mark_ = 1;
  }
  return count_marked(title) + count_marked(text);
}

void ShingleComparer::reserve(std::size_t shingles) {
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(64, 2 * shingles));
  if (table_.size() < size) table_.resize(size);
  std::fill_n(table_.begin(), size, Entry{});
  mask_ = size - 1;
  distinct_ = 0;
}

ShingleComparer::Entry& ShingleComparer::find(std::uint64_t shingle) {
  std::size_t at = shingle & mask_;
  while (table_[at].shingle != 0 && table_[at].shingle != shingle) at = (at + 1) & mask_;
  return table_[at];
}

void ShingleComparer::insert(std::span<const Token> tokens) {
  for_each_shingle(tokens, words_, [&](std::uint64_t hash, std::size_t, std::size_t) {
    Entry& entry = find(never_zero(hash));
    distinct_ += entry.shingle == 0;
    entry.shingle = never_zero(hash);
  });
}

std::uint32_t ShingleComparer::count_marked(std::span<const Token> tokens) {
  std::uint32_t shared = 0;
  for_each_shingle(tokens, words_, [&](std::uint64_t hash, std::size_t, std::size_t) {
    Entry& entry = find(never_zero(hash));
    const bool is_new = entry.shingle != 0 && entry.mark != mark_;
    shared += is_new;
    if (is_new) entry.mark = mark_;
  });
  return shared;
}

}  // namespace wirecopy
