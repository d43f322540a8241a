#include "python/errors.hpp"

#include <fmt/format.h>
#include <nanobind/nanobind.h>

#include <exception>
#include <string>
#include <wirecopy/error.hpp>

#include "feed/feed_check.hpp"

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

std::string message_of(const Error& error) {
  const auto* const unusable = dynamic_cast<const UnusableFeed*>(&error);
  if (unusable == nullptr) return error.what();
  constexpr const char* kExpected = "pass allow_empty=True if that is expected";
  if (!unusable->advice()) return fmt::format("{}; {}", error.what(), kExpected);
  const FieldAdvice& advice = *unusable->advice();
  const bool is_text = advice.kind == FieldAdvice::Kind::text;
  const std::string argument =
      is_text ? fmt::format("fields={{'text': '{}'}}", advice.path) : fmt::format("records='{}'", advice.path);
  return fmt::format("{}; try {}, or {}", error.what(), argument, kExpected);
}

void translate(const std::exception_ptr& thrown, void*) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error& error) {
    const nb::object kind = nb::module_::import_("wirecopy._errors").attr(class_of(error.kind()));
    // Messages contain file names, which may be invalid UTF-8.
    const nb::object message = nb::steal(PyUnicode_DecodeFSDefault(message_of(error).c_str()));
    PyErr_SetObject(kind.ptr(), message.ptr());
  }
}

}  // namespace

void register_errors() { nb::register_exception_translator(translate); }

}  // namespace wirecopy::python
