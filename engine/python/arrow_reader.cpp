#include "python/arrow_reader.hpp"

#include <fmt/format.h>

#include <string>
#include <wirecopy/error.hpp>

#include "python/arrow_check.hpp"
#include "python/arrow_values.hpp"

namespace wirecopy::python {
namespace {

[[noreturn]] void fail(const std::string& message) { throw Error(ErrorKind::usage, message); }

template <typename Struct>
ArrowOwner<Struct> take(nb::handle capsule, const char* name) {
  auto* const held = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (held == nullptr) throw nb::python_error();
  if (held->release == nullptr) fail("the Arrow data was already consumed");
  ArrowOwner<Struct> mine(*held);
  held->release = nullptr;
  return mine;
}

bool can_be(Role role, const ArrowSchema& schema) {
  if (is_string(schema)) return true;
  return (role == Role::id && is_integer(schema)) || (role == Role::published && is_date_type(schema));
}

// Index of the child that a step of a path leads to.
std::optional<std::size_t> child_named(const ArrowSchema& schema, const PathStep& step) {
  if (step.kind != PathStep::Kind::key || !is_format(schema, "+s")) return std::nullopt;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const char* const name = schema.children[i]->name;
    if (name != nullptr && step.key == name) return static_cast<std::size_t>(i);
  }
  return std::nullopt;
}

}  // namespace

bool is_arrow(nb::handle object) {
  return nb::hasattr(object, "__arrow_c_stream__") || nb::hasattr(object, "__arrow_c_array__");
}

ArrowBatches::ArrowBatches(nb::handle object) {
  if (nb::hasattr(object, "__arrow_c_stream__")) {
    stream_ = take<ArrowArrayStream>(object.attr("__arrow_c_stream__")(), "arrow_array_stream");
    if (stream_.get()->get_schema(stream_.get(), schema_.get()) != 0) {
      if (PyErr_Occurred() != nullptr) throw nb::python_error();
      const char* const why = stream_.get()->get_last_error(stream_.get());
      fail(fmt::format("the Arrow stream has no schema: {}", why == nullptr ? "no reason given" : why));
    }
  } else {
    const nb::object pair = object.attr("__arrow_c_array__")();
    schema_ = take<ArrowSchema>(nb::object(pair[0]), "arrow_schema");
    only_batch_ = take<ArrowArray>(nb::object(pair[1]), "arrow_array");
  }
  check_schema(*schema_);
}

ArrowOwner<ArrowArray> ArrowBatches::next() {
  if (!stream_) return std::move(only_batch_);
  ArrowOwner<ArrowArray> batch;
  if (stream_.get()->get_next(stream_.get(), batch.get()) != 0) {
    const char* const why = stream_.get()->get_last_error(stream_.get());
    throw Error(ErrorKind::io, fmt::format("the Arrow stream failed: {}", why == nullptr ? "no reason given" : why));
  }
  return batch;
}

ArrowArticleReader::ArrowArticleReader(const ArrowSchema& schema, const FieldMap& fields) : schema_(schema) {
  if (!is_format(schema, "+s")) fail("articles must be rows of a table, but the Arrow data is a single column");
  std::string unusable;
  for (const Role role : kAllRoles) {
    const std::vector<FieldPath>& paths = fields.candidates(role);
    for (std::size_t rank = 0; rank < paths.size(); ++rank) {
      FieldColumn column{paths[rank].name, {}, nullptr, static_cast<std::int8_t>(rank)};
      find(paths[rank], column);
      const bool is_named = paths.size() == 1;
      if (column.schema == nullptr) {
        if (is_named) fail(fmt::format("there is no column '{}' for the {}", paths[rank].name, name(role)));
      } else if (can_be(role, *column.schema)) {
        columns_[static_cast<std::size_t>(role)].push_back(std::move(column));
      } else if (is_named || role == Role::text) {
        unusable = fmt::format("column '{}' has a type (Arrow format {}) that a {} cannot have", paths[rank].name,
                               column.schema->format, name(role));
        if (is_named) fail(unusable);
      }
    }
  }
  if (columns_[static_cast<std::size_t>(Role::text)].empty()) {
    if (!unusable.empty()) fail(unusable);
    fail("no column has a known name of a text; name the column with fields={'text': ...}");
  }
}

void ArrowArticleReader::find(const FieldPath& path, FieldColumn& column) const {
  const ArrowSchema* at = &schema_;
  for (const PathStep& step : path.steps) {
    const std::optional<std::size_t> child = child_named(*at, step);
    if (!child) return;
    column.path.push_back(*child);
    at = at->children[*child];
  }
  column.schema = at;
}

void ArrowArticleReader::check(const ArrowArray& batch) const {
  check_struct(schema_, batch, 0, "the table");
  for (const std::vector<FieldColumn>& columns : columns_) {
    for (const FieldColumn& column : columns) check(column, batch);
  }
}

void ArrowArticleReader::check(const FieldColumn& column, const ArrowArray& batch) const {
  const std::string label = fmt::format("column '{}'", column.name);
  const ArrowSchema* schema = &schema_;
  const ArrowArray* at = &batch;
  for (const std::size_t child : column.path) {
    const std::int64_t length = at->offset + at->length;
    schema = schema->children[child];
    at = at->children[child];
    schema == column.schema ? check_values(*schema, *at, length, label) : check_struct(*schema, *at, length, label);
  }
}

std::optional<ArrowArticleReader::Value> ArrowArticleReader::value_at(const FieldColumn& column,
                                                                      const ArrowArray& batch, std::int64_t i) const {
  const ArrowArray* at = &batch;
  const ArrowSchema* schema = &schema_;
  for (const std::size_t child : column.path) {
    // The offset of a struct also applies to its children; if a struct is null, so are its children.
    if (is_null(*schema, *at, i)) return std::nullopt;
    i += at->offset;
    at = at->children[child];
    schema = schema->children[child];
  }
  return Value{at, i};
}

void ArrowArticleReader::read(const ArrowArray& batch, std::int64_t i, std::uint64_t row, ArticleBlock& block) const {
  ParsedArticle parsed;
  parsed.used.fill(FieldUsage::kNone);
  Article& article = parsed.article;
  article.id = read_text(Role::id, batch, i, parsed, block);
  article.title = read_text(Role::title, batch, i, parsed, block);
  article.text = read_text(Role::text, batch, i, parsed, block);
  article.source = read_text(Role::source, batch, i, parsed, block);
  article.url = read_text(Role::url, batch, i, parsed, block);
  article.language = read_text(Role::language, batch, i, parsed, block);
  read_published(batch, i, parsed);
  block.add(parsed, row);
}

std::string_view ArrowArticleReader::read_text(Role role, const ArrowArray& batch, std::int64_t i,
                                               ParsedArticle& parsed, ArticleBlock& block) const {
  for (const FieldColumn& column : columns_[static_cast<std::size_t>(role)]) {
    const std::optional<Value> value = value_at(column, batch, i);
    if (!value) continue;
    std::string_view text;
    if (is_string(*column.schema)) {
      text = string_at(*column.schema, *value->array, value->i).value_or("");
    } else if (!is_null(*column.schema, *value->array, value->i)) {
      text = block.keep(integer_text(*column.schema, *value->array, value->i));
    }
    if (text.empty()) continue;
    parsed.used[static_cast<std::size_t>(role)] = column.rank;
    return text;
  }
  return {};
}

void ArrowArticleReader::read_published(const ArrowArray& batch, std::int64_t i, ParsedArticle& parsed) const {
  const auto role = static_cast<std::size_t>(Role::published);
  for (const FieldColumn& column : columns_[role]) {
    const std::optional<Value> value = value_at(column, batch, i);
    if (value) parsed.article.published = date_at(*column.schema, *value->array, value->i);
    if (!parsed.article.published) continue;
    parsed.used[role] = column.rank;
    return;
  }
}

}  // namespace wirecopy::python
