// Marks of versions in titles: "UPDATE 2-Markets fall", "Storm hits coast (updated)", "CORRECTED-...", "(2보)".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

enum class VersionKind : std::uint8_t { none, update, corrected, adds, wrapup, refile, lead, version };

struct VersionMark {
  VersionKind kind = VersionKind::none;
  std::uint8_t number = 0;  ///< 0: none named

  explicit operator bool() const { return kind != VersionKind::none; }
  friend bool operator==(const VersionMark&, const VersionMark&) = default;
};

/// The mark of a title: at its start before a separator, or else in brackets anywhere (round ones first). Marks are
/// words of the trade in a dozen languages; in running text ("Update your phone", "lead (Pb)") they are none. Allocates
/// nothing.
[[nodiscard]] VersionMark find_version(std::string_view title);

/// "UPDATE 2", "CORRECTED"; empty for none.
[[nodiscard]] std::string describe(VersionMark mark);

}  // namespace wirecopy
