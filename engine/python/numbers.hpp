// An array of numbers that NumPy and other libraries read in place.
#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace wirecopy::python {

namespace nb = nanobind;

/// One row of `width` numbers for each item; a width of 1 makes a flat array. Immutable.
struct Numbers {
  std::variant<std::vector<std::uint32_t>, std::vector<std::uint64_t>> values;
  std::size_t width = 1;

  [[nodiscard]] std::size_t size() const;  ///< of all values
  [[nodiscard]] std::size_t rows() const { return size() / width; }
  [[nodiscard]] const void* data() const;
  [[nodiscard]] bool is_wide() const { return values.index() == 1; }
};

/// Defines the class wirecopy.Array.
void bind_numbers(nb::module_& module);

}  // namespace wirecopy::python
