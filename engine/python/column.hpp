// Columns of a table in Arrow's layout. They are filled once, value by value, and then only read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wirecopy::python {

enum class ColumnType {
  boolean,
  uint32,
  uint64,
  int64,
  float64,
  seconds,    ///< since 1970-01-01 UTC
  string,     ///< UTF-8
  list,       ///< of its one child
  structure,  ///< of its children
};

/// Not thread-safe while it is being filled.
class Column {
 public:
  Column(std::string name, ColumnType type, std::vector<Column> children = {})
      : name_(std::move(name)), type_(type), children_(std::move(children)), offsets_{0} {}

  void add_null();
  void add(bool value);
  void add(std::uint32_t value) { add_bytes(&value, sizeof value); }
  void add(std::uint64_t value) { add_bytes(&value, sizeof value); }
  void add(std::int64_t value) { add_bytes(&value, sizeof value); }
  void add(double value) { add_bytes(&value, sizeof value); }
  /// Replaces invalid UTF-8 by U+FFFD.
  void add(std::string_view value);
  void add(const std::string& value) { add(std::string_view(value)); }
  void add(const char*) = delete;  // would convert to bool
  template <typename T>
  void add(const std::optional<T>& value) {
    value ? add(*value) : add_null();
  }
  /// Ends a list; its elements are those added to child(0) since the previous list.
  void end_list();
  /// Ends a struct, after a value was added to each child.
  void end_struct() { mark(true); }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] ColumnType type() const { return type_; }
  [[nodiscard]] const char* format() const;
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] std::int64_t nulls() const { return nulls_; }
  [[nodiscard]] std::vector<Column>& children() { return children_; }
  [[nodiscard]] const std::vector<Column>& children() const { return children_; }
  [[nodiscard]] Column& child(std::size_t i) { return children_[i]; }

  [[nodiscard]] bool is_null(std::int64_t i) const {
    return (valid_[static_cast<std::size_t>(i) / 8] >> (i % 8) & 1) == 0;
  }
  [[nodiscard]] bool boolean_at(std::int64_t i) const {
    return (static_cast<std::uint8_t>(data_[static_cast<std::size_t>(i) / 8]) >> (i % 8) & 1) != 0;
  }
  template <typename T>
  [[nodiscard]] T number_at(std::int64_t i) const {
    T value;
    std::memcpy(&value, data_.data() + static_cast<std::size_t>(i) * sizeof value, sizeof value);
    return value;
  }
  [[nodiscard]] std::string_view string_at(std::int64_t i) const;
  /// The first element of list i, and the one after its last.
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> list_at(std::int64_t i) const;

  /// The buffers of a column of this type, in Arrow's order.
  [[nodiscard]] std::vector<const void*> buffers() const;

 private:
  void mark(bool is_valid);
  void add_bytes(const void* value, std::size_t size);

  std::string name_;
  ColumnType type_;
  std::vector<Column> children_;
  std::int64_t size_ = 0, nulls_ = 0;
  std::vector<std::uint8_t> valid_;    // one bit per value
  std::vector<std::int64_t> offsets_;  // of strings and lists
  std::string data_;
};

}  // namespace wirecopy::python
