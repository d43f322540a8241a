#include "python/arrow_reader.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <string>
#include <wirecopy/error.hpp>

#include "feed/date.hpp"

namespace wirecopy::python {
namespace {

[[noreturn]] void fail(const std::string& message) { throw Error(ErrorKind::usage, message); }

template <typename Struct>
ArrowOwner<Struct> take(nb::handle capsule, const char* name) {
  auto* const held = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (held == nullptr) throw nb::python_error();
  if (held->release == nullptr) fail("the Arrow data was consumed already");
  ArrowOwner<Struct> mine(*held);
  held->release = nullptr;
  return mine;
}

template <typename T>
T element(const ArrowArray& array, std::size_t buffer, std::int64_t i) {
  T value;
  std::memcpy(&value, static_cast<const char*>(array.buffers[buffer]) + static_cast<std::size_t>(i) * sizeof value,
              sizeof value);
  return value;
}

bool is_null(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  if (schema.format[0] == 'n') return true;
  if (array.n_buffers == 0 || array.buffers[0] == nullptr || array.null_count == 0) return false;
  const std::int64_t at = array.offset + i;
  return (static_cast<const std::uint8_t*>(array.buffers[0])[at / 8] >> (at % 8) & 1) == 0;
}

bool is_format(const ArrowSchema& schema, std::string_view format) { return format == schema.format; }
bool is_integer(const ArrowSchema& schema) {
  return schema.dictionary == nullptr && std::strlen(schema.format) == 1 &&
         std::strchr("cCsSiIlL", schema.format[0]) != nullptr;
}
bool is_date(const ArrowSchema& schema) {
  const std::string_view format = schema.format;
  return is_integer(schema) || format == "f" || format == "g" || format.starts_with("ts") || format == "tdD" ||
         format == "tdm";
}

std::int64_t integer_at(char format, const ArrowArray& array, std::int64_t i) {
  const std::int64_t at = array.offset + i;
  switch (format) {
    case 'c':
      return element<std::int8_t>(array, 1, at);
    case 'C':
      return element<std::uint8_t>(array, 1, at);
    case 's':
      return element<std::int16_t>(array, 1, at);
    case 'S':
      return element<std::uint16_t>(array, 1, at);
    case 'i':
      return element<std::int32_t>(array, 1, at);
    case 'I':
      return element<std::uint32_t>(array, 1, at);
    default:
      return element<std::int64_t>(array, 1, at);
  }
}

std::string integer_text(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  const std::int64_t value = integer_at(schema.format[0], array, i);
  return schema.format[0] == 'L' ? std::to_string(static_cast<std::uint64_t>(value)) : std::to_string(value);
}

std::string_view slice(const void* bytes, std::int64_t begin, std::int64_t size) {
  return {static_cast<const char*>(bytes) + begin, static_cast<std::size_t>(size)};
}

/// Strings of up to 12 bytes stand in the view itself, others in one of the buffers behind it.
std::string_view view_at(const ArrowArray& array, std::int64_t at) {
  const char* const view = static_cast<const char*>(array.buffers[1]) + 16 * at;
  std::int32_t parts[4];
  std::memcpy(parts, view, sizeof parts);
  if (parts[0] <= 12) return slice(view, 4, parts[0]);
  return slice(array.buffers[2 + parts[2]], parts[3], parts[0]);
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - static_cast<std::int64_t>(value % by != 0 && value < 0);
}

std::int64_t units_a_second(char unit) {
  return unit == 's' ? 1 : unit == 'm' ? 1000 : unit == 'u' ? 1'000'000 : 1'000'000'000;
}

std::optional<std::int64_t> date_at(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  if (is_null(schema, array, i)) return std::nullopt;
  const std::string_view format = schema.format;
  if (is_string(schema)) return parse_date(string_at(schema, array, i).value_or(""));
  if (format == "tdD") return 86400 * integer_at('i', array, i);
  if (format.starts_with("td") || format.starts_with("ts")) {
    return floor_divide(integer_at('l', array, i), units_a_second(format[2]));
  }
  if (is_integer(schema)) return parse_date(integer_text(schema, array, i));
  const double number = format == "f" ? static_cast<double>(element<float>(array, 1, array.offset + i))
                                      : element<double>(array, 1, array.offset + i);
  return std::isfinite(number) ? parse_date(fmt::format("{:.3f}", number)) : std::nullopt;
}

bool can_be(Role role, const ArrowSchema& schema) {
  if (is_string(schema)) return true;
  return (role == Role::id && is_integer(schema)) || (role == Role::published && is_date(schema));
}

}  // namespace

bool is_arrow(nb::handle object) {
  return nb::hasattr(object, "__arrow_c_stream__") || nb::hasattr(object, "__arrow_c_array__");
}

bool is_string(const ArrowSchema& schema) {
  if (schema.dictionary != nullptr) return is_string(*schema.dictionary);
  return is_format(schema, "u") || is_format(schema, "U") || is_format(schema, "vu") || is_format(schema, "n");
}

std::optional<std::string_view> string_at(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  if (is_null(schema, array, i)) return std::nullopt;
  if (schema.dictionary != nullptr) {
    return string_at(*schema.dictionary, *array.dictionary, integer_at(schema.format[0], array, i));
  }
  const std::int64_t at = array.offset + i;
  if (is_format(schema, "vu")) return view_at(array, at);
  if (is_format(schema, "u")) {
    const std::int32_t begin = element<std::int32_t>(array, 1, at);
    return slice(array.buffers[2], begin, element<std::int32_t>(array, 1, at + 1) - begin);
  }
  const std::int64_t begin = element<std::int64_t>(array, 1, at);
  return slice(array.buffers[2], begin, element<std::int64_t>(array, 1, at + 1) - begin);
}

ArrowBatches::ArrowBatches(nb::handle object) {
  if (nb::hasattr(object, "__arrow_c_stream__")) {
    stream_ = take<ArrowArrayStream>(object.attr("__arrow_c_stream__")(), "arrow_array_stream");
    if (stream_.get()->get_schema(stream_.get(), schema_.get()) != 0) {
      if (PyErr_Occurred() != nullptr) throw nb::python_error();
      const char* const why = stream_.get()->get_last_error(stream_.get());
      fail(fmt::format("the Arrow stream has no schema: {}", why == nullptr ? "no reason given" : why));
    }
    return;
  }
  const nb::object pair = object.attr("__arrow_c_array__")();
  schema_ = take<ArrowSchema>(nb::object(pair[0]), "arrow_schema");
  only_batch_ = take<ArrowArray>(nb::object(pair[1]), "arrow_array");
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

ArrowArticleReader::ArrowArticleReader(const ArrowSchema& schema, const FieldMap& fields) {
  if (!is_format(schema, "+s")) fail("articles are rows of a table, but the Arrow data is a single column");
  std::string unusable;
  for (const Role role : kAllRoles) {
    const std::vector<FieldPath>& paths = fields.candidates(role);
    for (std::size_t rank = 0; rank < paths.size(); ++rank) {
      Place place{{}, &schema, static_cast<std::int8_t>(rank)};
      for (const PathStep& step : paths[rank].steps) {
        const ArrowSchema& from = *place.schema;
        place.schema = nullptr;
        if (step.kind != PathStep::Kind::key || !is_format(from, "+s")) break;
        for (std::int64_t i = 0; i < from.n_children; ++i) {
          if (step.key != from.children[i]->name) continue;
          place.schema = from.children[i];
          place.path.push_back(static_cast<std::size_t>(i));
          break;
        }
        if (place.schema == nullptr) break;
      }
      const bool is_named = paths.size() == 1;
      if (place.schema == nullptr) {
        if (is_named) fail(fmt::format("there is no column '{}' for the {}", paths[rank].name, name(role)));
      } else if (can_be(role, *place.schema)) {
        places_[static_cast<std::size_t>(role)].push_back(std::move(place));
      } else if (is_named || role == Role::text) {
        unusable = fmt::format("column '{}' is of a type (Arrow format {}) that no {} can have", paths[rank].name,
                               place.schema->format, name(role));
        if (is_named) fail(unusable);
      }
    }
  }
  if (places_[static_cast<std::size_t>(Role::text)].empty()) {
    if (!unusable.empty()) fail(unusable);
    fail("no column holds texts under a name that is known; name it with fields={'text': ...}");
  }
}

std::optional<ArrowArticleReader::Value> ArrowArticleReader::value_at(const Place& place, const ArrowArray& batch,
                                                                      std::int64_t i) {
  const ArrowArray* at = &batch;
  for (const std::size_t child : place.path) {
    // A struct's own offset counts for its children as well; where a struct is null, so are they.
    if (at->n_buffers > 0 && at->buffers[0] != nullptr && at->null_count != 0) {
      const std::int64_t bit = at->offset + i;
      if ((static_cast<const std::uint8_t*>(at->buffers[0])[bit / 8] >> (bit % 8) & 1) == 0) return std::nullopt;
    }
    i += at->offset;
    at = at->children[child];
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
  for (const Place& place : places_[static_cast<std::size_t>(role)]) {
    const std::optional<Value> value = value_at(place, batch, i);
    if (!value) continue;
    std::string_view text;
    if (is_string(*place.schema)) {
      text = string_at(*place.schema, *value->array, value->i).value_or("");
    } else if (!is_null(*place.schema, *value->array, value->i)) {
      text = block.keep(integer_text(*place.schema, *value->array, value->i));
    }
    if (text.empty()) continue;
    parsed.used[static_cast<std::size_t>(role)] = place.rank;
    return text;
  }
  return {};
}

void ArrowArticleReader::read_published(const ArrowArray& batch, std::int64_t i, ParsedArticle& parsed) const {
  const auto role = static_cast<std::size_t>(Role::published);
  for (const Place& place : places_[role]) {
    const std::optional<Value> value = value_at(place, batch, i);
    if (value) parsed.article.published = date_at(*place.schema, *value->array, value->i);
    if (!parsed.article.published) continue;
    parsed.used[role] = place.rank;
    return;
  }
}

}  // namespace wirecopy::python
