// What keyword arguments say: options, resources and fields, by the names that they have in C++.
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
  bool has_random_seed = false;  ///< whether the seed was drawn, not given
};

/// Takes those of the keywords that are options or resources out of the dict; None means the default. Throws TypeError
/// for a value of the wrong type, Error(usage) for one that is not known.
[[nodiscard]] Settings take_settings(nb::dict& keywords);
/// The same for what an index wants besides, except for its window, which is seconds here. An
/// index that is at `path` already keeps its seed where a random one is asked for.
[[nodiscard]] IndexSettings take_index_settings(nb::dict& keywords, const std::optional<std::string>& path);
/// Throws TypeError that names the first keyword left, if there is one.
void refuse_others(const nb::dict& keywords, std::string_view function);

/// None, or a mapping of roles to paths. Throws Error(usage) for an unknown role or a bad path.
[[nodiscard]] FieldMap fields_of(nb::handle fields);

/// A str or os.PathLike.
[[nodiscard]] std::string path_of(nb::handle path);

}  // namespace wirecopy::python
