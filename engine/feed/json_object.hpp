// Reads JSON objects written by wirecopy itself: lines of articles.jsonl, a summary.
//
//   JsonObject object;
//   if (object.read(line)) use(object.text("/id"), object.natural("/line"));
//   object.for_each("/members", [&] { use(object.text("/title")); });
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace wirecopy {

/// One object at a time, queried by JSON pointer (RFC 6901). Not thread-safe; reuse saves allocations.
class JsonObject {
 public:
  JsonObject();
  ~JsonObject();
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  /// False if it is not a valid JSON object. The bytes are not needed after the call.
  [[nodiscard]] bool read(std::string_view json);

  /// The value, or nothing if it is missing or of another type. Views are valid until the next read().
  [[nodiscard]] std::optional<std::string_view> text(std::string_view pointer) const;
  [[nodiscard]] std::optional<std::uint64_t> natural(std::string_view pointer) const;
  [[nodiscard]] std::optional<double> number(std::string_view pointer) const;
  [[nodiscard]] std::optional<bool> truth(std::string_view pointer) const;

  /// Calls `use` for every element of the array at `pointer`, in order; not at all if it is not an array. During the
  /// call, pointers are relative to that element, and "" is the element itself. May be nested. Linear.
  void for_each(std::string_view pointer, const std::function<void()>& use);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
