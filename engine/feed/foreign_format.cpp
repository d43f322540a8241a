#include "feed/foreign_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace wirecopy {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  ForeignFormat format;
};

constexpr std::string_view kByDuckdb =
    "duckdb -c \"COPY (FROM '{}') TO '/dev/stdout' (FORMAT json)\" | wirecopy dedup -";
constexpr std::string_view kUnpack = "unpack it and pass the files or their directory";

constexpr Signature kSignatures[] = {
    {0, "PAR1"sv, {"a Parquet file", kByDuckdb}},
    {0, "ARROW1"sv, {"an Arrow file", "wirecopy.deduplicate(pyarrow.ipc.open_file('{}').read_all()) in Python"}},
    {0, "ORC"sv, {"an ORC file", "wirecopy.deduplicate(pyarrow.orc.read_table('{}')) in Python"}},
    {0, "Obj\x01"sv, {"an Avro file", "avro-tools tojson '{}' | wirecopy dedup -"}},
    {0,
     "SQLite format 3\0"sv,
     {"an SQLite database", "sqlite3 -json '{}' 'SELECT * FROM articles' | wirecopy dedup -"}},
    {0, "PK\x03\x04"sv, {"a zip archive (or a spreadsheet)", kUnpack}},
    {0, "7z\xbc\xaf\x27\x1c"sv, {"a 7z archive", kUnpack}},
    {0, "Rar!\x1a\x07"sv, {"a rar archive", kUnpack}},
    {257, "ustar"sv, {"a tar archive", kUnpack}},
    {0, "\x1f\x9d"sv, {"a compress (.Z) file", "zcat '{}' | wirecopy dedup -"}},
    {0, "\x02\x21\x4c\x18"sv, {"an lz4 file of the legacy format", "lz4 -dc '{}' | wirecopy dedup -"}},
    {0, "LZIP"sv, {"an lzip file", "lzip -dc '{}' | wirecopy dedup -"}},
    {0, "%PDF-"sv, {"a PDF file", "extract its text into JSON lines first"}},
    {0,
     "WARC/1."sv,
     {"a WARC file", "extract the text of its pages into JSON lines first, for instance by fastwarc and trafilatura"}},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

/// With a byte order mark, and an ASCII character first.
bool is_utf16(std::string_view head) {
  if (head.size() < 4) return false;
  return (head.starts_with("\xff\xfe"sv) && head[2] != '\0' && head[3] == '\0') ||
         (head.starts_with("\xfe\xff"sv) && head[2] == '\0' && head[3] != '\0');
}

std::optional<ForeignFormat> markup(std::string_view head) {
  for (const std::string_view begin : {"<?xml"sv, "<rss"sv, "<feed"sv, "<nitf"sv, "<newsitem"sv}) {
    if (begins_with(head, begin)) {
      return ForeignFormat{"an XML document", "extract its articles into JSON lines first, for instance by feedparser"};
    }
  }
  for (const std::string_view begin : {"<!doctype"sv, "<html"sv, "<head"sv, "<body"sv}) {
    if (begins_with(head, begin)) return ForeignFormat{"an HTML page", "extract its text into JSON lines first"};
  }
  return std::nullopt;
}

/// Separators outside quotation marks.
std::size_t count_separators(std::string_view line, char separator) {
  std::size_t count = 0;
  bool is_quoted = false;
  for (const char c : line) {
    is_quoted ^= c == '"';
    count += !is_quoted && c == separator ? 1 : 0;
  }
  return count;
}

bool is_name(std::string_view field) {
  constexpr std::size_t kMaxName = 64;
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') field = field.substr(1, field.size() - 2);
  return !field.empty() && field.size() <= kMaxName && std::ranges::none_of(field, [](char c) {
    return c == '{' || c == '[' || c == '"' || c == '<' || c == '.' || static_cast<unsigned char>(c) < ' ';
  });
}

/// A first line of two or more distinct short names, and a second one that is not JSON.
bool is_table(std::string_view head, char separator) {
  const std::size_t end = head.find('\n');
  if (end == std::string_view::npos) return false;
  std::string_view names = head.substr(0, end);
  if (names.ends_with('\r')) names.remove_suffix(1);
  if (count_separators(names, separator) == 0) return false;
  const std::string_view next = head.substr(end + 1);
  if (next.starts_with('{') || next.starts_with('[')) return false;
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t until = std::min(names.find(separator, at), names.size());
    if (!is_name(names.substr(at, until - at))) return false;
    at = until + 1;
  }
  return true;
}

}  // namespace

std::optional<ForeignFormat> foreign_format(std::string_view head) {
  for (const Signature& signature : kSignatures) {
    if (head.size() > signature.offset && head.substr(signature.offset).starts_with(signature.bytes)) {
      return signature.format;
    }
  }
  if (is_utf16(head)) return ForeignFormat{"UTF-16 text", "iconv -f UTF-16 -t UTF-8 '{}' | wirecopy dedup -"};
  if (head.starts_with("\xef\xbb\xbf"sv)) head.remove_prefix(3);
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  if (head.empty() || head.front() == '{' || head.front() == '[') return std::nullopt;
  if (head.front() == '<') return markup(head);
  if (is_table(head, ',') || is_table(head, ';')) return ForeignFormat{"a CSV table", kByDuckdb};
  if (is_table(head, '\t')) return ForeignFormat{"a table separated by tabs", kByDuckdb};
  return std::nullopt;
}

std::string refusal(const ForeignFormat& format, std::string_view name) {
  std::string remedy(format.remedy);
  const std::size_t at = remedy.find("{}");
  if (at != std::string::npos) remedy.replace(at, 2, name);
  return fmt::format("{}: is {}, which is not read; {}{}", name, format.name,
                     at == std::string::npos ? "" : "convert it: ", remedy);
}

}  // namespace wirecopy
