// A table that other libraries read as Arrow data without a copy, and that Python reads row by row.
#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "python/column.hpp"

namespace wirecopy::python {

namespace nb = nanobind;

/// One or more columns of the same size. Immutable and shared; exported data keeps it alive.
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
