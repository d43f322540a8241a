#include "python/errors.hpp"

#include <nanobind/nanobind.h>

#include <exception>
#include <wirecopy/error.hpp>

namespace wirecopy::python {
namespace {

namespace nb = nanobind;

const char* class_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return "UsageError";
    case ErrorKind::io:
      return "IoError";
    case ErrorKind::resources:
      return "ResourcesError";
    case ErrorKind::state:
      return "StateError";
    default:
      return "CancelledError";
  }
}

void translate(const std::exception_ptr& thrown, void*) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error& error) {
    const nb::object kind = nb::module_::import_("wirecopy._errors").attr(class_of(error.kind()));
    // Messages contain file names, which may be invalid UTF-8.
    const nb::object message = nb::steal(PyUnicode_DecodeFSDefault(error.what()));
    PyErr_SetObject(kind.ptr(), message.ptr());
  }
}

}  // namespace

void register_errors() { nb::register_exception_translator(translate); }

}  // namespace wirecopy::python
