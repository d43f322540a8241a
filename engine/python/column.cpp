#include "python/column.hpp"

#include "text/utf8.hpp"

namespace wirecopy::python {
namespace {

constexpr char kEmptyBuffer[8] = {};  // some readers do not accept a null pointer for an empty buffer

const void* address(const void* data) { return data == nullptr ? kEmptyBuffer : data; }

void append_utf8(std::string_view text, std::string& out) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  while (at < end) {
    const auto* run = at;
    while (run < end && *run < 0x80) ++run;
    out.append(reinterpret_cast<const char*>(at), static_cast<std::size_t>(run - at));
    if ((at = run) == end) return;
    const Decoded decoded = decode_utf8(at, end);
    if (decoded.code_point == kReplacement) {
      out += "\xef\xbf\xbd";
    } else {
      out.append(reinterpret_cast<const char*>(at), decoded.size);
    }
    at += decoded.size;
  }
}

}  // namespace

void Column::mark(bool is_valid) {
  if (size_ % 8 == 0) valid_.push_back(0);
  if (is_valid) {
    valid_.back() |= static_cast<std::uint8_t>(1U << (size_ % 8));
  } else {
    ++nulls_;
  }
  ++size_;
}

void Column::add_bytes(const void* value, std::size_t size) {
  data_.append(static_cast<const char*>(value), size);
  mark(true);
}

void Column::add(bool value) {
  if (size_ % 8 == 0) data_ += '\0';
  if (value) data_.back() = static_cast<char>(data_.back() | 1 << (size_ % 8));
  mark(true);
}

void Column::add(std::string_view value) {
  append_utf8(value, data_);
  offsets_.push_back(static_cast<std::int64_t>(data_.size()));
  mark(true);
}

void Column::end_list() {
  offsets_.push_back(children_.front().size());
  mark(true);
}

void Column::add_null() {
  switch (type_) {
    case ColumnType::boolean:
      add(false);
      break;
    case ColumnType::uint32:
      add(std::uint32_t{0});
      break;
    case ColumnType::string:
      add(std::string_view());
      break;
    case ColumnType::list:
      end_list();
      break;
    case ColumnType::structure:
      for (Column& child : children_) child.add_null();
      end_struct();
      break;
    default:
      add(std::uint64_t{0});
  }
  valid_.back() &= static_cast<std::uint8_t>(~(1U << ((size_ - 1) % 8)));
  ++nulls_;
}

const char* Column::format() const {
  switch (type_) {
    case ColumnType::boolean:
      return "b";
    case ColumnType::uint32:
      return "I";
    case ColumnType::uint64:
      return "L";
    case ColumnType::int64:
      return "l";
    case ColumnType::float64:
      return "g";
    case ColumnType::seconds:
      return "tss:UTC";
    case ColumnType::string:
      return "U";
    case ColumnType::list:
      return "+L";
    default:
      return "+s";
  }
}

std::string_view Column::string_at(std::int64_t i) const {
  const auto begin = static_cast<std::size_t>(offsets_[static_cast<std::size_t>(i)]);
  return std::string_view(data_).substr(begin,
                                        static_cast<std::size_t>(offsets_[static_cast<std::size_t>(i) + 1]) - begin);
}

std::pair<std::int64_t, std::int64_t> Column::list_at(std::int64_t i) const {
  return {offsets_[static_cast<std::size_t>(i)], offsets_[static_cast<std::size_t>(i) + 1]};
}

std::vector<const void*> Column::buffers() const {
  const void* const valid = nulls_ == 0 ? nullptr : valid_.data();
  switch (type_) {
    case ColumnType::structure:
      return {valid};
    case ColumnType::list:
      return {valid, offsets_.data()};
    case ColumnType::string:
      return {valid, offsets_.data(), address(data_.data())};
    default:
      return {valid, address(data_.data())};
  }
}

}  // namespace wirecopy::python
