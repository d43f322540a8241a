// Version marks in titles: "UPDATE 2-Markets fall", "Storm hits coast (updated)", "CORRECTED-...", "(2보)".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

enum class VersionKind : std::uint8_t { none, update, corrected, adds, wrapup, refile, lead, version };

struct VersionMark {
  VersionKind kind = VersionKind::none;
  std::uint8_t number = 0;  ///< 0 if there is no number

  explicit operator bool() const { return kind != VersionKind::none; }
  friend bool operator==(const VersionMark&, const VersionMark&) = default;
};

/// The mark of a title: at its start before a separator, otherwise in brackets anywhere (round ones first). Marks are
/// the customary words in a dozen languages; in running text ("Update your phone", "lead (Pb)") they do not count.
/// Allocates nothing.
[[nodiscard]] VersionMark find_version(std::string_view title);

/// "UPDATE 2", "CORRECTED"; empty for none.
[[nodiscard]] std::string describe(VersionMark mark);

}  // namespace wirecopy
