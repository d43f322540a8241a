// The parameters that determine the content of a sketch file, as text in its header.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/options.hpp>

#include "feed/block_reader.hpp"
#include "feed/field_map.hpp"

namespace wirecopy {

/// Everything that determines the content of a sketch. All other options may differ between sketching and resolving.
struct SketchParameters {
  Options options;  ///< only method, threshold, recall, shingle, seed and title matter
  FieldMap fields;
  std::size_t max_line = 0;
  std::vector<Input> inputs;

  /// As lines "name value", in a fixed order, without the inputs.
  [[nodiscard]] std::string describe() const;
};

/// Parses the options and fields from such lines; those that are missing keep their defaults.
[[nodiscard]] Options read_options(std::string_view lines);
[[nodiscard]] FieldMap read_fields(std::string_view lines);

/// Throws Error(state) naming the first line that differs, if any does: "path: was made with threshold 0.5, not 0.6".
void require_equal_parameters(const std::string& path, std::string_view has, std::string_view required);

}  // namespace wirecopy
