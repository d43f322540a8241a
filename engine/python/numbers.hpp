// An array of numbers that NumPy and other libraries read without a copy.
#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace wirecopy::python {

namespace nb = nanobind;

/// Rows of `width` numbers; with a width of 1, a one-dimensional array. Immutable.
struct Numbers {
  std::variant<std::vector<std::uint32_t>, std::vector<std::uint64_t>> values;
  std::size_t width = 1;

  [[nodiscard]] std::size_t size() const;  ///< number of values in all rows
  [[nodiscard]] std::size_t rows() const { return size() / width; }
  [[nodiscard]] const void* data() const;
  [[nodiscard]] bool is_wide() const { return values.index() == 1; }
};

/// Defines the class wirecopy.Array.
void bind_numbers(nb::module_& module);

}  // namespace wirecopy::python
