// Parses keyword arguments: options, resources and fields, under the same names as in C++.
#pragma once

#include <nanobind/nanobind.h>

#include <optional>
#include <string>
#include <string_view>
#include <wirecopy/index.hpp>
#include <wirecopy/options.hpp>

#include "feed/field_map.hpp"

namespace wirecopy::python {

namespace nb = nanobind;

struct Settings {
  Options options;
  Resources resources;
  bool has_options = false;      ///< whether any of the options was given
  bool has_random_seed = false;  ///< whether the seed was drawn, because "random" was given
};

/// Removes the options and resources from the keywords and returns them; None stands for the default. Throws TypeError
/// for a value of the wrong type, and Error(usage) for an unknown one.
[[nodiscard]] Settings take_settings(nb::dict& keywords);
/// Also removes the settings of an index; its durations are in seconds. If the seed is "random" and there is an index
/// at `path`, the seed of that index is used.
[[nodiscard]] IndexSettings take_index_settings(nb::dict& keywords, const std::optional<std::string>& path);
/// How deduplicate() reads articles.
struct FeedKeywords {
  std::string records;
  bool allow_empty = false;
};
[[nodiscard]] FeedKeywords take_feed_keywords(nb::dict& keywords);
/// Throws TypeError for the first keyword that is left, if any.
void refuse_others(const nb::dict& keywords, std::string_view function);

/// Converts None or a mapping of roles to paths. Throws Error(usage) for an unknown role or an invalid path.
[[nodiscard]] FieldMap fields_of(nb::handle fields);

/// Converts a str or os.PathLike.
[[nodiscard]] std::string path_of(nb::handle path);

}  // namespace wirecopy::python
