// Formats that are not read, recognised by their first bytes, so that they are refused by name instead of being
// rejected line by line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wirecopy {

struct ForeignFormat {
  std::string_view name;    ///< with its article: "a Parquet file"
  std::string_view remedy;  ///< a command that prints the articles as JSON lines, with {} for the file; or advice
};

/// Recognises a format by the first bytes of a file (after decompression), however many of them are at hand; 512 are
/// enough for all. None for JSON, and for what resembles no known format.
[[nodiscard]] std::optional<ForeignFormat> foreign_format(std::string_view head);

/// "feed.csv: is a CSV table, which is not read; convert it: duckdb -c ...".
[[nodiscard]] std::string refusal(const ForeignFormat& format, std::string_view name);

}  // namespace wirecopy
