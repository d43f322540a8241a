// Small results as Python classes with read-only attributes, repr, equality and to_dict().
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::python {

namespace nb = nanobind;

/// Converts to str; invalid UTF-8 becomes U+FFFD.
[[nodiscard]] inline nb::object text(std::string_view bytes) {
  nb::object made = nb::steal(PyUnicode_DecodeUTF8(bytes.data(), static_cast<Py_ssize_t>(bytes.size()), "replace"));
  if (!made.is_valid()) throw nb::python_error();
  return made;
}

/// Converts to str, or to None if empty.
[[nodiscard]] inline nb::object filled_text(std::string_view bytes) { return bytes.empty() ? nb::none() : text(bytes); }

[[nodiscard]] inline nb::object texts(const std::vector<std::string>& strings) {
  nb::list made;
  for (const std::string& each : strings) made.append(text(each));
  return made;
}

// The methods of records whose class has the attributes `names`. Two records of a class are equal if all attributes
// are.
nb::object record_to_dict(nb::handle self, const std::vector<const char*>& names);
std::string record_repr(nb::handle self, const std::vector<const char*>& names);
bool record_equals(nb::handle self, nb::handle other, const std::vector<const char*>& names);

/// Defines a record class of the package.
template <typename T>
class Record {
 public:
  Record(nb::module_& module, const char* name, const char* doc) : class_(module, name, doc) {
    class_.attr("__module__") = "wirecopy";
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  template <typename Get>
  Record& field(const char* name, const Get& get, const char* doc) {
    names_.push_back(name);
    class_.def_prop_ro(name, get, doc);
    return *this;
  }

  /// Completes the definition. Further methods may be added to the class returned.
  nb::class_<T>& finish() {
    class_.def(
        "to_dict", [names = names_](nb::handle self) { return record_to_dict(self, names); },
        "Returns the attributes as a dict, recursively.");
    class_.def("__repr__", [names = names_](nb::handle self) { return record_repr(self, names); });
    class_.def("__eq__",
               [names = names_](nb::handle self, nb::handle other) { return record_equals(self, other, names); });
    class_.attr("__hash__") = nb::none();
    return class_;
  }

 private:
  nb::class_<T> class_;
  std::vector<const char*> names_;
};

}  // namespace wirecopy::python
