// What is fixed when an index is made, as text in the index: it must be the same whenever the index is opened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <wirecopy/index.hpp>

namespace wirecopy {

struct IndexParameters {
  Options options;
  std::int64_t window = 0;      ///< seconds, 0: for ever
  std::int64_t generation = 1;  ///< seconds that a generation lasts
};

/// Lines of a name, a space and a value; the first are the format's version, that of tokens and of Unicode.
[[nodiscard]] std::string encode(const IndexParameters& parameters);
/// Reads them back. Throws Error(state) for what this program cannot read, and where `wanted` says something else; both
/// name the difference.
[[nodiscard]] IndexParameters decode_parameters(std::string_view text, const IndexSettings& wanted);
/// Those of a new index. Throws Error(usage) for what is out of range or cannot be indexed.
[[nodiscard]] IndexParameters new_parameters(const IndexSettings& settings);

}  // namespace wirecopy
