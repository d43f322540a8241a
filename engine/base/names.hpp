// The inverse of name(): values of the public enums by their stable names.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

namespace wirecopy {

inline constexpr std::array kAllMethods{Method::sample, Method::minhash, Method::simhash, Method::exact};
inline constexpr std::array kAllKeeps{Keep::fullest, Keep::first, Keep::earliest, Keep::credited, Keep::source_order};
/// The relations that link articles, which are also the values of Options::drop.
inline constexpr std::array kLinkingRelations{Relation::exact, Relation::near, Relation::excerpt, Relation::extended};

/// The one of `values` with this name; empty if there is none.
template <typename Enum, std::size_t count>
[[nodiscard]] std::optional<Enum> value_named(std::string_view text, const std::array<Enum, count>& values) {
  for (const Enum value : values) {
    if (text == name(value)) return value;
  }
  return std::nullopt;
}

[[nodiscard]] inline std::optional<Method> method_named(std::string_view text) {
  return value_named(text, kAllMethods);
}
[[nodiscard]] inline std::optional<Keep> keep_named(std::string_view text) { return value_named(text, kAllKeeps); }
[[nodiscard]] inline std::optional<Relation> relation_named(std::string_view text) {
  return value_named(text, kLinkingRelations);
}

}  // namespace wirecopy
