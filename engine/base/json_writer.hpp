// Appends JSON to a string.
//
//   std::string line;
//   JsonWriter json(line);
//   json.begin_object().member("id", id).member("jaccard", 0.5).key("sources").begin_array();
//   for (const auto& source : sources) json.value(source);
//   json.end_array().end_object().end_line();
//
// The same values give the same bytes on every machine. The output is always valid UTF-8 without control characters or
// line separators, whatever the strings contain. For terminals, see text/terminal_text.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace wirecopy {

/// Appends `text` to `out` as the inside of a JSON string. Escapes quotes, backslashes, control characters (C0, DEL and
/// C1), U+2028 and U+2029; each maximal ill-formed piece of UTF-8 (Unicode 15, section 3.9) becomes one U+FFFD.
void append_json_escaped(std::string& out, std::string_view text);

/// Writes values one after the other and inserts the commas. The caller ensures that keys and values alternate and that
/// brackets match. Runs of plain characters are copied at once. Not thread-safe.
class JsonWriter {
 public:
  /// Default number of decimals.
  static constexpr int kDecimals = 4;

  /// Appends to `out`, which must outlive the writer.
  explicit JsonWriter(std::string& out) : out_(&out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
  JsonWriter& value(std::nullptr_t) { return raw("null"); }
  JsonWriter& value(std::signed_integral auto number) { return integer(std::int64_t{number}); }
  JsonWriter& value(std::unsigned_integral auto number) { return natural(std::uint64_t{number}); }
  /// Rounded to `decimals` (0 to 17) places, without trailing zeros: 0.5, 12, 0.3333. NaN and infinities become null.
  JsonWriter& value(double number, int decimals = kDecimals);
  /// The value, or null.
  template <typename T>
  JsonWriter& value(const std::optional<T>& maybe) {
    return maybe ? value(*maybe) : value(nullptr);
  }
  /// JSON text, copied unchanged.
  JsonWriter& raw(std::string_view json);

  /// A key and its value.
  template <typename... Value>
  JsonWriter& member(std::string_view name, const Value&... of) {
    return key(name).value(of...);
  }
  /// Ends a line of a JSON-lines file; the next value starts a new one.
  JsonWriter& end_line();

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& integer(std::int64_t number);
  JsonWriter& natural(std::uint64_t number);
  void separate();

  std::string* out_;
  bool comma_ = false;  // a value precedes the next one at the same level
};

}  // namespace wirecopy
