// What decides the content of a sketch file, as the text that its header holds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/options.hpp>

#include "feed/block_reader.hpp"
#include "feed/field_map.hpp"

namespace wirecopy {

/// All that decides what a sketch holds. Everything else about a run may differ between sketching and resolving.
struct SketchParameters {
  Options options;  ///< method, threshold, recall, shingle, seed and title count
  FieldMap fields;
  std::size_t max_line = 0;
  std::vector<Input> inputs;

  /// As lines "name value", in a fixed order; inputs left out.
  [[nodiscard]] std::string describe() const;
};

/// What such lines say of options and of fields; what they do not name is left at its default.
[[nodiscard]] Options read_options(std::string_view lines);
[[nodiscard]] FieldMap read_fields(std::string_view lines);

/// Throws Error(state) naming the first line that differs, if any does: "path: was made with threshold 0.5, not 0.6".
void require_equal_parameters(const std::string& path, std::string_view has, std::string_view wanted);

}  // namespace wirecopy
