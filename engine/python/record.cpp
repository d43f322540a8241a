#include "python/record.hpp"

namespace wirecopy::python {
namespace {

nb::object plain(nb::handle value) {
  if (nb::hasattr(value, "to_dict")) return value.attr("to_dict")();
  if (!PyList_Check(value.ptr())) return nb::borrow(value);
  nb::list all;
  for (const nb::handle each : nb::iter(value)) all.append(plain(each));
  return all;
}

}  // namespace

nb::object record_to_dict(nb::handle self, const std::vector<const char*>& names) {
  nb::dict all;
  for (const char* const name : names) all[name] = plain(self.attr(name));
  return all;
}

std::string record_repr(nb::handle self, const std::vector<const char*>& names) {
  std::string all;
  for (const char* const name : names) {
    const nb::object value = self.attr(name);
    if (value.is_none()) continue;  // keeps the representation short
    all += (all.empty() ? "" : ", ") + std::string(name) + "=" + nb::repr(value).c_str();
  }
  return std::string(nb::str(self.type().attr("__name__")).c_str()) + "(" + all + ")";
}

bool record_equals(nb::handle self, nb::handle other, const std::vector<const char*>& names) {
  if (!self.type().is(other.type())) return false;
  for (const char* const name : names) {
    if (!nb::object(self.attr(name)).equal(nb::object(other.attr(name)))) return false;
  }
  return true;
}

}  // namespace wirecopy::python
