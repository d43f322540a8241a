#include "python/dict_reader.hpp"

#include <algorithm>
#include <cmath>

#include "feed/block.hpp"
#include "feed/date.hpp"

namespace wirecopy::python {
namespace {

bool is_number(nb::handle value) {
  return !PyBool_Check(value.ptr()) && (PyFloat_Check(value.ptr()) || PyIndex_Check(value.ptr()));
}

/// None, or NaN, which marks a missing value in dicts converted from tables.
bool is_missing(nb::handle value) {
  return value.is_none() || (PyFloat_Check(value.ptr()) && std::isnan(PyFloat_AS_DOUBLE(value.ptr())));
}

bool is_container(nb::handle value) {
  return PyList_Check(value.ptr()) || PyTuple_Check(value.ptr()) || PyDict_Check(value.ptr());
}

/// str() of a value; empty if it fails.
std::string_view written(nb::handle value, ArticleBlock& block) {
  const nb::object text = nb::steal(PyObject_Str(value.ptr()));
  if (text.is_valid()) return utf8_of(text, block);
  PyErr_Clear();
  return {};
}

/// A str, a number, or a Python date or time as text.
std::string_view written_date(nb::handle value, ArticleBlock& block) {
  if (PyUnicode_Check(value.ptr())) return utf8_of(value, block);
  if (is_number(value)) return written(value, block);
  const nb::object date = nb::steal(PyObject_CallMethod(value.ptr(), "isoformat", nullptr));
  if (date.is_valid() && PyUnicode_Check(date.ptr())) return utf8_of(date, block);
  PyErr_Clear();
  return {};
}

/// Replaces lone surrogates by U+FFFD, and surrogate pairs by their character.
nb::object without_surrogates(nb::handle string) {
  const nb::object units = nb::steal(PyUnicode_AsEncodedString(string.ptr(), "utf-16-le", "surrogatepass"));
  if (!units.is_valid()) throw nb::python_error();
  int order = -1;
  PyObject* const made =
      PyUnicode_DecodeUTF16(PyBytes_AS_STRING(units.ptr()), PyBytes_GET_SIZE(units.ptr()), "replace", &order);
  if (made == nullptr) throw nb::python_error();
  return nb::steal(made);
}

std::string_view* target(Role role, Article& article) {
  switch (role) {
    case Role::id:
      return &article.id;
    case Role::title:
      return &article.title;
    case Role::text:
      return &article.text;
    case Role::source:
      return &article.source;
    case Role::url:
      return &article.url;
    default:
      return &article.language;
  }
}

}  // namespace

std::string_view utf8_of(nb::handle string, ArticleBlock& block) {
  Py_ssize_t size = 0;
  const char* const bytes = PyUnicode_AsUTF8AndSize(string.ptr(), &size);
  if (bytes != nullptr) {
    block.keep(nb::borrow(string));
    return {bytes, static_cast<std::size_t>(size)};
  }
  if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) == 0) throw nb::python_error();
  PyErr_Clear();
  return utf8_of(without_surrogates(string), block);
}

DictReader::DictReader(const FieldMap& fields) : parser_(fields) {
  for (const Role role : kAllRoles) {
    std::vector<Path>& paths = paths_.emplace_back();
    for (const FieldPath& from : fields.candidates(role)) {
      Path path;
      for (const PathStep& step : from.steps) {
        path.has_lists |= step.kind == PathStep::Kind::elements;
        if (step.kind == PathStep::Kind::key) path.keys.push_back(nb::str(step.key.data(), step.key.size()));
      }
      if (!nb::cast<bool>(roots_.attr("__contains__")(path.keys.front()))) roots_.append(path.keys.front());
      paths.push_back(std::move(path));
    }
  }
}

void DictReader::read(nb::handle item, std::uint64_t row, ArticleBlock& block) {
  if (PyDict_Check(item.ptr())) return read_dict(item, row, block);
  if (!PyMapping_Check(item.ptr()) || !nb::hasattr(item, "keys")) {
    const std::string message = "article " + std::to_string(row) + " is a " + Py_TYPE(item.ptr())->tp_name +
                                ", not a mapping of field names to values";
    throw nb::type_error(message.c_str());
  }
  const nb::dict copy;
  if (PyDict_Update(copy.ptr(), item.ptr()) != 0) throw nb::python_error();
  read_dict(copy, row, block);
}

/// The value at a path: null if there is none, empty if the path must be evaluated as JSON.
std::optional<nb::object> DictReader::follow(nb::handle dict, const Path& path) const {
  nb::object at = nb::borrow(dict);
  for (const nb::str& key : path.keys) {
    if (PyList_Check(at.ptr()) || PyTuple_Check(at.ptr())) return std::nullopt;
    if (!PyDict_Check(at.ptr())) return nb::object();
    PyObject* const value = PyDict_GetItemWithError(at.ptr(), key.ptr());
    if (value == nullptr && PyErr_Occurred() != nullptr) throw nb::python_error();
    if (value == nullptr) return nb::object();
    at = nb::borrow(value);
  }
  if (path.has_lists && is_container(at)) return std::nullopt;
  return path.has_lists ? nb::object() : at;
}

DictReader::Found DictReader::find(Role role, nb::handle dict, ParsedArticle& parsed, ArticleBlock& block) const {
  const std::vector<Path>& paths = paths_[static_cast<std::size_t>(role)];
  bool is_other_type = false;
  for (std::size_t rank = 0; rank < paths.size(); ++rank) {
    const std::optional<nb::object> value = follow(dict, paths[rank]);
    if (!value) return Found::needs_json;
    if (!value->is_valid() || is_missing(*value)) continue;
    std::string_view text;
    if (PyUnicode_Check(value->ptr())) {
      text = utf8_of(*value, block);
    } else if (role == Role::id && is_number(*value)) {
      text = written(*value, block);
    } else if (role == Role::text) {
      if (is_container(*value)) return Found::needs_json;
      is_other_type = true;
    }
    if (text.empty()) continue;
    *target(role, parsed.article) = text;
    parsed.used[static_cast<std::size_t>(role)] = static_cast<std::int8_t>(rank);
    return Found::value;
  }
  return is_other_type ? Found::text_of_other_type : Found::nothing;
}

DictReader::Found DictReader::find_published(nb::handle dict, ParsedArticle& parsed, ArticleBlock& block) const {
  const std::vector<Path>& paths = paths_[static_cast<std::size_t>(Role::published)];
  for (std::size_t rank = 0; rank < paths.size(); ++rank) {
    const std::optional<nb::object> value = follow(dict, paths[rank]);
    if (!value) return Found::needs_json;
    if (!value->is_valid() || is_missing(*value)) continue;
    parsed.article.published = parse_date(written_date(*value, block));
    if (!parsed.article.published) continue;
    parsed.used[static_cast<std::size_t>(Role::published)] = static_cast<std::int8_t>(rank);
    return Found::value;
  }
  return Found::nothing;
}

void DictReader::read_dict(nb::handle dict, std::uint64_t row, ArticleBlock& block) {
  ParsedArticle parsed;
  parsed.used.fill(FieldUsage::kNone);
  for (const Role role : kAllRoles) {
    const Found found = role == Role::published ? find_published(dict, parsed, block) : find(role, dict, parsed, block);
    if (found == Found::needs_json) return read_as_json(dict, row, block);
    if (found == Found::text_of_other_type) return block.reject(row, RejectReason::text_type);
  }
  block.add(parsed, row);
}

void DictReader::read_as_json(nb::handle dict, std::uint64_t row, ArticleBlock& block) {
  nb::object line = nb::steal(PyObject_CallFunctionObjArgs(
      nb::module_::import_("wirecopy._lines").attr("line_of").ptr(), dict.ptr(), roots_.ptr(), nullptr));
  if (!line.is_valid()) throw nb::python_error();
  if (line.is_none()) return block.reject(row, RejectReason::text_type);
  std::string padded(utf8_of(line, block));
  const std::size_t size = padded.size();
  padded.append(kBlockPadding, '\0');
  if (size > 2 * std::size_t{1} << 30) return block.reject(row, RejectReason::line_too_long);
  if (!parser_.parse(std::string_view(padded).substr(0, size))) return block.reject(row, parser_.reason());
  ParsedArticle parsed = parser_.article();
  Article& article = parsed.article;
  for (std::string_view* text :
       {&article.id, &article.title, &article.text, &article.source, &article.url, &article.language}) {
    *text = block.keep(std::string(*text));
  }
  block.add(parsed, row);
}

}  // namespace wirecopy::python
