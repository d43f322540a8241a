#include "spill/sketch_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <wirecopy/error.hpp>
#include <wirecopy/version.hpp>

#include "base/names.hpp"
#include "corpus/corpus.hpp"
#include "text/normal_form.hpp"

namespace wirecopy {
namespace {

/// Escapes backslashes and newlines, so that the text fits on one line.
std::string in_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c == '\\' || c == '\n') line += '\\';
    line += c == '\n' ? 'n' : c;
  }
  return line;
}

std::string from_one_line(std::string_view line) {
  std::string text;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool is_escaped = line[at] == '\\' && at + 1 < line.size();
    if (is_escaped) ++at;
    text += is_escaped && line[at] == 'n' ? '\n' : line[at];
  }
  return text;
}

/// The candidate fields of a role, as one word each.
std::string names_of(const FieldMap& fields, Role role) {
  std::string names;
  for (const FieldPath& path : fields.candidates(role)) {
    if (!names.empty()) names += ' ';
    names += in_one_line(path.name);
  }
  return names;
}

/// Calls `use(key, value)` for each line.
template <typename Use>
void for_each_parameter(std::string_view lines, Use use) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    const std::string_view key = line.substr(0, line.find(' '));
    use(key, line.substr(std::min(line.size(), key.size() + 1)));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
}

template <typename Number>
void read_value(std::string_view text, Number& number) {
  std::from_chars(text.data(), text.data() + text.size(), number);
}

}  // namespace

std::string SketchParameters::describe() const {
  std::string text = fmt::format(
      "wirecopy {}\nunicode {}\nrecord-bytes {}\nbyte-order {}\nmethod {}\nthreshold {}\nrecall {}\nshingle {}\nseed "
      "{}\n"
      "title {}\nmax-line {}\n",
      version(), unicode_version(), sizeof(ArticleRecord),
      std::endian::native == std::endian::little ? "little" : "big", name(options.method), options.threshold,
      options.recall, options.shingle, options.seed, options.title ? "yes" : "no", max_line);
  for (const Role role : kAllRoles) text += fmt::format("field-{} {}\n", name(role), names_of(fields, role));
  text += fmt::format("records {}\n", in_one_line(fields.records()));
  return text;
}

void require_equal_parameters(const std::string& path, std::string_view has, std::string_view required) {
  while (!has.empty() || !required.empty()) {
    const std::string_view a = has.substr(0, has.find('\n')), b = required.substr(0, required.find('\n'));
    if (a != b) {
      throw Error(ErrorKind::state,
                  fmt::format("{}: was made with {}, not {}", path, a.empty() ? "fewer parameters" : a,
                              b.empty() ? "nothing" : b.substr(std::min(b.size(), b.find(' ') + 1))));
    }
    has.remove_prefix(std::min(has.size(), a.size() + 1));
    required.remove_prefix(std::min(required.size(), b.size() + 1));
  }
}

Options read_options(std::string_view lines) {
  Options options;
  for_each_parameter(lines, [&](std::string_view key, std::string_view value) {
    if (key == "threshold") read_value(value, options.threshold);
    if (key == "recall") read_value(value, options.recall);
    if (key == "shingle") read_value(value, options.shingle);
    if (key == "seed") read_value(value, options.seed);
    if (key == "title") options.title = value == "yes";
    if (key == "method") options.method = method_named(value).value_or(options.method);
  });
  return options;
}

FieldMap read_fields(std::string_view lines) {
  FieldMap fields;
  for_each_parameter(lines, [&](std::string_view key, std::string_view value) {
    if (key == "records") fields.set_records(from_one_line(value));
    for (const Role role : kAllRoles) {
      if (key == "field-" + std::string(name(role)) && value != names_of(fields, role))
        fields.set(role, from_one_line(value));
    }
  });
  return fields;
}

}  // namespace wirecopy
