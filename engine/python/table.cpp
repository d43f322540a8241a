#include "python/table.hpp"

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <string>

#include "python/arrow_export.hpp"
#include "python/record.hpp"

namespace wirecopy::python {
namespace {

using SharedTable = std::shared_ptr<Table>;

ExportNode node_of(const Column& column) {
  ExportNode node{column.name(), column.format(), column.size(), column.nulls(), column.buffers(), {}};
  for (const Column& child : column.children()) node.children.push_back(node_of(child));
  return node;
}

/// In Arrow, a table is a struct of its columns.
ExportNode node_of(const Table& table) {
  ExportNode node{"", "+s", table.rows(), 0, {nullptr}, {}};
  for (const Column& column : table.columns()) node.children.push_back(node_of(column));
  return node;
}

// ---- values for Python ----

nb::object datetime_of(std::int64_t seconds) {
  const nb::object datetime = nb::module_::import_("datetime");
  const nb::object start = datetime.attr("datetime")(1970, 1, 1, 0, 0, 0, 0, datetime.attr("timezone").attr("utc"));
  return start + datetime.attr("timedelta")(0, seconds);
}

nb::object value_at(const Column& column, std::int64_t i);

nb::object row_of(const std::vector<Column>& columns, std::int64_t i) {
  nb::dict row;
  for (const Column& column : columns) row[text(column.name())] = value_at(column, i);
  return row;
}

nb::object list_of(const Column& column, std::int64_t i) {
  nb::list values;
  const auto [begin, end] = column.list_at(i);
  for (std::int64_t at = begin; at < end; ++at) values.append(value_at(column.children().front(), at));
  return values;
}

nb::object value_at(const Column& column, std::int64_t i) {
  if (column.is_null(i)) return nb::none();
  switch (column.type()) {
    case ColumnType::boolean:
      return nb::bool_(column.boolean_at(i));
    case ColumnType::uint32:
      return nb::int_(column.number_at<std::uint32_t>(i));
    case ColumnType::uint64:
      return nb::int_(column.number_at<std::uint64_t>(i));
    case ColumnType::int64:
      return nb::int_(column.number_at<std::int64_t>(i));
    case ColumnType::float64:
      return nb::float_(column.number_at<double>(i));
    case ColumnType::seconds:
      return datetime_of(column.number_at<std::int64_t>(i));
    case ColumnType::string:
      return text(column.string_at(i));
    case ColumnType::list:
      return list_of(column, i);
    default:
      return row_of(column.children(), i);
  }
}

/// Iterates over rows.
struct RowIterator {
  SharedTable table;
  std::int64_t next = 0;
};

nb::object row_at(const Table& table, Py_ssize_t i) {
  const std::int64_t row = i < 0 ? i + table.rows() : i;
  if (row < 0 || row >= table.rows()) throw nb::index_error("row out of range");
  return row_of(table.columns(), row);
}

std::string describe(const Table& table) {
  std::string names;
  for (const Column& column : table.columns()) names += (names.empty() ? "" : ", ") + column.name();
  return "<wirecopy.Table of " + std::to_string(table.rows()) + " rows: " + names + ">";
}

}  // namespace

void bind_table(nb::module_& module) {
  nb::class_<RowIterator>(module, "_RowIterator")
      .def("__iter__", [](nb::handle self) { return nb::borrow(self); })
      .def("__next__", [](RowIterator& rows) {
        if (rows.next == rows.table->rows()) throw nb::stop_iteration();
        return row_of(rows.table->columns(), rows.next++);
      });

  nb::class_<Table> table(
      module, "Table",
      "A table that Arrow libraries read without a copy and Python reads row by row.\n\n"
      "pyarrow.table(t), polars.DataFrame(t), pandas.DataFrame.from_arrow(t) and DuckDB (through\n"
      "pyarrow.table(t)) accept it directly; for row in t, t[i] and t.to_dicts() require no library.");
  table.attr("__module__") = "wirecopy";
  table.def("__len__", &Table::rows)
      .def("__getitem__", row_at, nb::arg("row"), "The row as a dict; negative numbers count from the end.")
      .def("__iter__",
           [](SharedTable self) {
             return RowIterator{std::move(self), 0};
           })
      .def("__repr__", describe)
      .def_prop_ro(
          "column_names",
          [](const Table& self) {
            nb::list names;
            for (const Column& column : self.columns()) names.append(text(column.name()));
            return names;
          },
          "The names of the columns.")
      .def(
          "to_dicts",
          [](const Table& self) {
            nb::list rows;
            for (std::int64_t i = 0; i < self.rows(); ++i) rows.append(row_of(self.columns(), i));
            return rows;
          },
          "All rows as dicts.")
      .def(
          "__arrow_c_stream__", [](const SharedTable& self, nb::handle) { return export_stream(node_of(*self), self); },
          nb::arg("requested_schema") = nb::none(),
          "The table as an Arrow stream (PyCapsule interface), without copies.")
      .def(
          "__arrow_c_schema__", [](const Table& self) { return export_schema(node_of(self)); },
          "The schema of the table (PyCapsule interface).")
      .def("__reduce__", [](nb::handle) -> nb::object {
        throw nb::type_error("a wirecopy.Table cannot be pickled; convert it to an Arrow table or dicts");
      });
}

}  // namespace wirecopy::python
