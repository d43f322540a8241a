#include "feed/reject.hpp"

#include <array>

namespace wirecopy {

std::string_view name(RejectReason reason) {
  static constexpr std::array<std::string_view, kRejectReasons> kNames{
      "not-json",   "not-an-object", "trailing-content", "unfinished", "bad-utf8",      "control-character",
      "bad-escape", "bad-number",    "too-deep",         "text-type",  "line-too-long", "damaged-input"};
  return kNames[static_cast<std::size_t>(reason)];
}

}  // namespace wirecopy
