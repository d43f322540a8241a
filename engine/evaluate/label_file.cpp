#include "evaluate/label_file.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <wirecopy/error.hpp>

namespace wirecopy::evaluate {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kBlanks = " \t\r\n\f\v";

LabelValue number_value(double number, std::string written, std::string& storage) {
  storage = std::move(written);
  return {LabelValue::Kind::number, storage, number};
}

LabelValue value_of(simdjson::dom::element element, std::string& storage) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::STRING:
      return {LabelValue::Kind::text, element.get_string().value_unsafe(), 0};
    case element_type::INT64: {
      const std::int64_t number = element.get_int64().value_unsafe();
      return number_value(static_cast<double>(number), fmt::to_string(number), storage);
    }
    case element_type::UINT64: {
      const std::uint64_t number = element.get_uint64().value_unsafe();
      return number_value(static_cast<double>(number), fmt::to_string(number), storage);
    }
    case element_type::DOUBLE: {
      const double number = element.get_double().value_unsafe();
      return number_value(number, fmt::to_string(number), storage);
    }
    case element_type::BOOL:
      return {LabelValue::Kind::truth, {}, element.get_bool().value_unsafe() ? 1.0 : 0.0};
    case element_type::NULL_VALUE:
      return {LabelValue::Kind::null, {}, 0};
    default:
      return {LabelValue::Kind::other, {}, 0};
  }
}

}  // namespace

struct LabelFile::Parser {
  simdjson::dom::parser dom;
};

LabelFile::LabelFile(const std::filesystem::path& path)
    : name_(path.native()), buffer_(kBuffer), parser_(std::make_unique<Parser>()) {
  file_.rdbuf()->pubsetbuf(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  errno = 0;
  file_.open(path, std::ios::binary);
  if (!file_) {
    throw Error(ErrorKind::io, fmt::format("{}: cannot open: {}", name_, std::generic_category().message(errno)));
  }
}

LabelFile::~LabelFile() = default;

bool LabelFile::next() {
  errno = 0;
  while (std::getline(file_, line_)) {
    ++number_;
    if (number_ == 1 && line_.starts_with(kByteOrderMark)) line_.erase(0, kByteOrderMark.size());
    if (line_.ends_with('\r')) line_.pop_back();
    if (line_.find_first_not_of(kBlanks) != std::string::npos) return true;
  }
  if (file_.bad()) {
    throw Error(ErrorKind::io, fmt::format("{}: cannot read: {}", name_, std::generic_category().message(errno)));
  }
  return false;
}

bool LabelFile::is_json() const { return line_[line_.find_first_not_of(kBlanks)] == '{'; }

void LabelFile::parse(std::span<const std::string_view> keys, std::span<LabelValue> values) {
  std::fill(values.begin(), values.end(), LabelValue{});
  numbers_.resize(keys.size());
  line_.reserve(line_.size() + simdjson::SIMDJSON_PADDING);
  simdjson::dom::element document;
  if (const auto error = parser_->dom.parse(line_.data(), line_.size(), false).get(document)) {
    fail(fmt::format("not JSON: {}", simdjson::error_message(error)));
  }
  simdjson::dom::object object;
  if (document.get(object)) fail("not a JSON object");
  for (const auto& [key, value] : object) {
    const auto at = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
    if (at < keys.size()) values[at] = value_of(value, numbers_[at]);
  }
}

void LabelFile::fail(std::string_view what) const {
  throw Error(ErrorKind::io, fmt::format("{}:{}: {}", name_, number_, what));
}

}  // namespace wirecopy::evaluate
