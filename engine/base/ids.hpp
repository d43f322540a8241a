// Ids are distinct types, so that an article cannot be mistaken for a source.
#pragma once

#include <cstdint>
#include <limits>

namespace wirecopy {

/// Number of an article: 0, 1, 2... in input order, counting only lines that parsed.
enum class ArticleId : std::uint32_t {};
/// Number of a source (outlet), in order of first appearance.
enum class SourceId : std::uint32_t {};

inline constexpr ArticleId kNoArticle{std::numeric_limits<std::uint32_t>::max()};

/// The number inside an id, as an array index.
template <typename Id>
[[nodiscard]] constexpr std::uint32_t number(Id id) {
  return static_cast<std::uint32_t>(id);
}

}  // namespace wirecopy
