#include "python/numbers.hpp"

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>

#include <string>

#include "python/arrow_abi.hpp"
#include "python/arrow_export.hpp"

namespace wirecopy::python {
namespace {

using SharedNumbers = std::shared_ptr<Numbers>;

constexpr char kEmptyBuffer[8] = {};

/// Owned by a Py_buffer in addition to the values.
struct BufferShape {
  Py_ssize_t shape[2];
  Py_ssize_t strides[2];
};

int get_buffer(PyObject* object, Py_buffer* view, int flags) {
  if ((flags & PyBUF_WRITABLE) != 0) {
    PyErr_SetString(PyExc_BufferError, "the array is read-only");
    return -1;
  }
  if (!nb::inst_ready(nb::handle(object))) {
    PyErr_SetString(PyExc_BufferError, "the array is not initialized");
    return -1;
  }
  const Numbers& numbers = *nb::inst_ptr<Numbers>(nb::handle(object));
  const Py_ssize_t item = numbers.is_wide() ? 8 : 4;
  const auto width = static_cast<Py_ssize_t>(numbers.width);
  auto* const shape = new BufferShape{{static_cast<Py_ssize_t>(numbers.rows()), width}, {item * width, item}};
  view->obj = Py_NewRef(object);
  view->buf = const_cast<void*>(numbers.data());
  view->len = static_cast<Py_ssize_t>(numbers.size()) * item;
  view->readonly = 1;
  view->itemsize = item;
  view->format = const_cast<char*>((flags & PyBUF_FORMAT) == 0 ? nullptr : numbers.is_wide() ? "Q" : "I");
  view->ndim = numbers.width == 1 ? 1 : 2;
  view->shape = (flags & PyBUF_ND) != 0 ? shape->shape : nullptr;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? shape->strides : nullptr;
  view->suboffsets = nullptr;
  view->internal = shape;
  return 0;
}

void release_buffer(PyObject*, Py_buffer* view) { delete static_cast<BufferShape*>(view->internal); }

PyType_Slot slots[] = {{Py_bf_getbuffer, reinterpret_cast<void*>(get_buffer)},
                       {Py_bf_releasebuffer, reinterpret_cast<void*>(release_buffer)},
                       {0, nullptr}};

nb::object value(const Numbers& numbers, std::size_t i) {
  return std::visit([i](const auto& values) -> nb::object { return nb::int_(values[i]); }, numbers.values);
}

nb::object item(const Numbers& numbers, Py_ssize_t i) {
  const auto rows = static_cast<Py_ssize_t>(numbers.rows());
  const Py_ssize_t row = i < 0 ? i + rows : i;
  if (row < 0 || row >= rows) throw nb::index_error("index out of range");
  const std::size_t first = static_cast<std::size_t>(row) * numbers.width;
  if (numbers.width == 1) return value(numbers, first);
  nb::list values;
  for (std::size_t at = first; at < first + numbers.width; ++at) values.append(value(numbers, at));
  return values;
}

nb::object shape(const Numbers& numbers) {
  if (numbers.width == 1) return nb::make_tuple(numbers.rows());
  return nb::make_tuple(numbers.rows(), numbers.width);
}

std::string describe(const Numbers& numbers) {
  const std::string of = numbers.is_wide() ? "uint64" : "uint32";
  const std::string width = numbers.width == 1 ? "" : " rows of " + std::to_string(numbers.width);
  return "<wirecopy.Array of " + std::to_string(numbers.rows()) + width + " " + of + ">";
}

/// The layout in Arrow: numbers, or lists of a fixed size of numbers.
ExportNode node_of(const SharedNumbers& numbers) {
  const auto size = static_cast<std::int64_t>(numbers->size());
  const void* const data = size == 0 ? kEmptyBuffer : numbers->data();
  ExportNode leaf{"item", numbers->is_wide() ? "L" : "I", size, 0, {nullptr, data}, {}};
  if (numbers->width == 1) {
    leaf.name.clear();
    return leaf;
  }
  const auto rows = static_cast<std::int64_t>(numbers->rows());
  return {"", "+w:" + std::to_string(numbers->width), rows, 0, {nullptr}, {leaf}};
}

}  // namespace

std::size_t Numbers::size() const {
  return std::visit([](const auto& held) { return held.size(); }, values);
}

const void* Numbers::data() const {
  return std::visit([](const auto& held) -> const void* { return held.data(); }, values);
}

void bind_numbers(nb::module_& module) {
  nb::class_<Numbers> array(
      module, "Array", nb::type_slots(slots),
      "Numbers that NumPy (numpy.asarray), memoryview and Arrow libraries (pyarrow.array) read without "
      "a copy; a[i] and\nlen(a) require none of them.");
  array.attr("__module__") = "wirecopy";
  array.def("__len__", &Numbers::rows)
      .def("__getitem__", item, nb::arg("index"), "A number or, in an array of signatures, a list of them.")
      .def("__repr__", describe)
      .def_prop_ro("shape", shape, "The shape as in NumPy: (rows,) or (rows, width).")
      .def(
          "__arrow_c_array__", [](const SharedNumbers& self, nb::handle) { return export_array(node_of(self), self); },
          nb::arg("requested_schema") = nb::none(),
          "The numbers as an Arrow array (PyCapsule interface), without copies.")
      .def(
          "__arrow_c_schema__", [](const SharedNumbers& self) { return export_schema(node_of(self)); },
          "The type of the numbers (PyCapsule interface).")
      .def("__reduce__", [](nb::handle) -> nb::object {
        throw nb::type_error("a wirecopy.Array cannot be pickled; convert it to a NumPy array");
      });
}

}  // namespace wirecopy::python
