// A table that other libraries read as Arrow, in place, and that Python reads by itself.
#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "python/column.hpp"

namespace wirecopy::python {

namespace nb = nanobind;

/// One column or more, of the same size. Immutable, shared by whoever reads it: what is exported keeps it alive.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] std::int64_t rows() const { return columns_.front().size(); }

 private:
  std::vector<Column> columns_;
};

/// Defines the class wirecopy.Table.
void bind_table(nb::module_& module);

}  // namespace wirecopy::python
