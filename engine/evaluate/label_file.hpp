// Files of labels: JSON lines, or lines of other text, read one at a time.
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
  std::string_view text;  ///< of a text; of a number, as it would be written
  double number = 0;      ///< of a number; 1 or 0 of true or false
  [[nodiscard]] bool is_absent() const { return kind == Kind::missing || kind == Kind::null; }
  /// Text, or a number written out: what ids and clusters are.
  [[nodiscard]] bool is_name() const { return kind == Kind::text || kind == Kind::number; }
};

/// Reads a file line by line; blank lines are passed over, a byte order mark and "\r\n" are understood. All errors are
/// Error(io) and name file and line. For one thread at a time.
class LabelFile {
 public:
  explicit LabelFile(const std::filesystem::path& path);
  ~LabelFile();
  LabelFile(const LabelFile&) = delete;
  LabelFile& operator=(const LabelFile&) = delete;

  /// Goes to the next line; false at the end.
  bool next();
  [[nodiscard]] std::string_view line() const { return line_; }
  /// Whether the line begins with "{".
  [[nodiscard]] bool is_json() const;
  /// The values of `keys` in the line, which must be a JSON object; of equal keys the last counts. Views live until the
  /// next call.
  void parse(std::span<const std::string_view> keys, std::span<LabelValue> values);

  /// Throws Error "file:line: what".
  [[noreturn]] void fail(std::string_view what) const;

 private:
  struct Parser;

  std::string name_;
  std::vector<char> buffer_;  // of file_
  std::ifstream file_;
  std::string line_;
  std::uint64_t number_ = 0;
  std::vector<std::string> numbers_;  // numbers of the line, written out
  std::unique_ptr<Parser> parser_;    // keeps the JSON parser out of this header
};

}  // namespace wirecopy::evaluate
