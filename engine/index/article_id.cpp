#include "index/article_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "postings/posting_table.hpp"

namespace wirecopy {
namespace {

constexpr std::string_view kPrefix = "digest:";
constexpr std::size_t kDigits = 32;

bool is_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool has_form_of_digest(std::string_view id) {
  if (id.size() != kPrefix.size() + kDigits || !id.starts_with(kPrefix)) return false;
  return std::all_of(id.begin() + kPrefix.size(), id.end(), is_digit);
}

bool is_name(std::string_view id) { return !id.empty() && !has_form_of_digest(id); }

}  // namespace

IndexedId IdRule::id_of(const Article& article) const {
  if (is_name(article.id)) return {std::string(article.id)};
  if (is_name(article.url)) return {std::string(article.url)};
  const std::array<Digest, 3> parts{hasher_.digest(article.source), hasher_.digest(article.title),
                                    hasher_.digest(article.text)};
  const Digest digest = hasher_.digest(parts.data(), sizeof parts);
  return {fmt::format("{}{:016x}{:016x}", kPrefix, digest.high, digest.low), true};
}

std::uint64_t posting_hash_of_id(std::string_view id) {
  static const Hasher kHasher(0);
  return posting_hash(PostingKind::id, kHasher.hash64(id));
}

}  // namespace wirecopy
