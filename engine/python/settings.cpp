#include "python/settings.hpp"

#include <fmt/format.h>
#include <nanobind/stl/string.h>

#include <array>
#include <optional>
#include <span>
#include <vector>
#include <wirecopy/error.hpp>
#include <wirecopy/seed.hpp>

#include "base/memory_size.hpp"
#include "base/names.hpp"
#include "index/recorded_seed.hpp"

namespace wirecopy::python {
namespace {

[[noreturn]] void wrong_type(std::string_view name, std::string_view expected, nb::handle value) {
  throw nb::type_error(fmt::format("{} must be {}, not {}", name, expected, Py_TYPE(value.ptr())->tp_name).c_str());
}

/// Removes and returns a keyword argument; empty if it is missing or None.
std::optional<nb::object> take(nb::dict& keywords, const char* name) {
  if (!keywords.contains(name)) return std::nullopt;
  nb::object value = nb::borrow(keywords[name]);
  nb::del(keywords[name]);
  if (value.is_none()) return std::nullopt;
  return value;
}

void read(std::string_view name, nb::handle value, bool& to) {
  if (!PyBool_Check(value.ptr())) wrong_type(name, "True or False", value);
  to = value.is(Py_True);
}

void read(std::string_view name, nb::handle value, double& to) {
  if (PyBool_Check(value.ptr()) || !(PyFloat_Check(value.ptr()) || PyLong_Check(value.ptr()))) {
    wrong_type(name, "a number", value);
  }
  to = PyFloat_AsDouble(value.ptr());
  if (PyErr_Occurred() != nullptr) throw nb::python_error();
}

template <typename Number>
requires std::is_unsigned_v<Number>
void read(std::string_view name, nb::handle value, Number& to) {
  if (PyBool_Check(value.ptr()) || !PyIndex_Check(value.ptr())) wrong_type(name, "an integer", value);
  if (!nb::try_cast<Number>(nb::steal(PyNumber_Index(value.ptr())), to)) {
    throw Error(ErrorKind::usage, fmt::format("{} must be an integer from 0 to {}", name, Number(-1)));
  }
}

void read(std::string_view name, nb::handle value, std::string& to) {
  if (!nb::try_cast<std::string>(value, to)) wrong_type(name, "a str", value);
}

template <typename T>
bool take_into(nb::dict& keywords, const char* name, T& to) {
  const std::optional<nb::object> value = take(keywords, name);
  if (value) read(name, *value, to);
  return value.has_value();
}

template <typename Enum, std::size_t count>
bool take_name(nb::dict& keywords, const char* keyword, const std::array<Enum, count>& known, Enum& to) {
  std::string text;
  if (!take_into(keywords, keyword, text)) return false;
  if (const std::optional<Enum> value = value_named(text, known)) {
    to = *value;
    return true;
  }
  std::string names;
  for (const Enum each : known) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name(each));
  throw Error(ErrorKind::usage, fmt::format("{} must be one of {}, not '{}'", keyword, names, text));
}

std::optional<std::vector<std::string>> take_strings(nb::dict& keywords, const char* name) {
  const std::optional<nb::object> value = take(keywords, name);
  if (!value) return std::nullopt;
  std::vector<std::string> strings;
  if (PyUnicode_Check(value->ptr())) wrong_type(name, "a list of strings", *value);
  for (const nb::handle each : nb::iter(*value)) read(name, each, strings.emplace_back());
  return strings;
}

bool take_drop(nb::dict& keywords, RelationSet& drop) {
  const std::optional<std::vector<std::string>> names = take_strings(keywords, "drop");
  if (!names) return false;
  drop = {};
  for (const std::string& text : *names) {
    const std::optional<Relation> relation = relation_named(text);
    if (!relation) {
      throw Error(ErrorKind::usage, "drop must list 'exact', 'near', 'excerpt' or 'extended', not '" + text + "'");
    }
    drop.add(*relation);
  }
  return true;
}

bool take_keep(nb::dict& keywords, Options& options) {
  bool is_given = take_name(keywords, "keep", kAllKeeps, options.keep);
  if (std::optional<std::vector<std::string>> sources = take_strings(keywords, "preferred_sources")) {
    options.preferred_sources = std::move(*sources);
    is_given = true;
  }
  return is_given;
}

/// A number, or "random".
bool take_seed(nb::dict& keywords, Settings& settings) {
  const std::optional<nb::object> value = take(keywords, "seed");
  if (!value) return false;
  settings.has_random_seed = PyUnicode_Check(value->ptr()) && nb::cast<std::string>(*value) == "random";
  if (settings.has_random_seed) {
    settings.options.seed = random_seed();
  } else {
    read("seed", *value, settings.options.seed);
  }
  return true;
}

bool take_options(nb::dict& keywords, Settings& settings) {
  Options& options = settings.options;
  bool is_given = take_name(keywords, "method", kAllMethods, options.method);
  is_given |= take_into(keywords, "threshold", options.threshold);
  is_given |= take_into(keywords, "recall", options.recall);
  is_given |= take_into(keywords, "distance", options.distance);
  is_given |= take_into(keywords, "shingle", options.shingle);
  is_given |= take_seed(keywords, settings);
  is_given |= take_into(keywords, "title", options.title);
  if (const auto within = take(keywords, "within")) {
    is_given = true;
    options.within = nb::cast<std::int64_t>(*within);
  }
  is_given |= take_into(keywords, "boilerplate", options.boilerplate);
  is_given |= take_keep(keywords, options);
  is_given |= take_drop(keywords, options.drop);
  return is_given;
}

void take_bytes(nb::dict& keywords, const char* name, std::size_t& to) {
  const std::optional<nb::object> value = take(keywords, name);
  if (!value) return;
  if (PyUnicode_Check(value->ptr())) {
    to = parse_byte_size(nb::cast<std::string>(*value));
  } else {
    read(name, *value, to);
  }
}

}  // namespace

Settings take_settings(nb::dict& keywords) {
  Settings settings;
  settings.has_options = take_options(keywords, settings);
  take_into(keywords, "threads", settings.resources.threads);
  take_into(keywords, "kernel", settings.resources.kernel);
  take_bytes(keywords, "block_size", settings.resources.block_size);
  return settings;
}

IndexSettings take_index_settings(nb::dict& keywords, const std::optional<std::string>& path) {
  Settings given = take_settings(keywords);
  if (given.has_random_seed && path) given.options.seed = recorded_seed(*path).value_or(given.options.seed);
  IndexSettings settings;
  if (given.has_options) settings.options = given.options;
  settings.resources = given.resources;
  if (const auto window = take(keywords, "window")) settings.window = nb::cast<std::int64_t>(*window);
  if (const auto model = take(keywords, "boilerplate_model")) settings.boilerplate_model = path_of(*model);
  take_into(keywords, "create", settings.create);
  take_into(keywords, "read_only", settings.read_only);
  take_into(keywords, "sync", settings.sync);
  take_into(keywords, "sync_interval", settings.sync_interval);
  take_bytes(keywords, "memory", settings.memory);
  std::string clock = "system";
  take_into(keywords, "clock", clock);
  settings.feed_clock = clock == "feed";
  if (clock != "feed" && clock != "system") {
    throw Error(ErrorKind::usage, "clock must be 'system' or 'feed', not '" + clock + "'");
  }
  if (const auto jump = take(keywords, "max_clock_jump")) settings.max_clock_jump = nb::cast<std::int64_t>(*jump);
  return settings;
}

FeedKeywords take_feed_keywords(nb::dict& keywords) {
  FeedKeywords feed;
  take_into(keywords, "records", feed.records);
  take_into(keywords, "allow_empty", feed.allow_empty);
  return feed;
}

void refuse_others(const nb::dict& keywords, std::string_view function) {
  for (const auto& [name, value] : keywords) {
    throw nb::type_error(
        fmt::format("{}() got an unexpected keyword argument '{}'", function, nb::cast<std::string>(name)).c_str());
  }
}

FieldMap fields_of(nb::handle fields) {
  FieldMap map;
  if (fields.is_none()) return map;
  const nb::dict given;
  if (!PyMapping_Check(fields.ptr()) || PyDict_Update(given.ptr(), fields.ptr()) != 0) {
    PyErr_Clear();
    wrong_type("fields", "a dict of roles and paths, such as {'text': 'body'}", fields);
  }
  for (const auto& [key, path] : given) {
    std::string role_name, path_text;
    read("a role in fields", key, role_name);
    read("a path in fields", path, path_text);
    const std::optional<Role> role = value_named(role_name, kAllRoles);
    if (!role) {
      throw Error(
          ErrorKind::usage,
          "a role in fields must be id, title, text, source, url, published or language, not '" + role_name + "'");
    }
    map.set(*role, path_text);
  }
  return map;
}

std::string path_of(nb::handle path) {
  const nb::object bytes = nb::steal(PyOS_FSPath(path.ptr()));
  if (!bytes.is_valid()) throw nb::python_error();
  PyObject* encoded = nullptr;
  if (PyUnicode_FSConverter(bytes.ptr(), &encoded) == 0) throw nb::python_error();
  const nb::object owner = nb::steal(encoded);
  return {PyBytes_AS_STRING(encoded), static_cast<std::size_t>(PyBytes_GET_SIZE(encoded))};
}

}  // namespace wirecopy::python
