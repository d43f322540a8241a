// Reads files of labels line by line: JSON lines, or lines of other text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::evaluate {

/// A value of a JSON object.
struct LabelValue {
  enum class Kind { missing, null, text, number, truth, other };
  Kind kind = Kind::missing;
  std::string_view text;  ///< value of a text; decimal form of a number
  double number = 0;      ///< value of a number; 1 for true, 0 for false
  [[nodiscard]] bool is_absent() const { return kind == Kind::missing || kind == Kind::null; }
  /// Whether the value can be an id or the name of a group: a text or a number.
  [[nodiscard]] bool is_name() const { return kind == Kind::text || kind == Kind::number; }
};

/// Reads a file line by line. Skips blank lines and accepts a byte order mark and "\r\n". All errors are Error(io) and
/// name the file and line. Not thread-safe.
class LabelFile {
 public:
  explicit LabelFile(const std::filesystem::path& path);
  ~LabelFile();
  LabelFile(const LabelFile&) = delete;
  LabelFile& operator=(const LabelFile&) = delete;

  /// Advances to the next line; false at the end.
  bool next();
  [[nodiscard]] std::string_view line() const { return line_; }
  /// Whether the line begins with "{".
  [[nodiscard]] bool is_json() const;
  /// Reads the values of `keys` in the line, which must be a JSON object. If a key occurs more than once, the last
  /// value counts. Views are valid until the next call.
  void parse(std::span<const std::string_view> keys, std::span<LabelValue> values);

  /// Throws Error(io) "file:line: what".
  [[noreturn]] void fail(std::string_view what) const;

 private:
  struct Parser;

  std::string name_;
  std::vector<char> buffer_;  // of file_
  std::ifstream file_;
  std::string line_;
  std::uint64_t number_ = 0;
  std::vector<std::string> numbers_;  // decimal forms of the line's numbers
  std::unique_ptr<Parser> parser_;    // keeps the JSON parser out of this header
};

}  // namespace wirecopy::evaluate
